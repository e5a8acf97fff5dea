package dev.lanewise.tensor;

import java.lang.foreign.Arena;

/**
 * Joins tensors along an axis that they have: {@code (100, 20, 1)} twice is {@code (100, 20, 2)}.
 */
final class Concat {
  private Concat() {}

  static Tensor concat(int axis, Tensor[] parts) {
    Shape first = firstShape("Tensor.concat", parts);
    if (first.rank() == 0) {
      throw JoinErrors.concatOfScalars();
    }
    int along = first.axis("Tensor.concat", axis);
    long length = 0;
    for (int part = 0; part < parts.length; part++) {
      Shape shape = parts[part].shape();
      requireFits(first, shape, part, along);
      length = sum(first, length, shape.dim(along), along);
    }
    Tensor joined =
        Tensor.allocate(
            "Tensor.concat",
            parts[0].type(),
            Arena.ofAuto(),
            first.with("Tensor.concat", along, length));
    long at = 0;
    for (Tensor part : parts) {
      long next = at + part.dim(along);
      joined.slice(along, at, next).copyFrom(part);
      at = next;
    }
    return joined;
  }

  /** The shape of part 0, once every part is known to be there, readable and of one type. */
  static Shape firstShape(String operation, Tensor[] parts) {
    if (parts.length == 0) {
      throw JoinErrors.noParts(operation);
    }
    for (int part = 0; part < parts.length; part++) {
      if (parts[part] == null) {
        throw JoinErrors.nullPart(operation, part);
      }
      parts[part].requireReadable(operation);
      if (parts[part].type() != parts[0].type()) {
        throw TypeErrors.mixedParts(operation, parts[0].type(), parts[part].type(), part);
      }
    }
    return parts[0].shape();
  }

  private static void requireFits(Shape first, Shape shape, int part, int along) {
    if (shape.rank() != first.rank()) {
      throw JoinErrors.concatRank(first, shape, part, along);
    }
    for (int axis = 0; axis < first.rank(); axis++) {
      if (axis != along && shape.dim(axis) != first.dim(axis)) {
        throw JoinErrors.concatLength(first, shape, part, along, axis);
      }
    }
  }

  private static long sum(Shape first, long length, long more, int along) {
    try {
      return Math.addExact(length, more);
    } catch (ArithmeticException overflow) {
      throw JoinErrors.concatOverflow(first, along);
    }
  }
}
