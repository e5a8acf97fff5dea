package dev.lanewise.lstm;

/** Arithmetic of the lengths of axes, refused where a result is no int. */
final class Lengths {
  private Lengths() {}

  /** The product of two lengths, refused where it is no int. */
  static int product(Layer layer, int a, int b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException overflow) {
      throw LayerErrors.tooWide(layer, a, b, overflow);
    }
  }

  /** The sum of two lengths, refused where it is no int. */
  static int sum(Layer layer, int a, int b) {
    if (a > Integer.MAX_VALUE - b) {
      throw GraphErrors.tooLong(layer, a, b);
    }
    return a + b;
  }
}
