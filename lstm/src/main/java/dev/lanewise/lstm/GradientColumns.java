package dev.lanewise.lstm;

import dev.lanewise.kernels.ColumnSums;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread's share of the columns of the weight gradients {@code A^T dz} and {@code sum of dz}:
 * dz (rows, n) is packed a chunk of rows at a time and multiplied from the left by every A that
 * belongs to it. The chain of additions of an element goes on from chunk to chunk, the same as
 * without.
 */
final class GradientColumns {
  /** Columns that go together: the kernels' widest strip, 4 registers of 16. */
  private static final int STRIP = 64;

  /** Rows packed at once: few enough that a strip of them stays in L1 and a column of A in L2. */
  static final int CHUNK_ROWS = 512;

  private final int n;
  private final int from;
  private final int columns;
  private final Arena arena = Arena.ofAuto();
  private final List<PackedMatrix> packed = new ArrayList<>();

  /** The share {@code part} of {@code parts} of n columns; may be empty. */
  GradientColumns(int n, int part, int parts) {
    long strips = (n + STRIP - 1L) / STRIP;
    this.n = n;
    this.from = (int) Math.min(n, strips * part / parts * STRIP);
    this.columns = (int) Math.min(n, strips * (part + 1) / parts * STRIP) - from;
  }

  boolean isEmpty() {
    return columns == 0;
  }

  /** Packs {@code rows} rows of this share of dz; only the first time for that many allocates. */
  PackedMatrix pack(int rows, MemorySegment dz, long dzOffset) {
    return matrix(rows).pack(dz, dzOffset + from, n);
  }

  private PackedMatrix matrix(int rows) {
    for (int i = 0; i < packed.size(); i++) {
      if (packed.get(i).k() == rows) {
        return packed.get(i);
      }
    }
    PackedMatrix fresh = PackedMatrix.of(arena, rows, columns);
    packed.add(fresh);
    return fresh;
  }

  /**
   * {@code gradient = A^T dz} for the first chunk, {@code gradient += A^T dz} for the others.
   *
   * @param a A (dz's rows, width), row-major. Not modified.
   * @param gradient (width, n), row-major. This share of its columns is overwritten.
   */
  void multiply(
      boolean first,
      int width,
      MemorySegment a,
      long aOffset,
      PackedMatrix dz,
      MemorySegment gradient,
      long gradientOffset) {
    long to = gradientOffset + from;
    if (first) {
      Sgemm.multiplyTransposed(width, a, aOffset, width, dz, gradient, to, n);
    } else {
      Sgemm.multiplyTransposedAdd(width, a, aOffset, width, dz, gradient, to, n);
    }
  }

  /**
   * {@code gradient = sum of the rows of dz}, or added to it for chunks after the first; this share
   * of the columns.
   */
  void sum(
      boolean first,
      int rows,
      MemorySegment dz,
      long dzOffset,
      MemorySegment gradient,
      long gradientOffset) {
    if (first) {
      Blocks.clear(gradient, gradientOffset + from, columns);
    }
    ColumnSums.apply(rows, columns, dz, dzOffset + from, n, gradient, gradientOffset + from);
  }

  /** {@code gradient = 0}, this share of the columns of (width, n). */
  void clear(int width, MemorySegment gradient, long gradientOffset) {
    for (int row = 0; row < width; row++) {
      Blocks.clear(gradient, gradientOffset + (long) row * n + from, columns);
    }
  }

  /** All shares of n columns. */
  static GradientColumns[] shares(int n, int parts) {
    GradientColumns[] shares = new GradientColumns[parts];
    for (int part = 0; part < parts; part++) {
      shares[part] = new GradientColumns(n, part, parts);
    }
    return shares;
  }
}
