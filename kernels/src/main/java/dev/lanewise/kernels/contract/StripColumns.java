package dev.lanewise.kernels.contract;

/**
 * Which column of B (k, n) lies where in a strip of four vectors: see {@link SgemmKernel#pack}.
 *
 * <p>Static, as packing allocates nothing.
 */
public final class StripColumns {

  private StripColumns() {}

  /** How many strips there are. */
  public static int strips(int n, int blocks, int lanes) {
    return Math.ceilDiv(n / blocks, blocks == 1 ? 4 * lanes : lanes);
  }

  /** The column in a lane of vector {@code v} of a strip, or -1 where it is padding. */
  public static int at(int n, int blocks, int lanes, int strip, int v, int lane) {
    if (blocks == 1) {
      int column = (4 * strip + v) * lanes + lane;
      return column < n ? column : -1;
    }
    int unit = strip * lanes + lane;
    int units = n / blocks;
    return unit < units ? v * units + unit : -1;
  }
}
