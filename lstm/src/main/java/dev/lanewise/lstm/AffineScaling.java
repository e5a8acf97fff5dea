package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/** What every {@link Scaling} comes to: {@code y = (x - shift) / scale}, feature by feature. */
final class AffineScaling {
  private final String owner;
  private final float[] shift;
  private final float[] scale;

  /**
   * A scaling by these arrays themselves, which must not change.
   *
   * @param owner the class that errors name
   */
  AffineScaling(String owner, float[] shift, float[] scale) {
    this.owner = owner;
    this.shift = shift;
    this.scale = scale;
  }

  Tensor transform(Tensor x) {
    float[] values = values("transform", x);
    for (int i = 0; i < values.length; i++) {
      int feature = i % shift.length;
      values[i] = (values[i] - shift[feature]) / scale[feature];
    }
    return Tensor.of(values, x.shape().toArray());
  }

  Tensor inverse(Tensor y) {
    float[] values = values("inverse", y);
    for (int i = 0; i < values.length; i++) {
      int feature = i % shift.length;
      values[i] = values[i] * scale[feature] + shift[feature];
    }
    return Tensor.of(values, y.shape().toArray());
  }

  private float[] values(String operation, Tensor x) {
    if (x.rank() == 0 || x.dim(-1) != shift.length) {
      throw DataErrors.lastAxis(owner, operation, shift.length, x.shape());
    }
    return x.toArray();
  }

  Normalization normalization() {
    return Normalization.of(shift, scale);
  }

  Normalization inverseNormalization() {
    return Normalization.inverse(shift, scale);
  }

  /** Some of an array of one number a feature. */
  static float[] select(String owner, float[] from, int[] columns) {
    float[] selected = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] < 0 || columns[i] >= from.length) {
        throw DataErrors.feature(owner, columns[i], from.length);
      }
      selected[i] = from[columns[i]];
    }
    return selected;
  }
}
