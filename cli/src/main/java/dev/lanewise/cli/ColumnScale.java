package dev.lanewise.cli;

import java.math.BigDecimal;

/**
 * Brings a column near 0 before it is rounded to float32, and back: {@code (x - offset) / scale} in
 * double. 10^8 and 10^8 + 1 are one float32; less 10^8 they are 0 and 1.
 *
 * @param offset what is subtracted, finite
 * @param scale what is divided by, finite and above 0
 */
record ColumnScale(double offset, double scale) {
  /** The numbers as they are. */
  static final ColumnScale NONE = new ColumnScale(0, 1);

  /**
   * A mean so many deviations from 0 needs a scale. Float32 is exact to 2^-24, so below it numbers
   * are exact to 2^-16 of their deviation, and a model takes them as they are.
   */
  private static final double FAR = 256;

  /** Squares of larger numbers, and of the inverse of smaller ones, leave float32. */
  private static final double LARGE = 1e18;

  /** Deviations from here on are written digit by digit. */
  private static final double LONGEST_PLAIN = 1e15;

  /**
   * That of a column: its mean and deviation where float32 would not hold its movements, none
   * otherwise. One that does not move is only shifted.
   *
   * @param values finite. Those from {@code count} on are not looked at
   */
  static ColumnScale of(double[] values, int count) {
    double mean = 0;
    for (int i = 0; i < count; i++) {
      mean += values[i] / count;
    }
    double most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs(values[i] - mean));
    }
    if (most <= Math.ulp(mean) * 2) { // the mean of equal numbers may be off by a rounding
      return Math.abs(mean) > FAR ? new ColumnScale(values[0], 1) : NONE;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double part = (values[i] - mean) / most;
      sum += part * part;
    }
    double deviation = most * Math.sqrt(sum / count);
    boolean far = Math.abs(mean) > FAR * deviation;
    boolean extreme = most > LARGE || Math.abs(mean) > LARGE || deviation < 1 / LARGE;
    return far || extreme ? new ColumnScale(mean, deviation) : NONE;
  }

  boolean isNone() {
    return offset == 0 && scale == 1;
  }

  /** Near 0, as a model takes it. */
  float in(double value) {
    return (float) ((value - offset) / scale);
  }

  /** In the column's own units. */
  double out(float value) {
    return value * scale + offset;
  }

  /** What {@link #out} gives in digits: those of the float32 where nothing was scaled. */
  String text(float value) {
    if (isNone()) {
      return Float.toString(value);
    }
    double real = out(value);
    return Math.abs(real) < LONGEST_PLAIN
        ? new BigDecimal(Double.toString(real)).toPlainString()
        : Double.toString(real);
  }
}
