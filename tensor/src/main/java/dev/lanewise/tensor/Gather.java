package dev.lanewise.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies the named indices of an axis, as NumPy's {@code take} does. */
final class Gather {
  private static final String OPERATION = "Tensor.gather";

  private Gather() {}

  static Tensor gather(Tensor source, int axis, Tensor indices) {
    if (indices.type() != ElementType.INT32) {
      throw TypeErrors.gatherIndices(indices.type());
    }
    indices.requireReadable(OPERATION);
    return gather(source, axis, indices.toIntArray(), indices.shape());
  }

  /**
   * @param indices the indices in row-major order
   * @param by their shape, which takes the place of the axis
   */
  static Tensor gather(Tensor source, int axis, int[] indices, Shape by) {
    source.requireReadable(OPERATION);
    Shape shape = source.shape();
    int along = shape.axis(OPERATION, axis);
    long[] fromStart = fromStart(shape, along, indices, by);
    Shape flat = shape.with(OPERATION, along, indices.length);
    Tensor gathered = Tensor.allocate(OPERATION, source.type(), Arena.ofAuto(), flat);
    if (gathered.size() > 0) {
      copy(source, gathered, along, fromStart);
    }
    return gathered.reshape(replaced(shape, along, by));
  }

  private static long[] fromStart(Shape shape, int along, int[] indices, Shape by) {
    long length = shape.dim(along);
    long[] fromStart = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      fromStart[i] = indices[i] < 0 ? indices[i] + length : indices[i];
      if (fromStart[i] < 0 || fromStart[i] >= length) {
        throw JoinErrors.gatherOutside(shape, along, indices[i], by.index(i));
      }
    }
    return fromStart;
  }

  private static void copy(Tensor source, Tensor gathered, int along, long[] indices) {
    boolean runs =
        gathered.select(along, 0).isContiguous() && source.select(along, 0).isContiguous();
    if (!runs) {
      for (int i = 0; i < indices.length; i++) {
        gathered.select(along, i).copyFrom(source.select(along, indices[i]));
      }
      return;
    }
    MemorySegment from = source.segment();
    MemorySegment to = gathered.segment();
    long bytes = gathered.size() / indices.length * Float.BYTES;
    for (int i = 0; i < indices.length; i++) {
      long at = (source.offset() + indices[i] * source.stride(along)) * Float.BYTES;
      MemorySegment.copy(from, at, to, i * gathered.stride(along) * Float.BYTES, bytes);
    }
  }

  private static long[] replaced(Shape shape, int along, Shape by) {
    long[] dims = new long[shape.rank() - 1 + by.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      int inside = axis - along;
      if (inside < 0) {
        dims[axis] = shape.dim(axis);
      } else if (inside < by.rank()) {
        dims[axis] = by.dim(inside);
      } else {
        dims[axis] = shape.dim(axis - by.rank() + 1);
      }
    }
    return dims;
  }
}
