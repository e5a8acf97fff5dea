package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import org.jspecify.annotations.Nullable;

/** A repetition in training: the gradient of what it repeats sums up over the steps. */
public final class RepeatVectorTraining extends WeightlessTraining {
  public RepeatVectorTraining(int n, TrainingPlace place) {
    super(place, n, place.below().width());
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch) + (long) first * width();
    for (int step = 0; step < steps(); step++) {
      long to = ((long) step * batch + first) * width();
      Blocks.copy(below.values(), from, output, to, (long) rows * width());
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    long at = (long) first * width();
    long elements = (long) rows * width();
    Blocks.copy(dOutput, at, below.gradient(), at, elements);
    for (int step = 1; step < steps(); step++) {
      long from = ((long) step * batch + first) * width();
      AddScaled.apply(elements, 1, dOutput, from, below.gradient(), at);
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
