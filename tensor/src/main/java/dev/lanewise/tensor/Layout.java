package dev.lanewise.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a tensor lie: element {@code (i, j, ..)} is at {@code offset + i *
 * stride(0) + j * stride(1) + ..}, in elements from the start of the segment. A stride may be
 * negative, which walks an axis from its end, or 0, which shows one element many times. Immutable.
 * Knows no memory; what it derives are views.
 */
final class Layout {
  private final Shape shape;
  private final long[] strides;
  private final long offset;
  private final boolean rowMajor;

  private Layout(Shape shape, long[] strides, long offset) {
    this.shape = shape;
    long[] dense = rowMajorStrides(shape);
    this.strides = shape.size() == 0 ? dense : denseWhereUnused(shape, strides);
    this.offset = offset;
    rowMajor = Arrays.equals(this.strides, dense);
  }

  /**
   * The stride of an axis of length 1 is never used to reach an element. It is made that of a dense
   * layout, so that a row-major tensor has row-major strides and a matrix of one row a leading
   * dimension that is no shorter than the row.
   */
  private static long[] denseWhereUnused(Shape shape, long[] strides) {
    long[] dense = strides.clone();
    for (int axis = dense.length - 1; axis >= 0; axis--) {
      if (shape.dim(axis) == 1) {
        dense[axis] =
            axis == dense.length - 1 ? 1 : Math.abs(dense[axis + 1]) * shape.dim(axis + 1);
      }
    }
    return dense;
  }

  static Layout rowMajor(Shape shape) {
    return new Layout(shape, rowMajorStrides(shape), 0);
  }

