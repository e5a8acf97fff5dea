package dev.lanewise.tensor;

/** Writes the ints of one tensor in one width, to the right, as NumPy does. */
final class IntFormat {
  private int width;

  private IntFormat(int[] values) {
    for (int value : values) {
      width = Math.max(width, Integer.toString(value).length());
    }
  }

  static IntFormat of(int[] values) {
    return new IntFormat(values);
  }

  /** The value, padded to the common width. */
  String format(int value) {
    String text = Integer.toString(value);
    return " ".repeat(width - text.length()) + text;
  }
}
