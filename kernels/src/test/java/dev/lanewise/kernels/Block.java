package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Floats in rows inside a larger segment. All that is not theirs, before, between and after the
 * rows, is one NaN, so that a stray read shows in the result and a stray write in {@link
 * #assertMarginUntouched}.
 */
final class Block {

  private static final int MARGIN_BITS = 0x7fc5a5a5;
  private static final int MARGIN = 37;

  final MemorySegment segment;
  final long offset;
  final long ld;
  private final int rows;
  private final int columns;

  private Block(Arena arena, int rows, int columns, long ld, long offset) {
    this.rows = rows;
    this.columns = columns;
    this.ld = ld;
    this.offset = offset;
    long count = offset + rows * ld + MARGIN;
    this.segment = arena.allocate(count * Float.BYTES, Float.BYTES);
    for (long i = 0; i < count; i++) {
      segment.setAtIndex(JAVA_INT, i, MARGIN_BITS);
    }
    fill(0f);
  }

  /** Rows with a gap of five elements between them. */
  static Block matrix(Arena arena, int rows, int columns) {
    return new Block(arena, rows, columns, columns + 5L, 3);
  }

  /** Rows side by side, as {@link LstmCell} takes them. */
  static Block dense(Arena arena, int rows, int columns) {
    return new Block(arena, rows, columns, columns, 5);
  }

  static Block vector(Arena arena, int n) {
    return new Block(arena, 1, n, n, 7);
  }

  static Block of(Arena arena, float... values) {
    Block block = vector(arena, values.length);
    for (int j = 0; j < values.length; j++) {
      block.set(0, j, values[j]);
    }
    return block;
  }

  Block random(RandomGenerator random) {
    return random(random, 1f);
  }

  /** Uniform in {@code [-limit, limit)}. */
  Block random(RandomGenerator random, float limit) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        set(i, j, limit * (2f * random.nextFloat() - 1f));
      }
    }
    return this;
  }

  Block fill(float value) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        set(i, j, value);
      }
    }
    return this;
  }

  Block copy(Arena arena) {
    Block copy = new Block(arena, rows, columns, ld, offset);
    MemorySegment.copy(segment, 0, copy.segment, 0, segment.byteSize());
    return copy;
  }

  float get(int i, int j) {
    return segment.getAtIndex(JAVA_FLOAT, offset + i * ld + j);
  }

  void set(int i, int j, float value) {
    segment.setAtIndex(JAVA_FLOAT, offset + i * ld + j, value);
  }

  /** Row by row. */
  float[] values() {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i / columns, i % columns);
    }
    return values;
  }

  /** Row by row. */
  double[] doubles() {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i / columns, i % columns);
    }
    return values;
  }

  void assertMarginUntouched() {
    long count = segment.byteSize() / Float.BYTES;
    for (long i = 0; i < count; i++) {
      long inside = i - offset;
      boolean own = inside >= 0 && ld > 0 && inside / ld < rows && inside % ld < columns;
      if (!own) {
        assertEquals(MARGIN_BITS, segment.getAtIndex(JAVA_INT, i), "a write at element " + i);
      }
    }
  }
}
