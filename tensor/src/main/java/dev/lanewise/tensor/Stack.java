package dev.lanewise.tensor;

/**
 * Joins tensors of one shape along a new axis: {@code (20, 1)} three times is {@code (3, 20, 1)}.
 */
final class Stack {
  private Stack() {}

  static Tensor stack(int axis, Tensor[] parts) {
    Shape first = Concat.firstShape("Tensor.stack", parts);
    int at = newAxis("Tensor.stack", first, axis);
    Tensor[] rows = new Tensor[parts.length];
    for (int part = 0; part < parts.length; part++) {
      if (!parts[part].shape().equals(first)) {
        throw JoinErrors.stackShape(first, parts[part].shape(), part);
      }
      rows[part] = parts[part].expandDims(at);
    }
    return Concat.concat(at, rows);
  }

  /** Turns the place of an axis still to be inserted into one that counts from the start. */
  static int newAxis(String operation, Shape shape, int axis) {
    int fromStart = axis < 0 ? axis + shape.rank() + 1 : axis;
    if (fromStart < 0 || fromStart > shape.rank()) {
      throw ViewErrors.noSuchNewAxis(operation, shape, axis);
    }
    return fromStart;
  }
}
