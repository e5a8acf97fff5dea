package dev.lanewise.lstm.train;

import dev.lanewise.lstm.run.FeatureSliceForward;

/** Some of the features, in training. */
public final class FeatureSliceTraining extends WeightlessTraining {
  private final FeatureSliceForward layer;

  public FeatureSliceTraining(int first, int count, TrainingPlace place) {
    super(place, place.below().steps(), count);
    this.layer = new FeatureSliceForward(below.width(), first, count);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps(); step++) {
      long row = (long) step * batch + first;
      long from = below.valuesOffset(batch) + row * below.width();
      layer.apply(rows, below.values(), from, output, row * width());
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      long row = (long) step * batch + first;
      layer.gradient(rows, dOutput, row * width(), below.gradient(), row * below.width());
    }
  }
}
