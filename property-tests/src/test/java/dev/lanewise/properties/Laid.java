package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A dense row-major matrix off the heap, for laws about the checked entries. */
record Laid(int rows, int columns, MemorySegment memory) {

  static Laid zeros(Arena arena, int rows, int columns) {
    return new Laid(rows, columns, arena.allocate(4L * rows * columns, 4));
  }

  static Laid random(Arena arena, int rows, int columns, Values values, SplittableRandom random) {
    Laid matrix = zeros(arena, rows, columns);
    for (long i = 0; i < (long) rows * columns; i++) {
      matrix.memory.setAtIndex(JAVA_FLOAT, i, values.next(random));
    }
    return matrix;
  }

  float get(int i, int j) {
    return memory.getAtIndex(JAVA_FLOAT, (long) i * columns + j);
  }

  void set(int i, int j, float value) {
    memory.setAtIndex(JAVA_FLOAT, (long) i * columns + j, value);
  }

  Laid transpose(Arena arena) {
    Laid turned = zeros(arena, columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned.set(j, i, get(i, j));
      }
    }
    return turned;
  }

  /** Rows {@code from} to {@code to - 1}, the same memory. */
  Laid rows(int from, int to) {
    long row = 4L * columns;
    return new Laid(to - from, columns, memory.asSlice(from * row, (to - from) * row));
  }

  /** A copy of the first columns. */
  Laid columns(Arena arena, int count) {
    Laid some = zeros(arena, rows, count);
    copyTo(some);
    return some;
  }

  /** Copies the columns that both have. */
  void copyTo(Laid other) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < Math.min(columns, other.columns); j++) {
        other.set(i, j, get(i, j));
      }
    }
  }

  Laid copy(Arena arena) {
    Laid copy = zeros(arena, rows, columns);
    copy.memory.copyFrom(memory);
    return copy;
  }

  float[] row(int i) {
    return Arrays.copyOfRange(values(), i * columns, (i + 1) * columns);
  }

  float[] values() {
    return memory.toArray(JAVA_FLOAT);
  }
}
