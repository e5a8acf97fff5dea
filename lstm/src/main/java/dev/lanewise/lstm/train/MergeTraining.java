package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.MergeInputs;
import dev.lanewise.lstm.run.Merger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A merge of values in training. */
public final class MergeTraining extends WeightlessTraining {
  private final Merger merger;
  private final List<TrainingBlock> all;
  private final MergeInputs in;
  private final @Nullable StepMask mask;
  private final boolean wants;

  public MergeTraining(Merger merger, int steps, TrainingPlace place) {
    super(place, steps, merger.width);
    this.merger = merger;
    this.all = place.in();
    this.in = new MergeInputs(all.size());
    point(0);
    this.mask = merger.mayPad(in) ? new StepMask() : null;
    this.wants = all.stream().anyMatch(TrainingBlock::wantsGradient);
  }

  private void point(int batch) {
    for (int i = 0; i < all.size(); i++) {
      TrainingBlock each = all.get(i);
      in.set(i, each.values(), each.valuesOffset(batch), each.steps(), each.mask());
    }
  }

  @Override
  public void begin(long update, int batch) {
    point(batch);
    if (mask != null) {
      mask.begin(steps(), batch);
    }
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    merger.apply(in, steps(), batch, first, rows, output);
    if (mask != null) {
      merger.mark(in, steps(), first, rows, mask);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int i = 0; i < all.size(); i++) {
      TrainingBlock each = all.get(i);
      if (each.wantsGradient()) {
        merger.gradient(in, i, steps(), batch, first, rows, dOutput, each.gradient());
      }
    }
  }

  @Override
  public boolean wantsGradient() {
    return wants;
  }

  @Override
  public @Nullable StepMask mask() {
    return mask;
  }
}
