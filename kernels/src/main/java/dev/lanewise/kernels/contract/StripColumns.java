package dev.lanewise.kernels.contract;

/**
 * Which column of B (k, n) lies where in a strip of four vectors: see {@link SgemmKernel#pack}.
 *
 * <p>Static, as packing allocates nothing.
 */
final class StripColumns {

  private StripColumns() {}

  static int strips(int n, int blocks, int lanes) {
    int across = blocks == 1 ? n : n / blocks;
    int columns = blocks == 1 ? 4 * lanes : lanes;
    return (across + columns - 1) / columns;
  }

  /** The column in a lane of vector {@code v} of a strip, or -1 where it is padding. */
  static int at(int n, int blocks, int lanes, int strip, int v, int lane) {
    if (blocks == 1) {
      int column = (4 * strip + v) * lanes + lane;
      return column < n ? column : -1;
    }
    int unit = strip * lanes + lane;
    int units = n / blocks;
    return unit < units ? v * units + unit : -1;
  }
}
