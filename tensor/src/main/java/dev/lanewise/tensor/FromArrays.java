package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Copies Java arrays, flat or of rows, to dense tensors. */
final class FromArrays {
  private FromArrays() {}

  /** Row-major values into a new row-major tensor of as many elements. */
  static Tensor flat(Tensor target, float[] values) {
    MemorySegment.copy(
        values, 0, target.segment(), JAVA_FLOAT, target.offset() * Float.BYTES, values.length);
    return target;
  }

  static Tensor rows(float[][] rows) {
    requireRows(rows, rows, -1);
    Tensor result = Tensor.zeros(rows.length, width(rows));
    for (int row = 0; row < rows.length; row++) {
      flat(result.select(0, row), rows[row]);
    }
    return result;
  }

  static Tensor blocks(float[][][] blocks) {
    for (int block = 0; block < blocks.length; block++) {
      if (blocks[block] == null) {
        throw TensorErrors.nullBlock(block);
      }
      if (blocks[block].length != blocks[0].length) {
        throw TensorErrors.raggedBlocks(blocks[0].length, block, blocks[block].length);
      }
      requireRows(blocks[0], blocks[block], block);
    }
    int height = blocks.length == 0 ? 0 : blocks[0].length;
    int width = blocks.length == 0 ? 0 : width(blocks[0]);
    Tensor result = Tensor.zeros(blocks.length, height, width);
    for (int block = 0; block < blocks.length; block++) {
      for (int row = 0; row < height; row++) {
        flat(result.select(0, block).select(0, row), blocks[block][row]);
      }
    }
    return result;
  }

  /** Every row of a block must be as long as the first row of the first; -1 where there is one. */
  private static void requireRows(float[][] first, float[][] rows, int block) {
    for (int row = 0; row < rows.length; row++) {
      if (rows[row] == null) {
        throw TensorErrors.nullRow(block, row);
      }
      if (rows[row].length != width(first)) {
        throw TensorErrors.raggedRows(width(first), block, row, rows[row].length);
      }
    }
  }

  private static int width(float[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }
}
