package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.STRIP_BYTES;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code C = init + A * B}, B packed in strips whose weights are narrower than floats.
 *
 * <p>A few rows take the weights as they are, row by row. For more a block of a strip is written
 * out as floats, in a thread's scratch that stays in L1. It is then a strip like any other.
 */
final class VectorNarrowSgemm implements SgemmKernel {

  /** Up to so many rows, unpacking the weights for each of them is less than writing them out. */
  static final int FEW_ROWS = 3;

  private static final int KC = VectorSgemm.KC;

  private static final ThreadLocal<MemorySegment> OF_THREAD =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(KC * STRIP_BYTES, 64));

  private final NarrowStrips weights;

  VectorNarrowSgemm(NarrowStrips weights) {
    this.weights = weights;
  }

  @Override
  public int lanes() {
    return Lanes.COUNT;
  }

  @Override
  public int rows() {
    return SgemmStrip.ROWS;
  }

  @Override
  public int fewRows() {
    return FEW_ROWS;
  }

  @Override
  public long stripBytes(int k, int blocks) {
    return weights.stripBytes(k);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    weights.pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  public void multiply(
      int m,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      PackedStrips b,
      long blockStride,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc) {
    int n = b.n();
    int k = b.k();
    int blocks = b.blocks();
    int firstStrip = b.first();
    int endStrip = b.end();
    long packed = b.memory().address();
    long aAddress = Memory.address(a, aOffset);
    long cAddress = Memory.address(c, cOffset);
    long initAddress = Memory.address(init, initOffset);
    long aRow = aRowStride * Float.BYTES;
    long aStep = aColumnStride * Float.BYTES;
    long cRow = ldc * Float.BYTES;
    int vectors = PackedStrips.vectors(blocks);
    int columns = PackedStrips.columns(blocks, Lanes.COUNT); // of C, from one strip to the next
    if (initAddress != cAddress) {
      int first = firstStrip * columns;
      int count = Math.min(endStrip * columns, n / blocks) - first;
      long initRow = initRowStride * Float.BYTES;
      begin(m, blocks, blockStride, first, count, initAddress, initRow, cAddress, cRow);
    }
    long stripOfB = weights.stripBytes(k);
    long apart = blocks == 1 ? Lanes.BYTES : blockStride * Float.BYTES;
    long stripOfC = (long) columns * Float.BYTES;
    int endWhole = VectorSgemm.wholeStrips(b, blockStride);
    if (m <= FEW_ROWS) {
      long from = packed + firstStrip * stripOfB;
      long to = cAddress + firstStrip * stripOfC;
      int count = endWhole - firstStrip;
      few(vectors, m, k, aAddress, aRow, aStep, from, count, to, cRow, apart, stripOfC);
    } else {
      long floats = OF_THREAD.get().address();
      int mc = VectorSgemm.blockRows(k, aRow, cRow);
      for (int row = 0; row < m; row += mc) {
        int rows = Math.min(mc, m - row);
        for (int from = 0; from < k; from += KC) {
          int steps = Math.min(KC, k - from);
          long aBlock = aAddress + row * aRow + from * aStep;
          for (int strip = firstStrip; strip < endWhole; strip++) {
            long to = cAddress + row * cRow + strip * stripOfC;
            weights.expand(packed + strip * stripOfB, from, steps, floats);
            product(vectors, rows, steps, aBlock, aRow, aStep, floats, to, cRow, apart);
          }
        }
      }
    }
    if (endWhole < endStrip) {
      long to = cAddress + endWhole * stripOfC;
      long last = packed + endWhole * stripOfB;
      int left = n / blocks - endWhole * columns;
      int mc = VectorSgemm.blockRows(k, aRow, cRow);
      for (int row = 0; row < m; row += mc) {
        int rows = Math.min(mc, m - row);
        long aBlock = aAddress + row * aRow;
        edge(rows, k, blocks, left, aBlock, aRow, aStep, last, to + row * cRow, cRow, apart);
      }
    }
  }

  /** {@code C = init} in {@code count} columns of each block from {@code first} on. */
  private static void begin(
      int m,
      int blocks,
      long blockStride,
      int first,
      int count,
      long init,
      long initRow,
      long c,
      long cRow) {
    for (int row = 0; row < m; row++) {
      for (int block = 0; block < blocks; block++) {
        long at = (block * blockStride + first) * Float.BYTES;
        Scratch.copyVectors(init + row * initRow + at, c + row * cRow + at, count);
      }
    }
  }

  /** {@code C += A * B} for a few rows and strips side by side. */
  void few(
      int vectors,
      int m,
      int k,
      long a,
      long aRow,
      long aStep,
      long b,
      int strips,
      long c,
      long cRow,
      long apart,
      long cApart) {
    for (int row = 0; row < m; row++) {
      weights.row(a + row * aRow, aStep, k, b, vectors, strips, c + row * cRow, apart, cApart);
    }
  }

  /** {@code C += A * B} for one whole strip of four vectors, under every row. */
  void strip(int m, int k, long a, long aRow, long aStep, long b, long c, long cRow, long apart) {
    long floats = OF_THREAD.get().address();
    for (int from = 0; from < k; from += KC) {
      int steps = Math.min(KC, k - from);
      weights.expand(b, from, steps, floats);
      product(4, m, steps, a + from * aStep, aRow, aStep, floats, c, cRow, apart);
    }
  }

  /** {@code C += A * B} for a strip that was written out. */
  private static void product(
      int vectors,
      int m,
      int steps,
      long a,
      long aRow,
      long aStep,
      long floats,
      long c,
      long cRow,
      long apart) {
    SgemmStrip.multiply(
        vectors, m, steps, a, aRow, aStep, floats, STRIP_BYTES, c, cRow, c, cRow, apart);
  }

  /** {@code C += A * B} for the last strip, of which C has only {@code left} columns of a block. */
  void edge(
      int m,
      int k,
      int blocks,
      int left,
      long a,
      long aRow,
      long aStep,
      long b,
      long c,
      long cRow,
      long apart) {
    long floats = OF_THREAD.get().address();
    for (int from = 0; from < k; from += KC) {
      int steps = Math.min(KC, k - from);
      weights.expand(b, from, steps, floats);
      long aFrom = a + from * aStep;
      SgemmEdge.multiply(
          m, steps, blocks, left, aFrom, aRow, aStep, floats, STRIP_BYTES, c, cRow, c, cRow, apart);
    }
  }
}
