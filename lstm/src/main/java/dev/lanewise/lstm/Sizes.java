package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;

/** The arithmetic of sizes: refused, or held at the largest, where plain arithmetic would wrap. */
final class Sizes {
  private Sizes() {}

  /** The rows of so many steps of a batch, which kernels count in an int. */
  static int rows(int steps, long batch) {
    long rows = Math.multiplyHigh(steps, batch) == 0 ? steps * batch : Long.MAX_VALUE;
    if (rows < 0 || rows > Integer.MAX_VALUE) {
      throw CallErrors.tooManySteps(steps, batch);
    }
    return (int) rows;
  }

  /** The bytes of so many numbers; negative where they wrapped before. */
  static long bytes(long elements) {
    if (elements < 0 || elements > Long.MAX_VALUE / Float.BYTES) {
      throw CallErrors.tooManyNumbers();
    }
    return elements * Float.BYTES;
  }

  /** The numbers of weights so far and one more, with its padding. */
  static long weights(long before, String name, Shape weight) {
    long size = weight.size();
    long most = Long.MAX_VALUE / Float.BYTES - Blocks.align(1);
    if (size > most || Blocks.align(size) > most - before) {
      throw CallErrors.tooManyWeights(name, weight);
    }
    return before + Blocks.align(size);
  }

  /** An amount of work, of which any past the largest is as good as the largest. */
  static long work(long a, long b, long c) {
    long product = saturated(a, b);
    return saturated(product, c);
  }

  private static long saturated(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  /** A length that Java counts in an int. */
  static int length(String operation, String name, long length) {
    if (length > Integer.MAX_VALUE) {
      throw CallErrors.tooLong(operation, name, length);
    }
    return (int) length;
  }
}