  private static long[] rowMajorStrides(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape.dim(axis));
    }
    return strides;
  }

  Shape shape() {
    return shape;
  }

  /** In elements. */
  long offset() {
    return offset;
  }

  /** In elements; the axis counts from the start. */
  long stride(int axis) {
    return strides[axis];
  }

  boolean isRowMajor() {
    return rowMajor;
  }

  /** Whether an element is at more than one index. */
  boolean repeats() {
    for (int axis = 0; axis < strides.length; axis++) {
      if (strides[axis] == 0 && shape.dim(axis) > 1) {
        return true;
      }
    }
    return false;
  }

  /** The lowest position of an element, in elements; the offset itself where there is none. */
  long start() {
    long lowest = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      lowest += Math.min(0, (shape.dim(axis) - 1) * strides[axis]);
    }
    return shape.size() == 0 ? offset : lowest;
  }

  /** The position after the highest of an element; the offset itself where there is none. */
  long end() {
    long highest = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      highest += Math.max(0, (shape.dim(axis) - 1) * strides[axis]);
    }
    return shape.size() == 0 ? offset : highest + 1;
  }

  /** The position of an element, in elements from the start of the segment. */
  long position(String operation, long[] index) {
    if (index.length != strides.length) {
      throw ViewErrors.indexCount(operation, shape, index);
    }
    long position = offset;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape.dim(axis)) {
        throw ViewErrors.indexOutside(operation, shape, index, axis);
      }
      position += index[axis] * strides[axis];
    }
    return position;
  }

  /** Axis {@code i} of the result is axis {@code axes[i]} of this; each named once. */
  Layout permute(int[] axes) {
    long[] dims = new long[axes.length];
    long[] moved = new long[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      dims[axis] = shape.dim(axes[axis]);
      moved[axis] = strides[axes[axis]];
    }
    return new Layout(Shape.of(dims), moved, offset);
  }

  Layout slice(Slice slice) {
    int axis = slice.axis();
    long[] stepped = strides.clone();
    stepped[axis] *= slice.step();
    Shape shorter = shape.with("Tensor.slice", axis, slice.count());
    return moved(shorter, stepped, slice.first() * strides[axis]);
  }

  Layout select(int axis, long index) {
    return moved(
        Shape.of(without(shape.toArray(), axis)), without(strides, axis), index * strides[axis]);
  }

  /**
   * Windows along an axis, and inside them on a new axis after it. They overlap if step < length.
   */
  Layout unfold(int axis, long length, long step) {
    long windows = (shape.dim(axis) - length) / step + 1;
    Shape outer = shape.with("Tensor.unfold", axis, windows);
    long[] moved = with(strides, axis + 1, strides[axis]);
    moved[axis] = strides[axis] * step; // Means nothing where it overflows: then windows is 1.
    long[] dims = with(outer.toArray(), axis + 1, length);
    return new Layout(Shape.checked("Tensor.unfold", dims), moved, offset);
  }

  /** What holds nothing stays where it is, so that no offset lies beyond the segment's end. */
  private Layout moved(Shape part, long[] kept, long distance) {
    return new Layout(part, kept, part.size() == 0 ? offset : offset + distance);
  }

  /** Stretches axes of length 1, and adds axes before the first, by showing elements repeatedly. */
  Layout broadcast(Shape target) {
    int added = target.rank() - strides.length;
    long[] stretched = new long[target.rank()];
    for (int axis = 0; axis < strides.length; axis++) {
      stretched[axis + added] = shape.dim(axis) == 1 ? 0 : strides[axis];
    }
    return new Layout(target, stretched, offset);
  }

  /** Inserts an axis of length 1 before {@code axis}. */
  Layout expandDims(int axis) {
    return new Layout(Shape.of(with(shape.toArray(), axis, 1)), with(strides, axis, 1), offset);
  }

  /** Drops an axis of length 1. */
  Layout squeeze(int axis) {
    return select(axis, 0);
  }

  /**
   * The same elements in the same flat order under another shape of the same size, or null where no
   * strides say that.
   */
  @Nullable Layout reshape(Shape target) {
    if (isRowMajor()) {
      return new Layout(target, rowMajorStrides(target), offset);
    }
    // Groups of axes with equal products correspond; inside a group the old axes must be one run.
    long[] result = new long[target.rank()];
    int old = 0;
    int fresh = 0;
    while (old < strides.length && fresh < result.length) {
      int oldStart = old;
      int freshStart = fresh;
      long oldCount = shape.dim(old++);
      long freshCount = target.dim(fresh++);
      while (oldCount != freshCount) {
        if (oldCount < freshCount) {
          oldCount *= shape.dim(old++);
        } else {
          freshCount *= target.dim(fresh++);
        }
      }
      if (!isRun(oldStart, old)) {
        return null;
      }
      long stride = runStride(oldStart, old);
      for (int axis = fresh - 1; axis >= freshStart; axis--) {
        result[axis] = stride;
        stride *= target.dim(axis);
      }
    }
    return new Layout(target, result, offset);
  }

  /** Whether axes {@code from..to-1} can be seen as one axis. */
  private boolean isRun(int from, int to) {
    long next = runStride(from, to);
    for (int axis = to - 1; axis >= from; axis--) {
      if (shape.dim(axis) != 1) {
        if (strides[axis] != next) {
          return false;
        }
        next = strides[axis] * shape.dim(axis);
      }
    }
    return true;
  }

  /** The stride of axes {@code from..to-1} seen as one axis: of the last that is used. */
  private long runStride(int from, int to) {
    for (int axis = to - 1; axis >= from; axis--) {
      if (shape.dim(axis) != 1) {
        return strides[axis];
      }
    }
    return 1;
  }

  private static long[] without(long[] values, int at) {
    long[] shorter = new long[values.length - 1];
    System.arraycopy(values, 0, shorter, 0, at);
    System.arraycopy(values, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static long[] with(long[] values, int at, long value) {
    long[] longer = new long[values.length + 1];
    System.arraycopy(values, 0, longer, 0, at);
    longer[at] = value;
    System.arraycopy(values, at, longer, at + 1, values.length - at);
    return longer;
  }
}
