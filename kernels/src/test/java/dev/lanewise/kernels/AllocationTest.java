package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {

  /**
   * The JIT compiles beside the calls, and on a busy machine late; where it is done, so is this.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int CALLS = 100;

  private static final MethodHandle ALLOCATED_BYTES = allocatedBytes();

  static List<Entry> entries() {
    return Entry.all();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void allocatesNothingOnceWarm(Entry entry) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      int n = 2 * Sizes.LANES + 3;
      Runnable call = entry.setup().on(new Entry.Room(arena), 3, n, 19);
      long least = Long.MAX_VALUE;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (least > 0 && System.nanoTime() < end) {
        long before = (long) ALLOCATED_BYTES.invokeExact();
        for (int i = 0; i < CALLS; i++) {
          call.run();
        }
        long after = (long) ALLOCATED_BYTES.invokeExact();
        least = Math.min(least, after - before);
      }
      assertEquals(0, least, "bytes in " + CALLS + " calls, once warm");
    }
  }

  /** By name: the module of the kernels does not read java.management. */
  private static MethodHandle allocatedBytes() {
    try {
      Object threads =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      return MethodHandles.publicLookup()
          .findVirtual(
              Class.forName("com.sun.management.ThreadMXBean"),
              "getCurrentThreadAllocatedBytes",
              MethodType.methodType(long.class))
          .bindTo(threads);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no ThreadMXBean", e);
    }
  }
}
