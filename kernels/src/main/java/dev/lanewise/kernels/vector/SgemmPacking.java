package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Copies B into strips of four vectors, k-major, padded with zeros: see {@code SgemmKernel.pack}.
 * Strides in elements.
 */
final class SgemmPacking {

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  /**
   * Steps of k that one visit to a column takes when the columns are the long way: a cache line of
   * them.
   */
  private static final int LINE = 16;

  private SgemmPacking() {}

  static void pack(
      int k, int n, int blocks, long b, long rowStride, long columnStride, long packed) {
    int across = blocks == 1 ? n : n / blocks;
    int columns = blocks == 1 ? 4 * Lanes.COUNT : Lanes.COUNT;
    int strips = (across + columns - 1) / columns;
    for (int strip = 0; strip < strips; strip++) {
      for (int v = 0; v < 4; v++) {
        int first =
            blocks == 1 ? strip * columns + v * Lanes.COUNT : v * across + strip * Lanes.COUNT;
        int past = blocks == 1 ? n : (v + 1) * across;
        int count = Math.clamp(past - first, 0, Lanes.COUNT);
        long from = b + (long) first * columnStride * Float.BYTES;
        long to = packed + (long) strip * k * STRIP_BYTES + v * Lanes.BYTES;
        if (columnStride == 1) {
          rows(k, count, from, rowStride * Float.BYTES, to);
        } else {
          columns(k, count, from, rowStride * Float.BYTES, columnStride * Float.BYTES, to);
        }
      }
    }
  }

  /** One vector's width of a row-major matrix. */
  private static void rows(int k, int count, long from, long row, long to) {
    long end = to + k * STRIP_BYTES;
    long source = from;
    if (count == Lanes.COUNT) {
      for (long at = to; at != end; at += STRIP_BYTES) {
        FloatVector.fromMemorySegment(FLOAT, ALL, source & MASK, ORDER)
            .intoMemorySegment(ALL, at & MASK, ORDER);
        source += row;
      }
    } else {
      for (long at = to; at != end; at += STRIP_BYTES) {
        FloatVector.zero(FLOAT).intoMemorySegment(ALL, at & MASK, ORDER);
        Scratch.copy(source, at, count);
        source += row;
      }
    }
  }

  /** One vector's width of a column-major matrix: a cache line down each column before the next. */
  private static void columns(int k, int count, long from, long row, long column, long to) {
    for (int block = 0; block < k; block += LINE) {
      int steps = Math.min(LINE, k - block);
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        long source = from + block * row + lane * column;
        long at = to + block * STRIP_BYTES + lane * (long) Float.BYTES;
        for (int step = 0; step < steps; step++) {
          Memory.set(at + step * STRIP_BYTES, lane < count ? Memory.get(source + step * row) : 0f);
        }
      }
    }
  }
}
