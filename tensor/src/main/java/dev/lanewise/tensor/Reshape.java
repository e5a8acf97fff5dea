package dev.lanewise.tensor;

import java.util.Arrays;

/** Finds the shapes that {@code reshape}, its one -1 filled in, and {@code flatten} ask for. */
final class Reshape {
  private static final String OPERATION = "Tensor.reshape";

  private Reshape() {}

  static Shape target(Shape shape, long[] dims) {
    long[] filled = dims.clone();
    int inferred = -1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] < -1) {
        throw ViewErrors.negativeLength(OPERATION, dims, axis);
      }
      if (dims[axis] == -1) {
        if (inferred >= 0) {
          throw ViewErrors.reshapeTwoUnknowns(dims);
        }
        inferred = axis;
        filled[axis] = 1;
      }
    }
    Shape known = Shape.checked(OPERATION, filled);
    if (inferred < 0) {
      if (known.size() != shape.size()) {
        throw ViewErrors.reshapeSize(shape, known);
      }
      return known;
    }
    if (known.size() == 0) {
      throw ViewErrors.reshapeAnything(dims);
    }
    if (shape.size() % known.size() != 0) {
      throw ViewErrors.reshapeRemainder(shape, dims, known.size());
    }
    return known.with(OPERATION, inferred, shape.size() / known.size());
  }

  /** All axes from one on as one. */
  static Shape flattened(Shape shape, int fromAxis) {
    if (shape.rank() == 0 && (fromAxis == 0 || fromAxis == -1)) {
      return Shape.of(1);
    }
    int from = shape.axis("Tensor.flatten", fromAxis);
    long[] dims = Arrays.copyOf(shape.toArray(), from + 1);
    for (int axis = from + 1; axis < shape.rank(); axis++) {
      dims[from] *= shape.dim(axis);
    }
    return Shape.of(dims);
  }
}
