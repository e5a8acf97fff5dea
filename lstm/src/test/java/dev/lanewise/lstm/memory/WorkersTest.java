package dev.lanewise.lstm.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void runsEveryPartOnce() {
    try (Workers workers = new Workers(4)) {
      for (int round = 0; round < 20_000; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(4);
        int parts = round % 4 + 1;
        workers.run(
            parts,
            (part, of) -> {
              assertEquals(parts, of);
              runs.incrementAndGet(part);
            });
        for (int part = 0; part < 4; part++) {
          assertEquals(part < parts ? 1 : 0, runs.get(part));
        }
      }
    }
  }

  @Test
  void wakesThreadsThatHaveParked() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(20);
        AtomicInteger runs = new AtomicInteger();
        workers.run(3, (_, _) -> runs.incrementAndGet());
        assertEquals(3, runs.get());
      }
    }
  }

  @Test
  void theCallerDoesThePartsOfThreadsThatGetNoProcessor() throws InterruptedException {
    int teams = 4 * Runtime.getRuntime().availableProcessors();
    AtomicInteger failures = new AtomicInteger();
    Thread[] callers = new Thread[teams];
    for (int t = 0; t < teams; t++) {
      callers[t] = Thread.ofPlatform().unstarted(() -> failures.addAndGet(failuresOfATeam()));
    }
    for (Thread caller : callers) {
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(0, failures.get());
  }

  /** Many small tasks of a team that has to share the processors with others. */
  private static int failuresOfATeam() {
    int failures = 0;
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(3);
      for (int round = 1; round <= 5_000; round++) {
        workers.run(3, (part, _) -> runs.incrementAndGet(part));
        for (int part = 0; part < 3; part++) {
          failures += runs.get(part) == round ? 0 : 1;
        }
      }
    }
    return failures;
  }

  @Test
  void waitsForPartsThatTakeLonger() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger runs = new AtomicInteger();
      workers.run(
          2,
          (part, _) -> {
            sleep(part * 50);
            runs.incrementAndGet();
          });
      assertEquals(2, runs.get());
    }
  }

  @Test
  void throwsWhatAPartThrowsOnceAllHaveEnded() {
    try (Workers workers = new Workers(3)) {
      for (int bad = 0; bad < 3; bad++) {
        int failing = bad;
        AtomicInteger runs = new AtomicInteger();
        Exception thrown =
            assertThrows(
                IllegalStateException.class,
                () -> workers.run(3, (part, _) -> runOrFail(part, failing, runs)));
        assertEquals("part " + failing, thrown.getMessage());
        assertEquals(2, runs.get());
      }
      AtomicInteger runs = new AtomicInteger();
      workers.run(3, (_, _) -> runs.incrementAndGet()); // goes on as if nothing had happened
      assertEquals(3, runs.get());
    }
  }

  private static void runOrFail(int part, int failing, AtomicInteger runs) {
    if (part == failing) {
      throw new IllegalStateException("part " + part);
    }
    sleep(10);
    runs.incrementAndGet();
  }

  @Test
  void endsItsThreads() throws InterruptedException {
    Workers workers = new Workers(2);
    Thread thread = workers.other();
    workers.close();
    thread.join(5_000);
    assertFalse(thread.isAlive());
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
