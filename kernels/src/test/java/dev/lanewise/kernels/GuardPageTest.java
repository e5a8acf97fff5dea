package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel on operands of exactly its extent, flush against inaccessible pages. A read or write
 * outside them kills the JVM of the tests: there is no tidier way to be told.
 */
class GuardPageTest {

  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(GuardedArena.isSupported());
  }

  static List<Arguments> entriesAndSides() {
    List<Arguments> both = new ArrayList<>();
    for (Entry entry : Entry.all()) {
      for (GuardedArena.Side side : GuardedArena.Side.values()) {
        both.add(Arguments.of(entry, side));
      }
    }
    return both;
  }

  @ParameterizedTest
  @MethodSource("entriesAndSides")
  void staysInsideAtEveryLength(Entry entry, GuardedArena.Side side) {
    for (int n = 0; n <= 8 * Sizes.LANES + 3; n++) {
      check(entry, side, 3, n, 5);
    }
  }

  @ParameterizedTest
  @MethodSource("entriesAndSides")
  void staysInsideAtEverySizeThatStraddlesATile(Entry entry, GuardedArena.Side side) {
    for (int m : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 13}) {
      for (int n : Sizes.straddlingLanes()) {
        for (int k : new int[] {0, 1, 2, 15, 16, 17, 129}) {
          check(entry, side, m, n, k);
        }
      }
    }
  }

  private static void check(Entry entry, GuardedArena.Side side, int m, int n, int k) {
    float[] expected;
    try (Arena arena = Arena.ofConfined()) {
      Entry.Room room = new Entry.Room(arena);
      entry.setup().on(room, m, n, k).run();
      expected = room.values();
    }
    try (Arena arena = new GuardedArena(side)) {
      Entry.Room room = new Entry.Room(arena);
      entry.setup().on(room, m, n, k).run();
      assertArrayEquals(expected, room.values(), "m=" + m + " n=" + n + " k=" + k);
    }
  }

  /** Else the tests above prove nothing. */
  @ParameterizedTest
  @EnumSource
  void oneFloatTooFarKillsTheProcess(GuardedArena.Side side)
      throws IOException, InterruptedException {
    ChildJvm.Result result =
        ChildJvm.onClassPath(
            List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"),
            OneFloatTooFar.class,
            side.name());
    assertEquals("reading", result.out().lines().findFirst().orElse(""));
    assertFalse(result.out().contains("read "), result.out());
    assertNotEquals(0, result.exit());
  }

  @Test
  void aGuardedOperandIsFlush() {
    for (long bytes : new long[] {0, 4, 64, 65_536, 65_540}) {
      try (Arena before = new GuardedArena(GuardedArena.Side.BEFORE);
          Arena after = new GuardedArena(GuardedArena.Side.AFTER)) {
        assertEquals(0, before.allocate(bytes, 4).address() % 4096);
        assertEquals(0, (after.allocate(bytes, 4).address() + bytes) % 4096);
      }
    }
  }
}
