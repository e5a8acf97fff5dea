package dev.lanewise.tensor;

/**
 * A stretch of an axis, checked: its first index, how many there are, and the step from one to the
 * next. Indices that count from the end are turned into such that count from the start.
 */
record Slice(int axis, long first, long count, long step) {
  /** From {@code from} to before {@code to}, by a step of either sign. */
  static Slice of(Shape shape, int axis, long from, long to, long step) {
    int along = shape.axis("Tensor.slice", axis);
    if (step == 0) {
      throw ViewErrors.sliceStep(shape, along);
    }
    // A walk up may begin and end after the last index, a walk down before the first.
    long lowest = step > 0 ? 0 : -1;
    long first = index("from", shape, along, from, lowest);
    long end = index("to", shape, along, to, lowest);
    if (step > 0 ? first > end : first < end) {
      throw ViewErrors.sliceOrder(shape, along, from, to, step);
    }
    long count = first == end ? 0 : 1 + (end - first - Long.signum(step)) / step;
    return new Slice(along, first, count, step);
  }

  private static long index(String name, Shape shape, int axis, long index, long lowest) {
    long length = shape.dim(axis);
    long fromStart = index < 0 ? index + length : index;
    if (fromStart < lowest || fromStart > lowest + length) {
      throw ViewErrors.sliceOutside(shape, axis, name, index, lowest);
    }
    return fromStart;
  }
}
