package dev.lanewise.tensor;

/** Repeats a tensor along its axes. */
final class Tile {
  private static final String OPERATION = "Tensor.tile";

  private Tile() {}

  static Tensor tile(Tensor source, long[] repeats) {
    Shape shape = source.shape();
    if (repeats.length != shape.rank()) {
      throw JoinErrors.tileCount(shape, repeats);
    }
    long[] tiled = new long[repeats.length];
    // Axis i as two, (1, length): the first is stretched, and both merged again after the copy.
    long[] apart = new long[2 * repeats.length];
    long[] stretched = new long[2 * repeats.length];
    for (int axis = 0; axis < repeats.length; axis++) {
      if (repeats[axis] < 0) {
        throw JoinErrors.negativeRepeats(shape, repeats, axis);
      }
      apart[2 * axis] = 1;
      apart[2 * axis + 1] = shape.dim(axis);
      stretched[2 * axis] = repeats[axis];
      stretched[2 * axis + 1] = shape.dim(axis);
    }
    Shape.checked(OPERATION, stretched);
    for (int axis = 0; axis < repeats.length; axis++) {
      tiled[axis] = repeats[axis] * shape.dim(axis);
    }
    // An axis cut in two is a view whatever its stride.
    return source.reshape(apart).broadcastTo(stretched).copyInto(OPERATION).reshape(tiled);
  }
}
