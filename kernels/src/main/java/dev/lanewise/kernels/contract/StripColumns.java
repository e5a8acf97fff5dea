package dev.lanewise.kernels.contract;

/**
 * Which column of B (k, n) lies where in a strip: see {@link SgemmKernel#pack}.
 *
 * <p>Static, as packing allocates nothing.
 */
public final class StripColumns {

  private StripColumns() {}

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

  /** The column in a lane of vector {@code v} of a strip, or -1 where it is padding. */
  public static int at(int n, int blocks, int lanes, int strip, int v, int lane) {
    if (blocks == 1) {
      int column = strip * columns(1, lanes) + v * lanes + lane;
      return column < n ? column : -1;
    }
    int units = n / blocks;
    int left = Math.min(lanes, units - strip * lanes);
    int apart = apart(left, lanes);
    int block = (v * lanes + lane) / apart;
    int unit = (v * lanes + lane) % apart;
    return block < blocks && unit < left ? block * units + strip * lanes + unit : -1;
  }
}
