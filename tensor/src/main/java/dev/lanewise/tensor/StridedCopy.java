package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Copies the elements of one layout to another of the same shape. Runs that are dense in both are
 * block copies; a transpose goes tile by tile, so that both sides use whole cache lines.
 *
 * <p>Allocates nothing for the elements, except where the stretches of memory that the two span
 * overlap: then the source is copied aside first.
 */
final class StridedCopy {
  /** Elements a side of a transposed tile: 16 floats are one cache line. */
  private static final int TILE = 16;

  /** Below this many elements a block copy costs more than a loop. */
  private static final int SHORT_RUN = 16;

  private final MemorySegment source;
  private final MemorySegment target;
  private final LoopNest nest;

  private StridedCopy(MemorySegment source, MemorySegment target, LoopNest nest) {
    this.source = source;
    this.target = target;
    this.nest = nest;
  }

  /** Copies, also where source and target overlap. */
  static void copy(MemorySegment source, Layout from, MemorySegment target, Layout to) {
    if (from.shape().size() == 0) {
      return;
    }
    if (from.isRowMajor() && to.isRowMajor()) {
      // One run, moved as memmove does: it may overlap.
      long bytes = from.shape().size() * Float.BYTES;
      MemorySegment.copy(
          source, from.offset() * Float.BYTES, target, to.offset() * Float.BYTES, bytes);
      return;
    }
    if (!overlap(source, from, target, to)) {
      copyDisjoint(source, from, target, to);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      Layout dense = Layout.rowMajor(from.shape());
      MemorySegment aside = arena.allocate(from.shape().size() * Float.BYTES, Float.BYTES);
      copyDisjoint(source, from, aside, dense);
      copyDisjoint(aside, dense, target, to);
    }
  }

  private static boolean overlap(
      MemorySegment source, Layout from, MemorySegment target, Layout to) {
    long sourceStart = source.address() + from.offset() * Float.BYTES;
    long sourceEnd = source.address() + from.end() * Float.BYTES;
    long targetStart = target.address() + to.offset() * Float.BYTES;
    long targetEnd = target.address() + to.end() * Float.BYTES;
    return sourceStart < targetEnd && targetStart < sourceEnd;
  }

  private static void copyDisjoint(
      MemorySegment source, Layout from, MemorySegment target, Layout to) {
    new StridedCopy(source, target, LoopNest.of(from, to)).walk(0, from.offset(), to.offset());
  }

  private void walk(int axis, long from, long to) {
    if (axis == nest.rank - 2) {
      matrix(from, to);
      return;
    }
    for (long i = 0; i < nest.lengths[axis]; i++) {
      walk(axis + 1, from + i * nest.sourceStrides[axis], to + i * nest.targetStrides[axis]);
    }
  }

  /** The innermost two axes. */
  private void matrix(long from, long to) {
    int columns = nest.rank - 1;
    boolean dense = nest.sourceStrides[columns] == 1 && nest.targetStrides[columns] == 1;
    if (dense && nest.lengths[columns] >= SHORT_RUN) {
      runs(from, to);
    } else if (dense) {
      tile(from, to, nest.lengths[columns - 1], nest.lengths[columns]);
    } else {
      tiles(from, to);
    }
  }

  private void runs(long from, long to) {
    int rows = nest.rank - 2;
    long bytes = nest.lengths[rows + 1] * Float.BYTES;
    for (long row = 0; row < nest.lengths[rows]; row++) {
      MemorySegment.copy(
          source,
          (from + row * nest.sourceStrides[rows]) * Float.BYTES,
          target,
          (to + row * nest.targetStrides[rows]) * Float.BYTES,
          bytes);
    }
  }

  private void tiles(long from, long to) {
    int rows = nest.rank - 2;
    int columns = nest.rank - 1;
    for (long row = 0; row < nest.lengths[rows]; row += TILE) {
      long height = Math.min(TILE, nest.lengths[rows] - row);
      for (long column = 0; column < nest.lengths[columns]; column += TILE) {
        tile(
            from + row * nest.sourceStrides[rows] + column * nest.sourceStrides[columns],
            to + row * nest.targetStrides[rows] + column * nest.targetStrides[columns],
            height,
            Math.min(TILE, nest.lengths[columns] - column));
      }
    }
  }

  private void tile(long from, long to, long height, long width) {
    int rows = nest.rank - 2;
    int columns = nest.rank - 1;
    long sourceRow = nest.sourceStrides[rows];
    long sourceColumn = nest.sourceStrides[columns];
    long targetRow = nest.targetStrides[rows];
    long targetColumn = nest.targetStrides[columns];
    for (long row = 0; row < height; row++) {
      long s = from + row * sourceRow;
      long t = to + row * targetRow;
      for (long column = 0; column < width; column++) {
        target.setAtIndex(
            JAVA_FLOAT,
            t + column * targetColumn,
            source.getAtIndex(JAVA_FLOAT, s + column * sourceColumn));
      }
    }
  }
}
