package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Scales each feature to mean 0 and deviation 1, by the numbers of the part that it was fitted on:
 * {@code y = (x - mean) / deviation}. Fit it on the training part only. Immutable.
 */
public final class Standardization {
  private final float[] mean;
  private final float[] deviation;

  private Standardization(float[] mean, float[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Takes the mean and the standard deviation (of the population, divided by the number of rows) of
   * each feature, in double. A feature that never changes has the deviation 1.
   *
   * @param series (time, features), of any strides. Not modified
   * @return the standardization
   * @throws IllegalArgumentException when the series is not 2-D, has no row, or holds NaN, an
   *     infinity, or numbers whose deviation is beyond float32
   */
  public static Standardization fit(Tensor series) {
    if (series.rank() != 2) {
      throw DataErrors.series("Standardization.fit", series.shape());
    }
    if (series.dim(0) == 0) {
      throw DataErrors.noRows(series.shape());
    }
    int features = Math.toIntExact(series.dim(1));
    float[] mean = new float[features];
    float[] deviation = new float[features];
    for (int feature = 0; feature < features; feature++) {
      double middle = mean(series, feature);
      mean[feature] = (float) middle;
      deviation[feature] = deviation(series, feature, middle);
    }
    return new Standardization(mean, deviation);
  }

  private static double mean(Tensor series, int feature) {
    double sum = 0;
    for (long row = 0; row < series.dim(0); row++) {
      float value = series.get(row, feature);
      if (!Float.isFinite(value)) {
        throw DataErrors.notFinite(value, row, feature);
      }
      sum += value;
    }
    return sum / series.dim(0);
  }

  private static float deviation(Tensor series, int feature, double mean) {
    double sum = 0;
    boolean constant = true;
    for (long row = 0; row < series.dim(0); row++) {
      float value = series.get(row, feature);
      constant &= value == series.get(0, feature);
      sum += (value - mean) * (value - mean);
    }
    float deviation = (float) Math.sqrt(sum / series.dim(0));
    if (Float.isInfinite(deviation)) {
      throw DataErrors.beyondFloat(feature);
    }
    // The mean of equal numbers may be off by a rounding, which no one wants scaled up.
    return constant || deviation == 0 ? 1 : deviation;
  }

  /**
   * The features in another choice or order, for instance the target alone.
   *
   * @param columns which features
   * @return a standardization of these
   * @throws IndexOutOfBoundsException when there is no such feature
   */
  public Standardization select(int... columns) {
    float[] means = new float[columns.length];
    float[] deviations = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] < 0 || columns[i] >= mean.length) {
        throw DataErrors.feature(columns[i], mean.length);
      }
      means[i] = mean[columns[i]];
      deviations[i] = deviation[columns[i]];
    }
    return new Standardization(means, deviations);
  }

  /**
   * Scales: {@code y = (x - mean) / deviation}, in float32, the same bits as {@link
   * #normalization()}.
   *
   * @param x (.., features), of any strides. Not modified
   * @return a new tensor of the same shape
   * @throws IllegalArgumentException when the last axis is not the features
   */
  public Tensor transform(Tensor x) {
    return apply("transform", x, false);
  }

  /**
   * Scales back: {@code x = y * deviation + mean}, in float32 with two roundings.
   *
   * @param y (.., features), of any strides. Not modified
   * @return a new tensor of the same shape
   * @throws IllegalArgumentException when the last axis is not the features
   */
  public Tensor inverse(Tensor y) {
    return apply("inverse", y, true);
  }

  private Tensor apply(String operation, Tensor x, boolean inverse) {
    if (x.rank() == 0 || x.dim(-1) != mean.length) {
      throw DataErrors.lastAxis(operation, mean.length, x.shape());
    }
    float[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      int feature = i % mean.length;
      values[i] =
          inverse
              ? values[i] * deviation[feature] + mean[feature]
              : (values[i] - mean[feature]) / deviation[feature];
    }
    return Tensor.of(values, x.shape().toArray());
  }

  /**
   * The layer that does what {@link #transform} does, so that a saved model takes real units.
   *
   * @return a new layer
   */
  public Normalization normalization() {
    return Normalization.of(mean, deviation);
  }

  /**
   * The layer that does what {@link #inverse} does, so that a saved model gives real units.
   *
   * @return a new layer
   */
  public Normalization inverseNormalization() {
    return Normalization.inverse(mean, deviation);
  }

  /**
   * The means.
   *
   * @return a new array, one a feature
   */
  public float[] mean() {
    return mean.clone();
  }

  /**
   * The deviations.
   *
   * @return a new array, one a feature, each above 0
   */
  public float[] deviation() {
    return deviation.clone();
  }
}
