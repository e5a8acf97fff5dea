package dev.lanewise.kernels.relay;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What rehearsals compute with: numbers between -1 and 1, none of them 0. */
final class Operands {

  private Operands() {}

  static MemorySegment floats(long count, Arena arena) {
    MemorySegment floats = arena.allocate(Math.max(64, count * Float.BYTES), 64);
    for (long i = 0; i < count; i++) {
      floats.set(JAVA_FLOAT, i * Float.BYTES, (i * 37 % 101 - 50.5f) / 51f);
    }
    return floats;
  }
}
