package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Keeps a thread on the processor that it runs on. */
@SuppressWarnings("restricted")
final class Pinned {

  /** A set of 1,024 processors. */
  private static final long SET_BYTES = 128;

  private Pinned() {}

  /**
   * Keeps the calling thread, and threads that it starts later, on one processor.
   *
   * @return whether it does: elsewhere than on Linux nothing happens
   */
  static boolean toOneProcessor() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup system = linker.defaultLookup();
    MemorySegment current = system.find("sched_getcpu").orElse(MemorySegment.NULL);
    MemorySegment set = system.find("sched_setaffinity").orElse(MemorySegment.NULL);
    if (current.equals(MemorySegment.NULL) || set.equals(MemorySegment.NULL)) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      int processor =
          (int) linker.downcallHandle(current, FunctionDescriptor.of(JAVA_INT)).invokeExact();
      MemorySegment mask = arena.allocate(SET_BYTES, Long.BYTES);
      mask.setAtIndex(JAVA_LONG, processor >> 6, 1L << processor);
      int error =
          (int)
              linker
                  .downcallHandle(
                      set, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS))
                  .invokeExact(0, SET_BYTES, mask);
      return error == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setaffinity failed", e);
    }
  }
}
