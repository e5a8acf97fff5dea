package dev.lanewise.formats.files;

/**
 * The arithmetic of sizes that files say: what is no long stays {@link #TOO_MANY}, so that a
 * comparison with what there is refuses it.
 */
public final class Sizes {
  /** More than any file or memory has. */
  public static final long TOO_MANY = Long.MAX_VALUE;

  private Sizes() {}

  /** The sum of two sizes, each 0 or more. */
  public static long add(long a, long b) {
    return a > TOO_MANY - b ? TOO_MANY : a + b;
  }

  /** The product of two sizes, each 0 or more. */
  public static long multiply(long a, long b) {
    return a != 0 && b > TOO_MANY / a ? TOO_MANY : a * b;
  }

  /**
   * The product of the lengths of axes and the size of an element; {@link #TOO_MANY} for a negative
   * length too.
   */
  public static long bytes(long[] dims, long element) {
    long bytes = element;
    for (long length : dims) {
      if (length < 0) {
        return TOO_MANY;
      }
      bytes = multiply(bytes, length);
    }
    return bytes;
  }

  /**
   * As {@link #bytes}, with axes of length 0 counted as 1: for no stride may be more than a long
   * either.
   */
  public static long extent(long[] dims, long element) {
    long extent = element;
    for (long length : dims) {
      if (length < 0) {
        return TOO_MANY;
      }
      extent = multiply(extent, Math.max(1, length));
    }
    return extent;
  }
}
