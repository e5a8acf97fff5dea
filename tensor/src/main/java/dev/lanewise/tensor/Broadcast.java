package dev.lanewise.tensor;

/** Checks that a shape can be stretched to another, as NumPy does: from the last axis on. */
final class Broadcast {
  private static final String OPERATION = "Tensor.broadcastTo";

  private Broadcast() {}

  static Shape target(Shape shape, long[] dims) {
    Shape target = Shape.checked(OPERATION, dims);
    int added = target.rank() - shape.rank();
    if (added < 0) {
      throw ViewErrors.broadcastRank(shape, target);
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) != 1 && shape.dim(axis) != target.dim(axis + added)) {
        throw ViewErrors.broadcastLength(shape, target, axis);
      }
    }
    return target;
  }
}
