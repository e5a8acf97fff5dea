package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class HeldTest {

  private static final VarHandle BITS = JAVA_INT.varHandle();

  static List<Entry> entries() {
    return Entry.all();
  }

  @Test
  void onlySharedArenasNeedIt() {
    try (Arena shared = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      assertTrue(Held.isShared(shared.allocate(4)));
      assertFalse(Held.isShared(confined.allocate(4)));
      assertFalse(Held.isShared(Arena.ofAuto().allocate(4)));
      assertFalse(Held.isShared(Arena.global().allocate(4)));
      assertTrue(Held.isNeeded(confined.allocate(4), shared.allocate(4)));
      assertTrue(Held.isNeeded(confined.allocate(4), confined.allocate(4), shared.allocate(4)));
    }
  }

  @Test
  void aSharedArenaCannotBeClosedInsideTheBody() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(4);
    AtomicReference<IllegalStateException> refused = new AtomicReference<>();
    Held.run(() -> refused.set(assertThrows(IllegalStateException.class, arena::close)), segment);
    assertNotNull(refused.get());
    arena.close();
    assertFalse(segment.scope().isAlive());
  }

  @Test
  void holdsSixArenasAtOnce() {
    Arena[] arenas = new Arena[6];
    MemorySegment[] segments = new MemorySegment[6];
    for (int i = 0; i < 6; i++) {
      arenas[i] = Arena.ofShared();
      segments[i] = arenas[i].allocate(4);
    }
    Held.run(
        () -> {
          for (Arena arena : arenas) {
            assertThrows(IllegalStateException.class, arena::close);
          }
        },
        segments);
    for (Arena arena : arenas) {
      arena.close();
    }
  }

  @Test
  void nests() {
    try (Arena outer = Arena.ofShared();
        Arena inner = Arena.ofShared()) {
      StringBuilder ran = new StringBuilder();
      MemorySegment a = outer.allocate(4);
      MemorySegment b = inner.allocate(4);
      Held.run(
          () -> {
            ran.append("outer ");
            Held.run(() -> ran.append("inner "), b);
            assertThrows(IllegalArgumentException.class, () -> Held.run(HeldTest::fail, b));
            ran.append("outer again");
          },
          a);
      assertEquals("outer inner outer again", ran.toString());
    }
  }

  private static void fail() {
    throw new IllegalArgumentException("as planned");
  }

  @Test
  void whatTheBodyThrowsComesOutAsItIs() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(4);
      RuntimeException failure = new IndexOutOfBoundsException("as planned");
      assertSame(
          failure,
          assertThrows(
              IndexOutOfBoundsException.class,
              () ->
                  Held.run(
                      () -> {
                        throw failure;
                      },
                      segment)));
      Error error = new StackOverflowError("as planned");
      assertSame(
          error,
          assertThrows(
              StackOverflowError.class,
              () ->
                  Held.run(
                      () -> {
                        throw error;
                      },
                      segment)));
      Held.run(() -> segment.fill((byte) 1), segment);
      assertEquals(1, segment.get(JAVA_BYTE, 0));
    }
  }

  @Test
  void aClosedArenaIsAnIllegalState() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(4);
    arena.close();
    assertThrows(IllegalStateException.class, () -> Held.run(() -> {}, segment));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theResultIsTheSameInASharedArena(Entry entry) {
    float[] confined;
    try (Arena arena = Arena.ofConfined()) {
      confined = twice(entry, arena);
    }
    try (Arena arena = Arena.ofShared()) {
      assertArrayEquals(confined, twice(entry, arena));
    }
  }

  private static float[] twice(Entry entry, Arena arena) {
    Entry.Room room = new Entry.Room(arena);
    Runnable call = entry.setup().on(room, 3, 2 * Sizes.LANES + 3, 19);
    call.run();
    call.run();
    return room.values();
  }

  /**
   * Operands of about a megabyte, which the allocator maps and unmaps by themselves: a kernel that
   * still runs on them when they are gone is a crash.
   */
  @ParameterizedTest
  @MethodSource("entries")
  void closingWhileItRunsIsRefusedOrStopsTheNextCall(Entry entry) throws InterruptedException {
    for (int round = 0; round < 6; round++) {
      Arena arena = Arena.ofShared();
      Runnable call =
          entry.isElementwise()
              ? entry.setup().on(new Entry.Room(arena), 2, 250_000, 2)
              : entry.setup().on(new Entry.Room(arena), 900, 160, 160);
      CountDownLatch began = new CountDownLatch(1);
      AtomicReference<Throwable> stopped = new AtomicReference<>();
      Thread worker =
          new Thread(
              () -> {
                try {
                  while (true) {
                    call.run();
                    began.countDown();
                  }
                } catch (Throwable e) {
                  stopped.set(e);
                  began.countDown();
                }
              });
      worker.start();
      began.await();
      closeEventually(arena, round);
      worker.join();
      assertEquals(IllegalStateException.class, stopped.get().getClass(), entry.name());
    }
  }

  private static void closeEventually(Arena arena, int delay) {
    long begin = System.nanoTime() + 300_000L * delay;
    while (System.nanoTime() < begin) {
      Thread.onSpinWait();
    }
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException inUse) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void closingDuringALongProductIsRefusedAndTheProductIsRight() throws InterruptedException {
    boolean refused = false;
    for (int attempt = 0; attempt < 5 && !refused; attempt++) {
      refused = closingMidwayIsRefused();
    }
    assertTrue(refused, "close() never met a product in the middle");
  }

  private static boolean closingMidwayIsRefused() throws InterruptedException {
    int m = 20_000;
    int n = 512;
    int k = 512;
    SplittableRandom random = new SplittableRandom(1);
    Arena arena = Arena.ofShared();
    MemorySegment a = arena.allocate(4L * m * k, 4);
    for (int p = 0; p < k; p++) {
      a.setAtIndex(JAVA_FLOAT, p, random.nextFloat());
      a.setAtIndex(JAVA_FLOAT, (m - 1L) * k + p, random.nextFloat());
    }
    Block b = Block.matrix(Arena.ofAuto(), k, n).random(random);
    PackedMatrix packed = PackedMatrix.of(arena, k, n).pack(b.segment, b.offset, b.ld);
    MemorySegment c = arena.allocate(4L * m * n, 4);
    c.fill((byte) -1); // NaN
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                Sgemm.multiply(m, a, 0, k, packed, c, 0, n);
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    worker.start();
    while (isUntouched(c, 0) && failure.get() == null) {
      Thread.onSpinWait();
    }
    try {
      arena.close();
    } catch (IllegalStateException inUse) {
      boolean midway = isUntouched(c, (long) m * n - 1);
      worker.join();
      assertNull(failure.get());
      assertRowIsRight(a, b, c, 0, k, n);
      assertRowIsRight(a, b, c, m - 1, k, n);
      arena.close();
      return midway;
    }
    worker.join(); // It was done before close() came.
    return false;
  }

  private static boolean isUntouched(MemorySegment c, long index) {
    return (int) BITS.getVolatile(c, index * Integer.BYTES) == -1;
  }

  private static void assertRowIsRight(
      MemorySegment a, Block b, MemorySegment c, int row, int k, int n) {
    for (int j = 0; j < n; j++) {
      float expected = 0;
      for (int p = 0; p < k; p++) {
        expected = Math.fma(a.getAtIndex(JAVA_FLOAT, (long) row * k + p), b.get(p, j), expected);
      }
      assertEquals(expected, c.getAtIndex(JAVA_FLOAT, (long) row * n + j));
    }
  }
}
