package dev.lanewise.tensor;

/**
 * Whether two layouts over one address space meet: whether there are indices i and j for which
 *
 * <pre>sum of i_a * stride_a = distance + sum of j_b * stride_b</pre>
 *
 * <p>Never no where they do. Exact for stretches, slices with and without steps, columns of a
 * table, flips and transposes of a dense tensor; a yes where the strides are of no common order and
 * an answer would take a search.
 *
 * <p>Of the largest stride m the axes are split into those that go in multiples of m and the rest.
 * What the rest of both must bridge is then the distance and a multiple of m; few multiples are in
 * its reach, and for each the question is the same again with fewer axes. Allocates nothing.
 */
final class Overlap {
  /** More multiples in reach than this are no table's rows. */
  private static final int MOST = 8;

  private final Layout a;
  private final Layout b;

  private Overlap(Layout a, Layout b) {
    this.a = a;
    this.b = b;
  }

  /**
   * Whether they meet.
   *
   * @param distance from the start of a's memory to that of b's, in elements
   */
  static boolean of(Layout a, Layout b, long distance) {
    if (a.shape().size() == 0 || b.shape().size() == 0) {
      return false;
    }
    if (a.end() <= distance + b.start() || distance + b.end() <= a.start()) {
      return false;
    }
    long between = distance + b.offset() - a.offset();
    return a.shape().rank() > Long.SIZE
        || b.shape().rank() > Long.SIZE
        || new Overlap(a, b).meets(used(a), used(b), between);
  }

  /** Whether one is the other: the same elements in the same order, axes of length 1 aside. */
  static boolean same(Layout a, Layout b, long distance) {
    if (a.shape().size() != b.shape().size() || distance + b.offset() != a.offset()) {
      return false;
    }
    int axis = 0;
    for (int other = 0; other < b.shape().rank(); other++) {
      if (b.shape().dim(other) == 1) {
        continue;
      }
      while (axis < a.shape().rank() && a.shape().dim(axis) == 1) {
        axis++;
      }
      if (axis == a.shape().rank()
          || a.shape().dim(axis) != b.shape().dim(other)
          || a.stride(axis) != b.stride(other)) {
        return false;
      }
      axis++;
    }
    return true; // of as many elements, so that no longer axis is left
  }

  /** A bit for each axis that goes anywhere. */
  private static long used(Layout of) {
    long axes = 0;
    for (int axis = 0; axis < of.shape().rank(); axis++) {
      if (of.shape().dim(axis) > 1 && of.stride(axis) != 0) {
        axes |= 1L << axis;
      }
    }
    return axes;
  }

  /** Whether some of the axes of a and of b bridge a distance. */
  private boolean meets(long axesA, long axesB, long distance) {
    long modulus = Math.max(largest(a, axesA), largest(b, axesB));
    if (modulus == 0) {
      return distance == 0;
    }
    long innerA = others(a, axesA, modulus);
    long innerB = others(b, axesB, modulus);
    // inner a - inner b = distance + outer b - outer a, of which the last two are multiples.
    long least =
        Math.max(
            low(a, innerA) - high(b, innerB),
            distance + low(b, axesB & ~innerB) - high(a, axesA & ~innerA));
    long most =
        Math.min(
            high(a, innerA) - low(b, innerB),
            distance + high(b, axesB & ~innerB) - low(a, axesA & ~innerA));
    long first = least + Math.floorMod(distance - least, modulus);
    if (first > most) {
      return false;
    }
    if ((most - first) / modulus >= MOST) {
      return true;
    }
    for (long bridged = first; bridged <= most; bridged += modulus) {
      if (meets(innerA, innerB, bridged)) {
        return true;
      }
    }
    return false;
  }

  private static long largest(Layout of, long axes) {
    long largest = 0;
    for (long left = axes; left != 0; left &= left - 1) {
      largest = Math.max(largest, Math.abs(of.stride(Long.numberOfTrailingZeros(left))));
    }
    return largest;
  }

  /** Those that do not go in multiples. */
  private static long others(Layout of, long axes, long modulus) {
    long others = axes;
    for (long left = axes; left != 0; left &= left - 1) {
      int axis = Long.numberOfTrailingZeros(left);
      if (of.stride(axis) % modulus == 0) {
        others &= ~(1L << axis);
      }
    }
    return others;
  }

  /** How far down the axes go; 0 or less. */
  private static long low(Layout of, long axes) {
    long low = 0;
    for (long left = axes; left != 0; left &= left - 1) {
      int axis = Long.numberOfTrailingZeros(left);
      low += Math.min(0, (of.shape().dim(axis) - 1) * of.stride(axis));
    }
    return low;
  }

  private static long high(Layout of, long axes) {
    long high = 0;
    for (long left = axes; left != 0; left &= left - 1) {
      int axis = Long.numberOfTrailingZeros(left);
      high += Math.max(0, (of.shape().dim(axis) - 1) * of.stride(axis));
    }
    return high;
  }
}
