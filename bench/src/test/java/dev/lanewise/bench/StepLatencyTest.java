package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StepLatencyTest {
  private static final double BUCKET = 0.02;

  /** 1 to 100,000 ns, each once. */
  @Test
  void findsQuantilesWithinABucket() {
    long[] counts = new long[4096];
    for (long nanos = 1; nanos <= 100_000; nanos++) {
      counts[StepLatency.bucket(nanos)]++;
    }
    for (double quantile : StepLatency.QUANTILES) {
      double exact = quantile * 100_000;
      assertEquals(exact, StepLatency.nanos(counts, quantile), BUCKET * exact);
    }
  }

  @Test
  void theLongestStepOfAnHourHasABucket() {
    long[] counts = new long[4096];
    long hour = 3_600_000_000_000L;
    counts[StepLatency.bucket(hour)]++;
    assertEquals(hour, StepLatency.nanos(counts, 0.5), BUCKET * hour);
  }

  @Test
  void noStepHasNoQuantile() {
    assertThrows(IllegalArgumentException.class, () -> StepLatency.nanos(new long[8], 0.5));
  }
}
