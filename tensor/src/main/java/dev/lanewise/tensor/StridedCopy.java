package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.kernels.Transpose;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Copies the elements of one layout to another of the same shape. Runs that are dense in both are
 * block copies, and so is what is dense in the one along rows and in the other along columns, by
 * {@link Transpose}; the rest goes element by element, in tiles in which both sides use whole cache
 * lines. Every move keeps the bits of a NaN.
 *
 * <p>Allocates no room for the elements, except where the stretches of memory that the two span
 * overlap: then the source is copied aside first.
 */
final class StridedCopy {
  /** Elements a side of a tile: 16 KiB, half of a small L1. */
  private static final int SIDE = 64;

  /** Below this many elements a block copy costs more than a loop. */
  private static final int SHORT_RUN = 16;

  private final MemorySegment source;
  private final MemorySegment target;
  private final LoopNest nest;

  // The innermost two axes of the nest: lengths, and strides in elements.
  private final long rows;
  private final long columns;
  private final long sourceRow;
  private final long sourceColumn;
  private final long targetRow;
  private final long targetColumn;

  private StridedCopy(MemorySegment source, MemorySegment target, LoopNest nest) {
    this.source = source;
    this.target = target;
    this.nest = nest;
    rows = nest.lengths[nest.rank - 2];
    columns = nest.lengths[nest.rank - 1];
    sourceRow = nest.sourceStrides[nest.rank - 2];
    sourceColumn = nest.sourceStrides[nest.rank - 1];
    targetRow = nest.targetStrides[nest.rank - 2];
    targetColumn = nest.targetStrides[nest.rank - 1];
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
    long sourceStart = source.address() + from.start() * Float.BYTES;
    long sourceEnd = source.address() + from.end() * Float.BYTES;
    long targetStart = target.address() + to.start() * Float.BYTES;
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
    if (sourceColumn == 1 && targetColumn == 1 && columns >= SHORT_RUN) {
      for (long row = 0; row < rows; row++) {
        block(from + row * sourceRow, to + row * targetRow, columns);
      }
      return;
    }
    boolean turned = sourceRow == 1 && targetColumn == 1;
    if (turned && sourceColumn >= rows && targetRow >= columns) {
      Transpose.apply(columns, rows, source, from, sourceColumn, target, to, targetRow);
      return;
    }
    // As square as the matrix allows, so that both sides use whole cache lines.
    long height = Math.min(rows, SIDE);
    long width = Math.min(columns, SIDE * SIDE / height);
    height = Math.min(rows, SIDE * SIDE / width);
    for (long row = 0; row < rows; row += height) {
      for (long column = 0; column < columns; column += width) {
        tile(
            from + row * sourceRow + column * sourceColumn,
            to + row * targetRow + column * targetColumn,
            (int) Math.min(height, rows - row),
            (int) Math.min(width, columns - column));
      }
    }
  }

  private void block(long from, long to, long length) {
    MemorySegment.copy(source, from * Float.BYTES, target, to * Float.BYTES, length * Float.BYTES);
  }

  private void tile(long from, long to, int height, int width) {
    if (height > width) {
      for (int column = 0; column < width; column++) {
        line(
            from + column * sourceColumn, sourceRow, to + column * targetColumn, targetRow, height);
      }
    } else {
      for (int row = 0; row < height; row++) {
        line(from + row * sourceRow, sourceColumn, to + row * targetRow, targetColumn, width);
      }
    }
  }

  private void line(long from, long sourceStep, long to, long targetStep, int length) {
    for (int i = 0; i < length; i++) {
      int bits = source.getAtIndex(JAVA_INT, from + i * sourceStep);
      target.setAtIndex(JAVA_INT, to + i * targetStep, bits);
    }
  }
}
