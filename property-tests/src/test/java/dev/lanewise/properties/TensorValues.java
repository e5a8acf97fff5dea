package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The scalar truth of a tensor: row-major values on the heap, every operation a walk over all
 * indices. Axes count from the start.
 */
final class TensorValues {
  private final long[] dims;
  private final float[] values;

  private TensorValues(long[] dims, float[] values) {
    this.dims = dims;
    this.values = values;
  }

  /** first, first + 1, .. in row-major order: no two alike, so that a misplaced one shows. */
  static TensorValues counting(int first, long... dims) {
    float[] values = new float[size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return new TensorValues(dims, values);
  }

  /** As it reads through {@link Tensor#get} or {@link Tensor#getInt}; all of it below 2^24. */
  static TensorValues read(Tensor tensor) {
    long[] dims = tensor.shape().toArray();
    float[] values = new float[size(dims)];
    int[] next = {0};
    boolean ints = tensor.type() == ElementType.INT32;
    forEachIndex(
        dims, index -> values[next[0]++] = ints ? tensor.getInt(index) : tensor.get(index));
    return new TensorValues(dims, values);
  }

  static long[] dims(List<Long> dims) {
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  static int size(long... dims) {
    return Math.toIntExact(Arrays.stream(dims).reduce(1, Math::multiplyExact));
  }

  long[] dims() {
    return dims.clone();
  }

  int rank() {
    return dims.length;
  }

  int size() {
    return values.length;
  }

  float[] values() {
    return values.clone();
  }

  Tensor tensor() {
    return Tensor.of(values, dims);
  }

  Tensor tensor(ElementType type) {
    return type == ElementType.FLOAT32 ? tensor() : Tensor.ofInts(ints(), dims);
  }

  private int[] ints() {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  float at(long... index) {
    long flat = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      flat = flat * dims[axis] + index[axis];
    }
    return values[Math.toIntExact(flat)];
  }

  /** The index of an element in row-major order. */
  long[] index(int flat) {
    long[] index = new long[dims.length];
    long left = flat;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = left % dims[axis];
      left /= dims[axis];
    }
    return index;
  }

  /** Of another shape; the element at an index is this one's at {@code from(index)}. */
  TensorValues gather(long[] shape, UnaryOperator<long[]> from) {
    float[] gathered = new float[size(shape)];
    int[] next = {0};
    forEachIndex(shape, index -> gathered[next[0]++] = at(from.apply(index)));
    return new TensorValues(shape, gathered);
  }

  TensorValues reshape(long... shape) {
    assertEquals(values.length, size(shape));
    return new TensorValues(shape, values);
  }

  TensorValues permute(int... axes) {
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

  TensorValues slice(int axis, long from, long to) {
    return gather(changed(dims, axis, to - from), at -> changed(at, axis, at[axis] + from));
  }

  /** So many from {@code from} on, {@code step} apart. */
  TensorValues slice(int axis, long from, long count, long step) {
    return gather(changed(dims, axis, count), at -> changed(at, axis, from + at[axis] * step));
  }

  TensorValues select(int axis, long index) {
    return gather(without(dims, axis), at -> with(at, axis, index));
  }

  TensorValues expandDims(int axis) {
    return gather(with(dims, axis, 1), at -> without(at, axis));
  }

  /** With {@code value} wherever this holds the same number as {@code part} holds somewhere. */
  TensorValues replaced(TensorValues part, float value) {
    float[] sorted = part.values();
    Arrays.sort(sorted);
    float[] result = values();
    for (int i = 0; i < result.length; i++) {
      result[i] = Arrays.binarySearch(sorted, result[i]) >= 0 ? value : result[i];
    }
    return new TensorValues(dims, result);
  }

  /** Shape and bits of every element, through both ways of reading. */
  void assertReads(Tensor actual) {
    assertEquals(Shape.of(dims), actual.shape());
    assertArrayEquals(values, read(actual).values);
    if (actual.type() == ElementType.INT32) {
      assertArrayEquals(ints(), actual.toIntArray());
    } else {
      assertArrayEquals(values, actual.toArray());
    }
  }

  static void forEachIndex(long[] dims, Consumer<long[]> action) {
    walk(dims, new long[dims.length], 0, action);
  }

  private static void walk(long[] dims, long[] index, int axis, Consumer<long[]> action) {
    if (axis == dims.length) {
      action.accept(index);
      return;
    }
    for (index[axis] = 0; index[axis] < dims[axis]; index[axis]++) {
      walk(dims, index, axis + 1, action);
    }
  }

  static long[] changed(long[] values, int at, long value) {
    long[] result = values.clone();
    result[at] = value;
    return result;
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
