package dev.lanewise.formats.torch;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies a strided view of a file to a tensor of any strides. A dense view goes straight to a dense
 * target; another is read in runs, each of which is put in order in memory.
 */
final class TorchCopy {
  /** As long as a run may be of which hardly anything is wanted, in elements. */
  private static final long SHORT = 1 << 14;

  /** As long as one may be of which half is wanted: 16 MiB. */
  private static final long LONG = 1 << 22;

  private final TorchTensor source;
  private final Tensor target;
  private final int rank;
  private final long[] sizes;
  private final long[] from;
  private final long[] to;

  private TorchCopy(TorchTensor source, Tensor target) {
    this.source = source;
    this.target = target;
    this.rank = source.shape.rank();
    this.sizes = source.shape.toArray();
    this.from = source.strides;
    this.to = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      to[axis] = target.stride(axis);
    }
  }

  /**
   * Copies all elements.
   *
   * @param target float32 of the same shape. Overwritten
   */
  static void copy(TorchTensor source, Tensor target) {
    if (target.size() == 0) {
      return;
    }
    if (target.isContiguous() && isDense(source)) {
      read(source, 0, target.size(), target.segment(), target.offset(), source.where);
      return;
    }
    new TorchCopy(source, target).copy(0, target.offset());
  }

  private static boolean isDense(TorchTensor source) {
    long dense = 1;
    for (int axis = source.shape.rank() - 1; axis >= 0; axis--) {
      long size = source.shape.dim(axis);
      if (size != 1 && source.strides[axis] != dense) {
        return false;
      }
      dense *= size;
    }
    return true;
  }

  private static void read(
      TorchTensor source,
      long element,
      long count,
      MemorySegment target,
      long offset,
      String where) {
    long position = source.position + element * source.type.bytes();
    source.elements.floats(source.type, source.order, position, count, target, offset, where);
  }

  /** Copies what the sizes say, in halves along the widest axis until that is a run. */
  private void copy(long fromOffset, long toOffset) {
    long count = 1;
    long span = 1;
    int widest = -1;
    for (int axis = 0; axis < rank; axis++) {
      count *= sizes[axis];
      span += (sizes[axis] - 1) * from[axis];
      if (sizes[axis] > 1 && (widest < 0 || from[axis] > from[widest])) {
        widest = axis;
      }
    }
    if (widest < 0 || span <= SHORT || (span <= LONG && span <= 2 * count)) {
      copyRun(fromOffset, span, toOffset);
      return;
    }
    long size = sizes[widest];
    long half = size / 2;
    sizes[widest] = half;
    copy(fromOffset, toOffset);
    sizes[widest] = size - half;
    copy(fromOffset + half * from[widest], toOffset + half * to[widest]);
    sizes[widest] = size;
  }

  private void copyRun(long fromOffset, long span, long toOffset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment run = Tensor.zeros(arena, span).segment();
      String where = TorchErrors.run(source.where, fromOffset);
      read(source, fromOffset, span, run, 0, where);
      scatter(run, 0, toOffset, 0);
    }
  }

  private void scatter(MemorySegment run, long at, long toOffset, int axis) {
    if (axis < rank - 1) {
      for (long i = 0; i < sizes[axis]; i++) {
        scatter(run, at + i * from[axis], toOffset + i * to[axis], axis + 1);
      }
      return;
    }
    MemorySegment all = target.segment();
    long size = rank == 0 ? 1 : sizes[axis];
    long step = rank == 0 ? 0 : from[axis];
    long toStep = rank == 0 ? 0 : to[axis];
    for (long i = 0; i < size; i++) {
      float value = run.getAtIndex(ValueLayout.JAVA_FLOAT, at + i * step);
      all.setAtIndex(ValueLayout.JAVA_FLOAT, toOffset + i * toStep, value);
    }
  }
}
