package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Scales each feature to mean 0 and deviation 1, by the numbers of the part that it was fitted on.
 * {@code y = (x - mean) / deviation}, and back {@code x = y * deviation + mean} with two roundings.
 * Fit it on the training part only. Immutable.
 */
public final class Standardization implements Scaling {
  private static final String NAME = "Standardization";

  private final float[] mean;
  private final float[] deviation;
  private final AffineScaling scaling;

  private Standardization(float[] mean, float[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
    this.scaling = new AffineScaling(NAME, mean, deviation);
  }

  /**
   * Takes the mean and the standard deviation (of the population, divided by the number of rows) of
   * each feature, in double. A feature that never changes has the deviation 1.
   *
   * @param series (time, features) or (samples, timesteps, features), of any strides. Not modified
   * @return the standardization
   * @throws IllegalArgumentException when the series has other axes, has no row, or holds NaN, an
   *     infinity, or numbers whose deviation is beyond float32
   */
  public static Standardization fit(Tensor series) {
    FitRows rows = FitRows.of(NAME, series);
    float[] mean = new float[rows.features()];
    float[] deviation = new float[rows.features()];
    for (int feature = 0; feature < mean.length; feature++) {
      double middle = mean(rows, feature);
      mean[feature] = (float) middle;
      deviation[feature] = deviation(rows, feature, middle);
    }
    return new Standardization(mean, deviation);
  }

  private static double mean(FitRows rows, int feature) {
    double sum = 0;
    for (long row = 0; row < rows.count(); row++) {
      sum += rows.finite(row, feature);
    }
    return sum / rows.count();
  }

  private static float deviation(FitRows rows, int feature, double mean) {
    double sum = 0;
    boolean constant = true;
    for (long row = 0; row < rows.count(); row++) {
      float value = rows.get(row, feature);
      constant &= value == rows.get(0, feature);
      sum += (value - mean) * (value - mean);
    }
    float deviation = (float) Math.sqrt(sum / rows.count());
    if (Float.isInfinite(deviation)) {
      throw DataErrors.beyondFloat(NAME, feature);
    }
    // The mean of equal numbers may be off by a rounding, which no one wants scaled up.
    return constant || deviation == 0 ? 1 : deviation;
  }

  @Override
  public Standardization select(int... columns) {
    return new Standardization(
        AffineScaling.select(NAME, mean, columns), AffineScaling.select(NAME, deviation, columns));
  }

  @Override
  public Tensor transform(Tensor x) {
    return scaling.transform(x);
  }

  @Override
  public Tensor inverse(Tensor y) {
    return scaling.inverse(y);
  }

  @Override
  public Normalization normalization() {
    return scaling.normalization();
  }

  @Override
  public Normalization inverseNormalization() {
    return scaling.inverseNormalization();
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
