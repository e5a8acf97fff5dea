package dev.lanewise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeilingTest {
  /** From less than a row of sums a thread to more than its first cache. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void measuresBothRatesOnSoManyThreads(int threads) {
    long most = 1_000_003;
    try (Ceiling ceiling = new Ceiling(threads, most)) {
      ceiling.settle();
      assertRate(ceiling.arithmetic());
      for (long bytes : new long[] {1, 48, 70_001, most}) {
        assertRate(ceiling.reading(bytes));
      }
      assertTrue(ceiling.lost() >= 0 && ceiling.lost() < 1, "" + ceiling.lost());
    }
  }

  /** Above a thousandth of a gigaflop or gigabyte, below what any processor does. */
  private static void assertRate(double rate) {
    assertTrue(rate > 1e-3 && rate < 1e5, "" + rate);
  }

  @Test
  void threadsBeginTogetherAndAreAddedUp() {
    try (Together together = new Together(3)) {
      CountDownLatch all = new CountDownLatch(3);
      double sum =
          together.sum(
              thread -> {
                all.countDown();
                try {
                  all.await(); // for ever, if they did not run side by side
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return 10 + thread;
              });
      assertEquals(33, sum);
    }
  }

  @Test
  void aThreadThatFailsIsNoNumber() {
    try (Together together = new Together(2)) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> together.sum(thread -> thread == 1 ? 1 / (thread - 1) : 1));
      assertEquals("a thread of 2 did not measure", e.getMessage());
    }
  }

  /** Each call takes a quarter less than the one before, from 40 ms down to 1 ms. */
  @Test
  void aTimeIsTakenOnceItHasSettled() {
    AtomicInteger calls = new AtomicInteger();
    Timed timed =
        new Timed(
            () ->
                spin(Math.max(1_000_000, (long) (40e6 * Math.pow(0.75, calls.getAndIncrement())))));
    timed.settle(5);
    double nanos = timed.sample();
    assertTrue(nanos >= 1_000_000 && nanos < 20_000_000, nanos + " after " + calls);
  }

  private static void spin(long nanos) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      Thread.onSpinWait();
    }
  }
}
