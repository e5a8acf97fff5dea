package dev.lanewise.cli;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as text. */
final class Numbers {
  /** Smaller errors would lose their digits after four places, larger ones have too many. */
  private static final double SMALL = 0.001;

  private static final double LARGE = 1e15;

  private Numbers() {}

  /** With four digits behind the point. */
  static String rounded(double value) {
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= SMALL && size < LARGE);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /** With the fewest digits that read back as the same double. */
  static String exact(double value) {
    return Double.isFinite(value) && Math.abs(value) < LARGE
        ? new BigDecimal(Double.toString(value)).toPlainString()
        : Double.toString(value);
  }
}
