package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * B (k, n) in strips, as {@link SgemmKernel#pack} lays them out, or some of its strips. It is made
 * once for many products, and passing it on allocates nothing.
 *
 * @param kernel packs B and multiplies by it
 * @param memory all strips
 * @param k rows of B
 * @param units columns of each block; all of B's where it has one
 * @param blocks 1, or 3 or 4: the gates of a GRU or an LSTM
 * @param first the first strip that a product takes
 * @param end past the last
 */
public record PackedStrips(
    SgemmKernel kernel, MemorySegment memory, int k, int units, int blocks, int first, int end) {

  /** Vectors of a strip of floats: one of each of three or four blocks, four of one. */
  public static int vectors(int blocks) {
    return blocks == 1 ? 4 : blocks;
  }

  /** Columns of C, or of each of its blocks, from one strip to the next. */
  public static int columns(int blocks, int lanes) {
    return blocks == 1 ? vectors(blocks) * lanes : lanes;
  }

  /** How many strips there are. */
  public static int strips(int n, int blocks, int lanes) {
    return Math.ceilDiv(n / blocks, columns(blocks, lanes));
  }

  /**
   * Lanes from block to block in a strip that holds {@code units} units of each of three or four
   * blocks. A vector, or a half or a quarter of one where they fit in.
   */
  public static int apart(int units, int lanes) {
    return 4 * units <= lanes ? lanes / 4 : 2 * units <= lanes ? lanes / 2 : lanes;
  }

  /** Columns of B. */
  public int n() {
    return blocks * units;
  }

  /** The first column of each block that a product takes. */
  public int firstUnit() {
    return Math.min(units, first * columns(blocks, kernel.lanes()));
  }

  /** Past the last. */
  public int endUnit() {
    return Math.min(units, end * columns(blocks, kernel.lanes()));
  }

  /** The column in a lane of vector {@code v} of a strip, or -1 where it is padding. */
  public int at(int strip, int v, int lane) {
    int lanes = kernel.lanes();
    if (blocks == 1) {
      int column = strip * columns(1, lanes) + v * lanes + lane;
      return column < units ? column : -1;
    }
    int left = Math.min(lanes, units - strip * lanes);
    int apart = apart(left, lanes);
    int block = (v * lanes + lane) / apart;
    int unit = (v * lanes + lane) % apart;
    return block < blocks && unit < left ? block * units + strip * lanes + unit : -1;
  }
}
