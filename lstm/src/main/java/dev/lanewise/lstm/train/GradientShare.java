package dev.lanewise.lstm.train;

import dev.lanewise.kernels.ColumnSums;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share of the weight gradients {@code A^T dz} and {@code sum of dz}. dz (rows, n) is
 * packed a chunk of rows at a time and multiplied from the left by every A that belongs to it. The
 * chain of additions of an element goes on from chunk to chunk, the same as without.
 *
 * <p>Each share has the same number of vectors of columns. A strip at its border, which is a
 * neighbour's too, is divided by the rows of the gradient.
 */
public final class GradientShare {
  /** Columns that go together. */
  private static final int STRIP = Sgemm.stripColumns();

  /** Columns of a vector: the kernels take no longer for some of them than for all. */
  private static final int VECTOR = Sgemm.vectorColumns();

  private static final int IN_STRIP = STRIP / VECTOR;

  /** Rows packed at once: few enough that a strip of them stays in L1 and a column of A in L2. */
  public static final int CHUNK_ROWS = 512;

  private final int n;
  private final int rowOfZ;
  private final int rowOfGradient;
  private final int vectors;
  private final int parts;
  private final Arena arena = Arena.ofAuto();
  private final Piece[] pieces;

  /** The share {@code part} of {@code parts} of n columns. */
  private GradientShare(int n, int rowOfZ, int rowOfGradient, int part, int parts) {
    this.n = n;
    this.rowOfZ = rowOfZ;
    this.rowOfGradient = rowOfGradient;
    this.vectors = Math.ceilDiv(n, VECTOR);
    this.parts = parts;
    long strip = (long) IN_STRIP * parts;
    long from = (long) vectors * part; // in parts of a vector
    long to = from + vectors;
    int firstWhole = Math.toIntExact(Math.ceilDiv(from, strip));
    int endWhole =
        part == parts - 1 ? Math.ceilDiv(vectors, IN_STRIP) : Math.toIntExact(to / strip);
    List<Piece> list = new ArrayList<>();
    if (firstWhole * strip != from) {
      list.add(border(firstWhole - 1, from, to));
    }
    if (firstWhole < endWhole) {
      list.add(new Piece(firstWhole, endWhole - firstWhole, 0, 1, 1));
    }
    if (firstWhole <= endWhole && endWhole * strip < to) {
      list.add(border(endWhole, from, to));
    }
    this.pieces = list.toArray(new Piece[0]);
  }

  /** What of a strip lies in a share. */
  private Piece border(int strip, long from, long to) {
    long start = (long) strip * IN_STRIP * parts;
    long size = (long) Math.min(IN_STRIP, vectors - strip * IN_STRIP) * parts;
    return new Piece(strip, 1, Math.max(0, from - start), Math.min(size, to - start), size);
  }

  /** All shares of dz (rows, n) and gradients (width, n). */
  public static GradientShare[] of(int n, int parts) {
    return of(n, n, n, parts);
  }

  /** All shares of n columns, in rows of dz and of the gradients that may have more. */
  public static GradientShare[] of(int n, int rowOfZ, int rowOfGradient, int parts) {
    GradientShare[] shares = new GradientShare[parts];
    for (int part = 0; part < parts; part++) {
      shares[part] = new GradientShare(n, rowOfZ, rowOfGradient, part, parts);
    }
    return shares;
  }

  /**
   * Packs {@code rows} rows of this share of dz, for the products that follow; only the first time
   * for that many allocates.
   */
  public void pack(int rows, MemorySegment dz, long dzOffset) {
    for (Piece piece : pieces) {
      piece.pack(rows, dz, dzOffset);
    }
  }

  /**
   * {@code gradient = A^T dz} for the first chunk, {@code gradient += A^T dz} for the others, of
   * the dz last packed.
   *
   * @param width columns of A, rows of the gradient
   * @param a A (dz's rows, width), row-major. Not modified.
   * @param gradient (width, n), row-major. This share of it is overwritten.
   */
  public void multiply(
      boolean first,
      int width,
      MemorySegment a,
      long aOffset,
      MemorySegment gradient,
      long gradientOffset) {
    multiply(first, width, a, aOffset, width, gradient, gradientOffset);
  }

  /** The same of an A whose rows are {@code lda} elements apart. */
  public void multiply(
      boolean first,
      int width,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment gradient,
      long gradientOffset) {
    for (Piece piece : pieces) {
      piece.multiply(first, width, a, aOffset, lda, gradient, gradientOffset);
    }
  }

  /**
   * {@code gradient = sum of the rows of dz}, or added to it for chunks after the first; this share
   * of the columns.
   */
  public void sum(
      boolean first,
      int rows,
      MemorySegment dz,
      long dzOffset,
      MemorySegment gradient,
      long gradientOffset) {
    if (first) {
      clear(1, gradient, gradientOffset);
    }
    for (Piece piece : pieces) {
      if (piece.endRow(1) == 1) {
        long from = piece.from;
        ColumnSums.apply(
            rows, piece.columns, dz, dzOffset + from, rowOfZ, gradient, gradientOffset + from);
      }
    }
  }

  /** {@code gradient = 0}, this share of (width, n). */
  public void clear(int width, MemorySegment gradient, long gradientOffset) {
    for (Piece piece : pieces) {
      for (int row = piece.firstRow(width); row < piece.endRow(width); row++) {
        Blocks.clear(
            gradient, gradientOffset + (long) row * rowOfGradient + piece.from, piece.columns);
      }
    }
  }

  /** Strips of columns, whole or from one part of their rows to another. */
  private final class Piece {
    final int from; // column
    final int columns;
    private final long begin; // of its rows
    private final long end;
    private final long size; // all of its rows
    private final List<PackedMatrix> room = new ArrayList<>(); // one for each number of rows
    private @Nullable PackedMatrix packed;

    Piece(int strip, int strips, long begin, long end, long size) {
      this.from = strip * STRIP;
      this.columns = Math.min(n - from, strips * STRIP);
      this.begin = begin;
      this.end = end;
      this.size = size;
    }

    int firstRow(int width) {
      return row(begin, width);
    }

    int endRow(int width) {
      return row(end, width);
    }

    private int row(long part, int width) {
      return part == size
          ? width
          : (int) (width * part / size / Sgemm.tileRows() * Sgemm.tileRows());
    }

    void pack(int rows, MemorySegment dz, long dzOffset) {
      packed = room(rows).pack(dz, dzOffset + from, rowOfZ);
    }

    private PackedMatrix room(int rows) {
      for (int i = 0; i < room.size(); i++) {
        if (room.get(i).k() == rows) {
          return room.get(i);
        }
      }
      PackedMatrix fresh = PackedMatrix.of(arena, rows, columns);
      room.add(fresh);
      return fresh;
    }

    void multiply(
        boolean first,
        int width,
        MemorySegment a,
        long aOffset,
        int lda,
        MemorySegment gradient,
        long gradientOffset) {
      PackedMatrix dz = packed;
      int row = firstRow(width);
      int rows = endRow(width) - row;
      if (rows == 0 || dz == null) {
        return;
      }
      long x = aOffset + row; // a column of A
      long to = gradientOffset + (long) row * rowOfGradient + from;
      if (first) {
        Sgemm.multiplyTransposed(rows, a, x, lda, dz, gradient, to, rowOfGradient);
      } else {
        Sgemm.multiplyTransposedAdd(rows, a, x, lda, dz, gradient, to, rowOfGradient);
      }
    }
  }
}
