package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Copies B into strips of four vectors, k-major: see {@code SgemmKernel.pack}. Strides in elements.
 */
final class SgemmPacking {

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  /** Rows of a row-major B that go to all strips before the next: 4 KB of a strip at 512 bits. */
  private static final int ROWS = 16;

  /** Steps of k that one visit to a few columns takes when k is the short way: 16 KB of a strip. */
  private static final int STEPS = 64;

  /** The side of a block that is transposed in registers. */
  private static final int SIDE = Math.min(8, Lanes.COUNT);

  private SgemmPacking() {}

  static void pack(
      int k, int n, int blocks, long b, long rowStride, long columnStride, long packed) {
    int across = blocks == 1 ? n : n / blocks;
    int columns = blocks == 1 ? 4 * Lanes.COUNT : Lanes.COUNT; // from strip to strip
    int apart = blocks == 1 ? Lanes.COUNT : across; // from vector to vector
    int whole = columnStride == 1 ? across / columns : 0;
    for (int row = 0; row < k && whole > 0; row += ROWS) {
      int rows = Math.min(ROWS, k - row);
      long from = b + row * rowStride * Float.BYTES;
      long to = packed + row * STRIP_BYTES;
      for (int strip = 0; strip < whole; strip++) {
        strip(rows, from, rowStride * Float.BYTES, apart * (long) Float.BYTES, to);
        from += (long) columns * Float.BYTES;
        to += k * STRIP_BYTES;
      }
    }
    for (int strip = whole; strip * columns < across; strip++) {
      int left = Math.min(Lanes.COUNT, across - strip * columns);
      long apartInStrip = blocks == 1 ? Lanes.BYTES : SgemmEdge.apart(left);
      for (int v = 0; v < 4; v++) {
        int first = strip * columns + v * apart;
        int past = blocks == 1 ? n : (v + 1) * across;
        int count = Math.min(past - first, Lanes.COUNT);
        if (count <= 0) {
          break;
        }
        long from = b + first * columnStride * Float.BYTES;
        long to = packed + (long) strip * k * STRIP_BYTES + v * apartInStrip;
        if (columnStride == 1) {
          rows(k, count, from, rowStride * Float.BYTES, to);
        } else {
          columns(k, count, from, rowStride * Float.BYTES, columnStride * Float.BYTES, to);
        }
      }
    }
  }

  /** Some rows of a whole strip, whose vectors lie {@code apart} bytes apart. */
  private static void strip(int rows, long from, long row, long apart, long to) {
    long source = from;
    long end = to + rows * STRIP_BYTES;
    for (long at = to; at != end; at += STRIP_BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, source & MASK, ORDER)
          .intoMemorySegment(ALL, at & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (source + apart) & MASK, ORDER)
          .intoMemorySegment(ALL, (at + Lanes.BYTES) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (source + 2 * apart) & MASK, ORDER)
          .intoMemorySegment(ALL, (at + 2 * Lanes.BYTES) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (source + 3 * apart) & MASK, ORDER)
          .intoMemorySegment(ALL, (at + 3 * Lanes.BYTES) & MASK, ORDER);
      source += row;
    }
  }

  /** One vector's width of a row-major matrix. */
  private static void rows(int k, int count, long from, long row, long to) {
    long source = from;
    long end = to + k * STRIP_BYTES;
    for (long at = to; at != end; at += STRIP_BYTES) {
      Scratch.copyVectors(source, at, count);
      source += row;
    }
  }

  /** One vector's width of a column-major matrix. */
  private static void columns(int k, int count, long from, long row, long column, long to) {
    int lanes = row == Float.BYTES ? count / SIDE * SIDE : 0;
    int steps = lanes == 0 ? 0 : k / SIDE * SIDE;
    for (int step = 0; step < steps; step += STEPS) {
      int blocks = Math.min(STEPS, steps - step) / SIDE;
      for (int lane = 0; lane < lanes; lane += SIDE) {
        long source = from + step * row + lane * column;
        long at = to + step * STRIP_BYTES + lane * (long) Float.BYTES;
        if (SIDE == 8) {
          Transpose8x8.apply(blocks, source, column, 8 * row, at, STRIP_BYTES, 8 * STRIP_BYTES);
        } else {
          Transpose4x4.apply(blocks, source, column, 4 * row, at, STRIP_BYTES, 4 * STRIP_BYTES);
        }
      }
    }
    for (int lane = 0; lane < count; lane++) { // what fills no block
      long source = from + lane * column;
      long at = to + lane * (long) Float.BYTES;
      for (int step = lane < lanes ? steps : 0; step < k; step++) {
        Memory.set(at + step * STRIP_BYTES, Memory.get(source + step * row));
      }
    }
  }
}
