package dev.lanewise.lstm.memory;

import dev.lanewise.tensor.Shape;

/** The arithmetic of sizes: refused, or held at the largest, where plain arithmetic would wrap. */
public final class Sizes {
  private Sizes() {}

  /** The rows of so many steps of a batch, which kernels count in an int. */
  public static int rows(int steps, long batch) {
    long rows = Math.multiplyHigh(steps, batch) == 0 ? steps * batch : Long.MAX_VALUE;
    if (rows < 0 || rows > Integer.MAX_VALUE) {
      throw MemoryErrors.tooManySteps(steps, batch);
    }
    return (int) rows;
  }

  /** The bytes of so many numbers; negative where they wrapped before. */
  static long bytes(long elements) {
    if (elements < 0 || elements > Long.MAX_VALUE / Float.BYTES) {
      throw MemoryErrors.tooManyNumbers();
    }
    return elements * Float.BYTES;
  }

  /** The numbers of weights so far and one more, with its padding. */
  public static long weights(long before, String name, Shape weight) {
    long size = weight.size();
    long most = Long.MAX_VALUE / Float.BYTES - Blocks.align(1);
    if (size > most || Blocks.align(size) > most - before) {
      throw MemoryErrors.tooManyWeights(name, weight);
    }
    return before + Blocks.align(size);
  }

  /** An amount of work, of which any past the largest is as good as the largest. */
  public static long work(long a, long b, long c) {
    long product = saturated(a, b);
    return saturated(product, c);
  }

  private static long saturated(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  /** A length that Java counts in an int. */
  public static int length(String operation, String name, long length) {
    if (length > Integer.MAX_VALUE) {
      throw MemoryErrors.tooLong(operation, name, length);
    }
    return (int) length;
  }
}
