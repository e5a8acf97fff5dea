package dev.lanewise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The plainest tensor there is: row-major values on the heap, every operation a walk over all
 * indices. What the real ones are compared with.
 */
final class Plain {
  private final long[] dims;
  private final float[] values;

  Plain(long[] dims, float[] values) {
    this.dims = dims;
    this.values = values;
  }

  /** 0, 1, 2, .. in row-major order. */
  static Plain counting(long... dims) {
    int size = 1;
    for (long dim : dims) {
      size = Math.toIntExact(size * dim);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return new Plain(dims, values);
  }

  /** As it reads through {@link Tensor#get}. */
  static Plain read(Tensor tensor) {
    List<Float> read = new ArrayList<>();
    forEachIndex(tensor.shape().toArray(), index -> read.add(tensor.get(index)));
    float[] values = new float[read.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read.get(i);
    }
    return new Plain(tensor.shape().toArray(), values);
  }

  long[] dims() {
    return dims.clone();
  }

  float[] values() {
    return values.clone();
  }

  Tensor tensor() {
    return Tensor.of(values, dims);
  }

  float at(long... index) {
    long flat = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      flat = flat * dims[axis] + index[axis];
    }
    return values[Math.toIntExact(flat)];
  }

  /** The tensor of another shape whose element at an index is this one's at {@code from(index)}. */
  Plain gather(long[] shape, UnaryOperator<long[]> from) {
    List<Float> gathered = new ArrayList<>();
    forEachIndex(shape, index -> gathered.add(at(from.apply(index))));
    float[] result = new float[gathered.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = gathered.get(i);
    }
    return new Plain(shape, result);
  }

  Plain permute(int... axes) {
    long[] shape = new long[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      shape[axis] = dims[axes[axis]];
    }
    return gather(
        shape,
        index -> {
          long[] old = new long[axes.length];
          for (int axis = 0; axis < axes.length; axis++) {
            old[axes[axis]] = index[axis];
          }
          return old;
        });
  }

  Plain slice(int axis, long from, long to) {
    return step(axis, from, to - from, 1);
  }

  /** Index {@code i} of the axis is {@code first + i * step} of this one's. */
  Plain step(int axis, long first, long count, long step) {
    long[] shape = dims.clone();
    shape[axis] = count;
    return gather(
        shape,
        index -> {
          long[] old = index.clone();
          old[axis] = first + index[axis] * step;
          return old;
        });
  }

  Plain select(int axis, long at) {
    return gather(without(dims, axis), index -> with(index, axis, at));
  }

  Plain reshape(long... shape) {
    return new Plain(shape, values);
  }

  /** Shape and elements, through every way of reading. */
  void assertReads(Tensor actual) {
    assertEquals(Shape.of(dims), actual.shape());
    assertArrayEquals(values, read(actual).values);
    assertArrayEquals(values, actual.toArray());
  }

  static void forEachIndex(long[] dims, Consumer<long[]> action) {
    walk(dims, new long[dims.length], 0, action);
  }

  private static void walk(long[] dims, long[] index, int axis, Consumer<long[]> action) {
    if (axis == dims.length) {
      action.accept(index.clone());
      return;
    }
    for (index[axis] = 0; index[axis] < dims[axis]; index[axis]++) {
      walk(dims, index, axis + 1, action);
    }
    index[axis] = 0;
  }

  static long[] without(long[] values, int at) {
    long[] result = new long[values.length - 1];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i < at ? i : i + 1];
    }
    return result;
  }

  static long[] with(long[] values, int at, long value) {
    long[] result = new long[values.length + 1];
    for (int i = 0; i < result.length; i++) {
      result[i] = i == at ? value : values[i < at ? i : i - 1];
    }
    return result;
  }
}
