package dev.lanewise.tensor;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes the floats of one tensor in one width, as NumPy does: the shortest digits that say the
 * number, at most 8 after the point, decimal points in one column; with exponents where the largest
 * is 1e6 or more, the smallest below 1e-4, or their ratio above 1000.
 */
final class FloatFormat {
  private static final int DIGITS = 8;

  private final boolean scientific;
  private int whole;
  private int fraction;
  private int words;

  private FloatFormat(float[] values) {
    scientific = needsExponent(values);
    for (float value : values) {
      if (Float.isFinite(value)) {
        String text = text(value);
        int point = text.indexOf('.');
        int end = scientific ? text.indexOf('e') : text.length();
        whole = Math.max(whole, point);
        fraction = Math.max(fraction, end - point - 1);
      } else {
        words = Math.max(words, word(value).length());
      }
    }
  }

  static FloatFormat of(float[] values) {
    return new FloatFormat(values);
  }

  private static boolean needsExponent(float[] values) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value) && value != 0) {
        largest = Math.max(largest, Math.abs((double) value));
        smallest = Math.min(smallest, Math.abs((double) value));
      }
    }
    return largest > 0 && (largest >= 1e6 || smallest < 1e-4 || largest / smallest > 1000);
  }

  /** The value, padded to the common width. */
  String format(float value) {
    int numbers = whole + 1 + fraction + (scientific ? "e+00".length() : 0);
    int width = Math.max(numbers, words);
    if (!Float.isFinite(value)) {
      return " ".repeat(width - word(value).length()) + word(value);
    }
    String text = text(value);
    int point = text.indexOf('.');
    String left = " ".repeat(width - numbers + whole - point);
    if (!scientific) {
      return left + text + " ".repeat(fraction - (text.length() - point - 1));
    }
    int exponent = text.indexOf('e');
    String zeros = "0".repeat(fraction - (exponent - point - 1));
    return left + text.substring(0, exponent) + zeros + text.substring(exponent);
  }

  private static String word(float value) {
    if (Float.isNaN(value)) {
      return "nan";
    }
    return value > 0 ? "inf" : "-inf";
  }

  /** Sign, digits, a point, the digits that are needed after it, and the exponent if any. */
  private String text(float value) {
    String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
    BigDecimal digits = new BigDecimal(Float.toString(Math.abs(value))).stripTrailingZeros();
    return sign + (scientific ? scientific(digits) : plain(digits));
  }

  private static String plain(BigDecimal digits) {
    int scale = Math.clamp(digits.scale(), 0, DIGITS);
    BigDecimal rounded = digits.setScale(scale, RoundingMode.HALF_EVEN).stripTrailingZeros();
    String text = rounded.setScale(Math.max(0, rounded.scale())).toPlainString();
    return text.indexOf('.') < 0 ? text + "." : text;
  }

  private static String scientific(BigDecimal digits) {
    String all = digits.unscaledValue().toString();
    int exponent = digits.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
    String two = Math.abs(exponent) < 10 ? "0" : "";
    return all.charAt(0)
        + "."
        + all.substring(1)
        + (exponent < 0 ? "e-" : "e+")
        + two
        + Math.abs(exponent);
  }
}
