package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Copies Java arrays, flat or of rows, to dense tensors. */
final class FromArrays {
  /** The length of a row that is not there. */
  private static final int NULL = -1;

  private FromArrays() {}

  /** Row-major values into a new row-major tensor of as many elements. */
  static Tensor flat(Tensor target, float[] values) {
    MemorySegment.copy(
        values, 0, target.segment(), JAVA_FLOAT, target.offset() * Float.BYTES, values.length);
    return target;
  }

  /** Row-major values into a new row-major tensor of as many elements. */
  static Tensor flat(Tensor target, int[] values) {
    MemorySegment.copy(
        values, 0, target.segment(), JAVA_INT, target.offset() * Integer.BYTES, values.length);
    return target;
  }

  static Tensor rows(float[][] rows) {
    int[] lengths = lengths(rows);
    requireRows("Tensor.of", lengths, lengths, -1);
    Tensor result = Tensor.zeros(rows.length, width(lengths));
    for (int row = 0; row < rows.length; row++) {
      flat(result.select(0, row), rows[row]);
    }
    return result;
  }

  static Tensor rows(int[][] rows) {
    int[] lengths = Arrays.stream(rows).mapToInt(row -> row == null ? NULL : row.length).toArray();
    requireRows("Tensor.ofInts", lengths, lengths, -1);
    Tensor result = Tensor.intZeros(rows.length, width(lengths));
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
      requireRows("Tensor.of", lengths(blocks[0]), lengths(blocks[block]), block);
    }
    int height = blocks.length == 0 ? 0 : blocks[0].length;
    int width = blocks.length == 0 ? 0 : width(lengths(blocks[0]));
    Tensor result = Tensor.zeros(blocks.length, height, width);
    for (int block = 0; block < blocks.length; block++) {
      for (int row = 0; row < height; row++) {
        flat(result.select(0, block).select(0, row), blocks[block][row]);
      }
    }
    return result;
  }

  private static int[] lengths(float[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> row == null ? NULL : row.length).toArray();
  }

  /** Every row of a block must be as long as the first row of the first; -1 where there is one. */
  private static void requireRows(String operation, int[] first, int[] rows, int block) {
    for (int row = 0; row < rows.length; row++) {
      if (rows[row] == NULL) {
        throw TensorErrors.nullRow(operation, block, row);
      }
      if (rows[row] != width(first)) {
        throw TensorErrors.raggedRows(operation, width(first), block, row, rows[row]);
      }
    }
  }

  private static int width(int[] lengths) {
    return lengths.length == 0 ? 0 : lengths[0];
  }
}
