package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.MaskingForward;

/** A masking layer in training: marks padding, whose gradient is 0. */
public final class MaskingTraining extends WeightlessTraining {
  private final MaskingForward layer;
  private final StepMask mask = new StepMask();

  public MaskingTraining(float value, TrainingPlace place) {
    super(place);
    this.layer = new MaskingForward(value, width());
  }

  @Override
  public void begin(long update, int batch) {
    mask.begin(steps(), batch);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    layer.apply(steps(), batch, first, rows, below.values(), from, output, mask);
    mask.addRows(below.mask(), first, rows);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      for (int row = first; row < first + rows; row++) {
        long at = ((long) step * batch + row) * width();
        if (mask.isPadded(step, row)) {
          Blocks.clear(below.gradient(), at, width());
        } else {
          Blocks.copy(dOutput, at, below.gradient(), at, width());
        }
      }
    }
  }

  @Override
  public StepMask mask() {
    return mask;
  }
}
