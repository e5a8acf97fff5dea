package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Scales each feature to a range, 0 to 1 where nothing else is said. It goes by the least and the
 * greatest number of the part that it was fitted on: {@code y = low + (x - min) / (max - min) *
 * (high - low)}. It is worked out as {@code (x - shift) / scale}. Fit it on the training part only;
 * numbers beyond what that had come out beyond the range. Immutable.
 */
public final class MinMaxScaling implements Scaling {
  private static final String NAME = "MinMaxScaling";

  private final float[] min;
  private final float[] max;
  private final float low;
  private final float high;
  private final AffineScaling scaling;

  private MinMaxScaling(float[] min, float[] max, float low, float high) {
    this.min = min;
    this.max = max;
    this.low = low;
    this.high = high;
    float[] shift = new float[min.length];
    float[] scale = new float[min.length];
    for (int feature = 0; feature < shift.length; feature++) {
      // In double, rounded once: the range of any two floats fits it.
      float ratio = (float) (((double) max[feature] - min[feature]) / ((double) high - low));
      scale[feature] = ratio == 0 ? 1 : ratio;
      shift[feature] = (float) (min[feature] - (double) low * scale[feature]);
      if (!Float.isFinite(scale[feature]) || !Float.isFinite(shift[feature])) {
        throw DataErrors.beyondFloat(NAME, feature);
      }
    }
    this.scaling = new AffineScaling(NAME, shift, scale);
  }

  /**
   * Fits the range 0 to 1.
   *
   * @param series (time, features) or (samples, timesteps, features), of any strides. Not modified
   * @return the scaling
   * @throws IllegalArgumentException when the series has other axes, has no row, or holds NaN, an
   *     infinity, or numbers whose range is beyond float32
   */
  public static MinMaxScaling fit(Tensor series) {
    return fit(series, 0, 1);
  }

  /**
   * Fits a range. A feature that never changes comes out as {@code low}.
   *
   * @param series (time, features) or (samples, timesteps, features), of any strides. Not modified
   * @param low what the least number comes out as, within a rounding
   * @param high what the greatest number comes out as, within a rounding; above low
   * @return the scaling
   * @throws IllegalArgumentException when low and high are no range, the series has other axes, has
   *     no row, or holds NaN, an infinity, or numbers whose range is beyond float32
   */
  public static MinMaxScaling fit(Tensor series, float low, float high) {
    if (!(Float.isFinite(low) && Float.isFinite(high) && low < high)) {
      throw DataErrors.range(low, high);
    }
    FitRows rows = FitRows.of(NAME, series);
    float[] min = new float[rows.features()];
    float[] max = new float[rows.features()];
    for (int feature = 0; feature < min.length; feature++) {
      min[feature] = Float.POSITIVE_INFINITY;
      max[feature] = Float.NEGATIVE_INFINITY;
      for (long row = 0; row < rows.count(); row++) {
        float value = rows.finite(row, feature);
        min[feature] = Math.min(min[feature], value);
        max[feature] = Math.max(max[feature], value);
      }
    }
    return new MinMaxScaling(min, max, low, high);
  }

  @Override
  public MinMaxScaling select(int... columns) {
    return new MinMaxScaling(
        AffineScaling.select(NAME, min, columns),
        AffineScaling.select(NAME, max, columns),
        low,
        high);
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
   * The least numbers that it was fitted on.
   *
   * @return a new array, one a feature
   */
  public float[] min() {
    return min.clone();
  }

  /**
   * The greatest numbers that it was fitted on.
   *
   * @return a new array, one a feature
   */
  public float[] max() {
    return max.clone();
  }

  /**
   * What the least number comes out as.
   *
   * @return 0 where nothing else was said
   */
  public float low() {
    return low;
  }

  /**
   * What the greatest number comes out as.
   *
   * @return 1 where nothing else was said
   */
  public float high() {
    return high;
  }
}
