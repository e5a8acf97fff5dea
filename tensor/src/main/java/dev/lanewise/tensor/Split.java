package dev.lanewise.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts an axis into stretches, which are views. */
final class Split {
  private Split() {}

  static List<Tensor> equal(Tensor source, int axis, int parts) {
    int along = source.shape().axis("Tensor.split", axis);
    long length = source.dim(along);
    if (parts < 1) {
      throw ViewErrors.splitCount(source.shape(), along, parts);
    }
    if (length % parts != 0) {
      throw ViewErrors.splitUneven(
          source.shape(), along, parts, below(length, parts), above(length, parts));
    }
    long[] sizes = new long[parts];
    Arrays.fill(sizes, length / parts);
    return cut(source, along, sizes);
  }

  static List<Tensor> sizes(Tensor source, int axis, long[] lengths) {
    int along = source.shape().axis("Tensor.splitSizes", axis);
    long rest = source.dim(along);
    for (int part = 0; part < lengths.length; part++) {
      if (lengths[part] < 0) {
        throw ViewErrors.negativePart(lengths, part);
      }
      if (lengths[part] > rest) {
        throw ViewErrors.splitTooLong(source.shape(), along, lengths);
      }
      rest -= lengths[part];
    }
    if (rest != 0) {
      throw ViewErrors.splitTooShort(source.shape(), along, lengths, rest);
    }
    return cut(source, along, lengths);
  }

  private static List<Tensor> cut(Tensor source, int along, long[] lengths) {
    List<Tensor> pieces = new ArrayList<>(lengths.length);
    long from = 0;
    for (long length : lengths) {
      pieces.add(source.slice(along, from, from + length));
      from += length;
    }
    return List.copyOf(pieces);
  }

  /** The largest divisor below {@code parts}. */
  private static long below(long length, long parts) {
    long divisor = Math.min(length, parts - 1);
    while (length % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /** The smallest divisor above {@code parts}; the length itself where that is not above. */
  private static long above(long length, long parts) {
    // Of the two factors of a length, the smaller one is at most its root.
    long best = length;
    for (long small = 1; small <= length / small; small++) {
      if (length % small == 0) {
        best = small > parts ? Math.min(best, small) : best;
        best = length / small > parts ? Math.min(best, length / small) : best;
      }
    }
    return best;
  }
}
