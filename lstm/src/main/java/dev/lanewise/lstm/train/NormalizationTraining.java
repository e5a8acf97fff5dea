package dev.lanewise.lstm.train;

import dev.lanewise.lstm.run.NormalizationForward;

/** A normalization in training: values and gradients pass through, nothing is learnt. */
public final class NormalizationTraining extends WeightlessTraining {
  private final NormalizationForward layer;

  public NormalizationTraining(boolean inverted, TrainingPlace place) {
    super(place);
    this.layer = new NormalizationForward(width(), inverted, place.weights());
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * width();
      layer.apply(rows, below.values(), below.valuesOffset(batch) + at, output, at);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      long at = ((long) step * batch + first) * width();
      layer.gradient(rows, dOutput, at, below.gradient(), at);
    }
  }
}
