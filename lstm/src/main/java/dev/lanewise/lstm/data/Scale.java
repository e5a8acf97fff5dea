package dev.lanewise.lstm.data;

import java.util.Arrays;

/**
 * Brings numbers near 0 before they are rounded to float32, and back: {@code (x - offset) /
 * deviation} in double. 10^8 and 10^8 + 1 are one float32; less 10^8 they are 0 and 1.
 *
 * @param offset what is subtracted, finite
 * @param deviation what is divided by, finite and above 0
 */
public record Scale(double offset, double deviation) {
  /** The numbers as they are. */
  public static final Scale NONE = new Scale(0, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is not finite, or the deviation is not above 0
   */
  public Scale {
    boolean usable = deviation > 0 && Double.isFinite(deviation);
    if (!usable || !Double.isFinite(offset)) {
      throw ForecastErrors.scale(offset, deviation);
    }
  }

  /** Near 0. */
  double in(double value) {
    return (value - offset) / deviation;
  }

  /** In real units. */
  double out(double value) {
    return value * deviation + offset;
  }

  /** Collects numbers, and gives their mean and the deviation from it. */
  static final class Fit {
    private double[] values = new double[64];
    private int count;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;

    void add(double value) {
      add(value, 0);
    }

    /**
     * Adds a number that was computed.
     *
     * @param rounding what it may be off by
     */
    void add(double value, double rounding) {
      low = Math.max(low, value - rounding);
      high = Math.min(high, value + rounding);
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    int count() {
      return count;
    }

    /** Numbers that do not change, but for their rounding, are only shifted. */
    Scale scale() {
      if (count == 0) {
        return NONE;
      }
      double mean = 0;
      for (int i = 0; i < count; i++) {
        mean += values[i] / count;
      }
      double most = 0;
      for (int i = 0; i < count; i++) {
        most = Math.max(most, Math.abs(values[i] - mean));
      }
      if (low <= high || most == 0) {
        return new Scale(values[0], 1); // the mean of equal numbers may be off by a rounding
      }
      double sum = 0; // relative to the largest, for squares may leave the range
      for (int i = 0; i < count; i++) {
        double part = (values[i] - mean) / most;
        sum += part * part;
      }
      return new Scale(mean, most * Math.sqrt(sum / count));
    }
  }
}
