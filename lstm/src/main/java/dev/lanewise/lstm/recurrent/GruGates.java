package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import java.lang.foreign.MemorySegment;

/**
 * The weights of a GRU with resetAfter as {@link dev.lanewise.kernels.GruCell} takes them: the
 * candidate n first, as its two parts lie at either end of a row of gates.
 */
public final class GruGates {
  private GruGates() {}

  /** Of a kernel (rows, 3 * units) with gates z, r, n, the same with gates n, z, r. */
  static void turn(
      int rows, int units, MemorySegment kernel, long kernelOffset, MemorySegment turned) {
    for (int row = 0; row < rows; row++) {
      long from = kernelOffset + 3L * row * units;
      long to = 3L * row * units;
      Blocks.copy(kernel, from + 2L * units, turned, to, units);
      Blocks.copy(kernel, from, turned, to + units, 2L * units);
    }
  }

  /**
   * Of biases b, then c, with gates z, r, n: {@code bn, bz + cz, br + cr, cn}.
   *
   * @param biasOffset NONE for zeros
   * @param row (4, stride). Overwritten but for its padding.
   */
  static void bias(int units, long stride, MemorySegment bias, long biasOffset, MemorySegment row) {
    if (biasOffset == LayerWeights.NONE) {
      return;
    }
    long second = biasOffset + 3L * units;
    Blocks.copy(bias, biasOffset + 2L * units, row, 0, units);
    for (int gate = 0; gate < 2; gate++) {
      long to = (gate + 1) * stride;
      Blocks.copy(bias, biasOffset + (long) gate * units, row, to, units);
      AddScaled.apply(units, 1, bias, second + (long) gate * units, row, to);
    }
    Blocks.copy(bias, second + 2L * units, row, 3 * stride, units);
  }
}
