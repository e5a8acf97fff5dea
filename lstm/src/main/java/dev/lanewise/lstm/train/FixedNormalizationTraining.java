package dev.lanewise.lstm.train;

import dev.lanewise.lstm.run.BatchNormalizationForward;

/**
 * A batch normalization in the training of other layers, itself frozen: it normalizes by the moving
 * averages, as it predicts, and these stay as they are.
 */
public final class FixedNormalizationTraining extends WeightlessTraining {
  private final BatchNormalizationForward.Places places;
  private final BatchNormalizationForward layer;

  public FixedNormalizationTraining(double epsilon, TrainingPlace place) {
    super(place);
    this.places = BatchNormalizationForward.Places.of(place.weights());
    this.layer = new BatchNormalizationForward(width(), epsilon, place.weights());
  }

  @Override
  public int packs() {
    return 1;
  }

  @Override
  public void pack(int index) {
    layer.fold(places);
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
