package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * {@code C = init + A * B}, B packed in strips of four vectors, or of three for three blocks.
 *
 * <p>Blocks of k keep a strip's part in L1 while the rows of A pass over it, blocks of rows keep
 * A's part in L2 while the strips pass over that. A block's sums go on from C as the block before
 * left it: still one chain in ascending k.
 */
public final class VectorSgemm implements SgemmKernel {

  /** Columns of a strip. */
  static final int NR = 4 * Lanes.COUNT;

  /**
   * Steps of k in a block: {@code KC * NR} floats are 32 KB at 512 bits, 16 KB at 256, and leave
   * room in L1 for A and C.
   */
  static final int KC = 128;

  /** Rows in a block, at most: their part of a strip of C stays in L2 too. */
  private static final int MC = 256;

  /** Elements of A in a block of rows: 512 KB stay in L2 while the strips pass over them. */
  private static final int BLOCK_OF_A = 1 << 17;

  /** Rows in a block, at least: enough to use a strip's part in L1 again. */
  private static final int FEWEST_ROWS = 64;

  /**
   * Up to so many rows a strip is used too few times for blocks of k to pay for loading and storing
   * C.
   */
  private static final int FEW_ROWS = 8;

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
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    SgemmPacking.pack(to, Memory.address(b, bOffset), rowStride, columnStride);
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
    long aAddress = Memory.address(a, aOffset);
    long initAddress = Memory.address(init, initOffset);
    long cAddress = Memory.address(c, cOffset);
    long aRow = aRowStride * Float.BYTES;
    long aStep = aColumnStride * Float.BYTES;
    long initRow = initRowStride * Float.BYTES;
    long cRow = ldc * Float.BYTES;
    int mc = blockRows(b.k(), aRow, Math.max(initRow, cRow));
    for (int row = 0; row < m; row += mc) {
      int rows = Math.min(mc, m - row);
      long left = aAddress + row * aRow;
      long from = initAddress + row * initRow;
      long to = cAddress + row * cRow;
      strips(rows, left, aRow, aStep, b, blockStride, from, initRow, to, cRow);
    }
  }

  /** Rows of a block; one where rows are farther apart than a tile reaches. */
  static int blockRows(int k, long aRow, long cRow) {
    return Math.max(aRow, cRow) > Memory.STRIDE
        ? 1
        : Math.clamp(BLOCK_OF_A / Math.max(1, k), FEWEST_ROWS, MC);
  }

  /** How many of the strips before B's end are whole in C. */
  static int wholeStrips(PackedStrips b, long blockStride) {
    if (b.blocks() == 1) {
      return Math.min(b.end(), b.n() / NR);
    }
    int units = b.units();
    boolean filled = PackedStrips.apart(units % Lanes.COUNT, Lanes.COUNT) == Lanes.COUNT;
    return (int) Math.min(b.end(), filled ? blockStride / Lanes.COUNT : units / Lanes.COUNT);
  }

  /** The strips of a block of rows. */
  private static void strips(
      int rows,
      long a,
      long aRow,
      long aStep,
      PackedStrips packed,
      long blockStride,
      long init,
      long initRow,
      long c,
      long cRow) {
    int k = packed.k();
    int blocks = packed.blocks();
    int endStrip = packed.end();
    long b = packed.memory().address();
    int vectors = PackedStrips.vectors(blocks);
    long bStep = vectors * Lanes.BYTES;
    long stripOfB = k * bStep;
    int columns = PackedStrips.columns(blocks, Lanes.COUNT); // of C, from one strip to the next
    long apart = blocks == 1 ? Lanes.BYTES : blockStride * Float.BYTES;
    long stripOfC = (long) columns * Float.BYTES;
    int endWhole = wholeStrips(packed, blockStride);
    int strip = packed.first();
    if (rows == 1 && strip < endWhole) {
      long at = strip * stripOfC;
      long first = b + strip * stripOfB;
      int count = endWhole - strip;
      SgemmRow.multiply(
          vectors, count, k, a, aStep, first, stripOfB, init + at, c + at, apart, stripOfC);
      strip = endWhole;
    }
    for (; strip < endWhole; strip++) {
      long at = strip * stripOfC;
      long from = b + strip * stripOfB;
      wholeK(vectors, rows, k, a, aRow, aStep, from, init + at, initRow, c + at, cRow, apart);
    }
    if (strip < endStrip) {
      long at = strip * stripOfC;
      long from = b + strip * stripOfB;
      int left = packed.units() - strip * columns;
      SgemmEdge.multiply(
          rows, k, blocks, left, a, aRow, aStep, from, bStep, init + at, initRow, c + at, cRow,
          apart);
    }
  }

  /**
   * One whole strip, under every row, in blocks of k that leave the strip's part in L1 where rows
   * use it again; one block even for k = 0, where C is what it begins from.
   */
  static void wholeK(
      int vectors,
      int rows,
      int k,
      long a,
      long aRow,
      long aStep,
      long b,
      long init,
      long initRow,
      long c,
      long cRow,
      long apart) {
    int kc = rows <= FEW_ROWS ? k : KC;
    long bStep = vectors * Lanes.BYTES;
    int first = Math.min(kc, k);
    SgemmStrip.multiply(
        vectors, rows, first, a, aRow, aStep, b, bStep, init, initRow, c, cRow, apart);
    for (int from = kc; from < k; from += kc) {
      int steps = Math.min(kc, k - from);
      long aFrom = a + from * aStep;
      long bFrom = b + from * bStep;
      SgemmStrip.multiply(
          vectors, rows, steps, aFrom, aRow, aStep, bFrom, bStep, c, cRow, c, cRow, apart);
    }
  }
}
