package dev.lanewise.tensor;

import java.util.Arrays;

/** Checks that {@code permute} names each axis once, and turns the axes to count from the start. */
final class Permute {
  private static final String OPERATION = "Tensor.permute";

  private Permute() {}

  static int[] axes(Shape shape, int[] axes) {
    if (axes.length != shape.rank()) {
      throw ViewErrors.permuteCount(shape, axes);
    }
    int[] fromStart = Arrays.stream(axes).map(axis -> shape.axis(OPERATION, axis)).toArray();
    boolean[] named = new boolean[axes.length];
    for (int axis : fromStart) {
      if (named[axis]) {
        throw ViewErrors.permuteTwice(axes, axis);
      }
      named[axis] = true;
    }
    return fromStart;
  }
}
