package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Reads next to a guarded operand, and should not live to tell. */
final class OneFloatTooFar {

  private OneFloatTooFar() {}

  @SuppressWarnings("restricted")
  public static void main(String[] args) {
    GuardedArena.Side side = GuardedArena.Side.valueOf(args[0]);
    try (Arena arena = new GuardedArena(side)) {
      MemorySegment operand = arena.allocate(40, 4);
      operand.fill((byte) 1);
      System.out.println("reading");
      long next = side == GuardedArena.Side.AFTER ? operand.address() + 40 : operand.address() - 4;
      float value = MemorySegment.ofAddress(next).reinterpret(4).get(JAVA_FLOAT, 0);
      System.out.println("read " + value);
    }
  }
}
