package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.PackedStrips;
import jdk.incubator.vector.FloatVector;

/**
 * Copies B into strips of three or four vectors, k-major: see {@code SgemmKernel.pack}. Strides in
 * elements.
 */
final class SgemmPacking {

  /** Rows of a row-major B that go to all strips before the next: 4 KB of a strip at 512 bits. */
  private static final int ROWS = 16;

  /** Steps of k that one visit to a few columns takes when k is the short way: 16 KB of a strip. */
  private static final int STEPS = 64;

  /** The side of a block that is transposed in registers. */
  private static final int SIDE = Math.min(8, Lanes.COUNT);

  private SgemmPacking() {}

  static void pack(PackedStrips to, long b, long rowStride, long columnStride) {
    int k = to.k();
    int blocks = to.blocks();
    int across = to.units();
    long packed = to.memory().address();
    int vectors = PackedStrips.vectors(blocks);
    long rowOfStrip = vectors * Lanes.BYTES;
    int columns = PackedStrips.columns(blocks, Lanes.COUNT); // from strip to strip
    int apart = blocks == 1 ? Lanes.COUNT : across; // from vector to vector
    int whole = columnStride == 1 ? across / columns : 0;
    for (int row = 0; row < k && whole > 0; row += ROWS) {
      int rows = Math.min(ROWS, k - row);
      long from = b + row * rowStride * Float.BYTES;
      long at = packed + row * rowOfStrip;
      for (int strip = 0; strip < whole; strip++) {
        strip(vectors, rows, from, rowStride * Float.BYTES, apart * (long) Float.BYTES, at);
        from += (long) columns * Float.BYTES;
        at += k * rowOfStrip;
      }
    }
    for (int strip = whole; strip * columns < across; strip++) {
      int left = Math.min(Lanes.COUNT, across - strip * columns);
      long apartInStrip = blocks == 1 ? Lanes.BYTES : SgemmEdge.apart(left);
      for (int v = 0; v < vectors; v++) {
        int first = strip * columns + v * apart;
        int past = blocks == 1 ? across : (v + 1) * across;
        int count = Math.min(past - first, Lanes.COUNT);
        if (count <= 0) {
          break;
        }
        long from = b + first * columnStride * Float.BYTES;
        long at = packed + (long) strip * k * rowOfStrip + v * apartInStrip;
        long row = rowStride * Float.BYTES;
        if (columnStride == 1) {
          rows(k, count, from, row, at, rowOfStrip);
        } else {
          columns(k, count, from, row, columnStride * Float.BYTES, at, rowOfStrip);
        }
      }
    }
  }

  /** Some rows of a whole strip, whose vectors lie {@code apart} bytes apart. */
  private static void strip(int vectors, int rows, long from, long row, long apart, long to) {
    long source = from;
    long rowOfStrip = vectors * Lanes.BYTES;
    long end = to + rows * rowOfStrip;
    for (long at = to; at != end; at += rowOfStrip) {
      FloatVector.fromMemorySegment(FLOAT, ALL, source & MASK, ORDER)
          .intoMemorySegment(ALL, at & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (source + apart) & MASK, ORDER)
          .intoMemorySegment(ALL, (at + Lanes.BYTES) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (source + 2 * apart) & MASK, ORDER)
          .intoMemorySegment(ALL, (at + 2 * Lanes.BYTES) & MASK, ORDER);
      if (vectors == 4) {
        FloatVector.fromMemorySegment(FLOAT, ALL, (source + 3 * apart) & MASK, ORDER)
            .intoMemorySegment(ALL, (at + 3 * Lanes.BYTES) & MASK, ORDER);
      }
      source += row;
    }
  }

  /** One vector's width of a row-major matrix. */
  private static void rows(int k, int count, long from, long row, long to, long rowOfStrip) {
    long source = from;
    long end = to + k * rowOfStrip;
    for (long at = to; at != end; at += rowOfStrip) {
      Scratch.copyVectors(source, at, count);
      source += row;
    }
  }

  /** One vector's width of a column-major matrix. */
  private static void columns(
      int k, int count, long from, long row, long column, long to, long rowOfStrip) {
    int lanes = row == Float.BYTES ? count / SIDE * SIDE : 0;
    int steps = lanes == 0 ? 0 : k / SIDE * SIDE;
    for (int step = 0; step < steps; step += STEPS) {
      int blocks = Math.min(STEPS, steps - step) / SIDE;
      for (int lane = 0; lane < lanes; lane += SIDE) {
        long source = from + step * row + lane * column;
        long at = to + step * rowOfStrip + lane * (long) Float.BYTES;
        if (SIDE == 8) {
          Transpose8x8.apply(blocks, source, column, 8 * row, at, rowOfStrip, 8 * rowOfStrip);
        } else {
          Transpose4x4.apply(blocks, source, column, 4 * row, at, rowOfStrip, 4 * rowOfStrip);
        }
      }
    }
    for (int lane = 0; lane < count; lane++) { // what fills no block
      long source = from + lane * column;
      long at = to + lane * (long) Float.BYTES;
      for (int step = lane < lanes ? steps : 0; step < k; step++) {
        Memory.set(at + step * rowOfStrip, Memory.get(source + step * row));
      }
    }
  }
}
