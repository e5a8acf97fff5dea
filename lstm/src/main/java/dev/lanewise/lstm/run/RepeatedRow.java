package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One number a column, for all rows of a block. It lies there several times over, so that a
 * kernel's call is long. Threads may set different columns, then share the rows out.
 */
public final class RepeatedRow {
  /** Elements of a call: they take several times what the call costs, and stay in L1. */
  private static final int ELEMENTS = 2048;

  private final int width;
  private final int copies;
  private final MemorySegment memory; // (copies, width)

  /** Zeros. */
  public RepeatedRow(Arena arena, int width) {
    this.width = width;
    this.copies = Math.max(1, ELEMENTS / width);
    this.memory = Blocks.allocate(arena, (long) copies * width);
  }

  /** Sets the number of a column. */
  public void set(int column, float value) {
    for (int copy = 0; copy < copies; copy++) {
      memory.setAtIndex(JAVA_FLOAT, (long) copy * width + column, value);
    }
  }

  /** The number of a column. */
  public float get(int column) {
    return memory.getAtIndex(JAVA_FLOAT, column);
  }

  /**
   * {@code y = x * row}.
   *
   * @param x (rows, width), dense. Not modified unless it is {@code y}.
   * @param y (rows, width), dense. Overwritten.
   */
  public void multiply(long rows, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long row = 0; row < rows; row += copies) {
      long n = Math.min(copies, rows - row) * width;
      Multiply.apply(n, x, xOffset + row * width, memory, 0, y, yOffset + row * width);
    }
  }

  /**
   * {@code y += alpha * row}.
   *
   * @param y (rows, width), dense. Accumulated into.
   */
  public void add(long rows, float alpha, MemorySegment y, long yOffset) {
    for (long row = 0; row < rows; row += copies) {
      long n = Math.min(copies, rows - row) * width;
      AddScaled.apply(n, alpha, memory, 0, y, yOffset + row * width);
    }
  }

  public long bytes() {
    return memory.byteSize();
  }
}
