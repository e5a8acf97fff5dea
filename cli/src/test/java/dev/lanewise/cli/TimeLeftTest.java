package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private static final int EPOCHS = 20;
  private static final int BATCHES = 100;

  @Test
  void saysNothingInTheFirstSecondsNorAfterOneSlowBatch() {
    TimeLeft left = new TimeLeft(EPOCHS);
    assertEquals(
        Double.NaN, left.at(0.01, 0.6), "as the first batch is, nine minutes would be left");
    assertEquals(Double.NaN, left.at(0.02, 1.9));
    assertEquals(Double.NaN, new TimeLeft(EPOCHS).at(0.01, 6));
  }

  /** A slow first batch, slow ones until compiled, then even ones of 10 ms that waver. */
  @Test
  void isNearTheTruthAndSteadyFromTheFirstSecondsOn() {
    Random random = new Random(3);
    double[] ends = new double[EPOCHS * BATCHES];
    double now = 0.6;
    for (int i = 0; i < ends.length; i++) {
      now += (i < 20 ? 0.03 : 0.01) * (0.5 + random.nextDouble());
      ends[i] = now;
    }
    TimeLeft left = new TimeLeft(EPOCHS);
    double before = Double.NaN;
    int jumps = 0;
    for (int i = 0; i < ends.length; i++) {
      double said = left.at((i + 1.0) / BATCHES, ends[i]);
      double truth = now - ends[i];
      if (ends[i] < 2) {
        assertEquals(Double.NaN, said);
        continue;
      }
      if (ends[i] > 3.6 || !Double.isNaN(said)) {
        assertEquals(truth, said, Math.max(1.2, truth * 0.2), "after " + ends[i] + " s");
      }
      if (said > 0 && Math.abs(said - (before - (ends[i] - ends[i - 1]))) > 1e-6) {
        jumps++;
      }
      before = said;
    }
    assertTrue(jumps <= 12, jumps + " jumps");
    assertEquals(0, before, 1e-9);
  }

  @Test
  void saysNothingWhileTheWorkWarmsUp() {
    double[] ends = new double[EPOCHS * BATCHES];
    double now = 0;
    for (int i = 0; i < ends.length; i++) {
      now += 0.01 + 0.5 * Math.exp(-i / 10.0); // for 5 s ever faster, at last 50 times
      ends[i] = now;
    }
    TimeLeft left = new TimeLeft(EPOCHS);
    int said = 0;
    for (int i = 0; i < ends.length; i++) {
      double seconds = left.at((i + 1.0) / BATCHES, ends[i]);
      if (!Double.isNaN(seconds)) {
        said++;
        assertEquals(now - ends[i], seconds, 1 + 0.5 * (now - ends[i]), "after " + ends[i] + " s");
      }
    }
    assertTrue(said > ends.length / 3, said + " of " + ends.length);
  }

  @Test
  void followsWorkThatBecomesSlower() {
    TimeLeft left = new TimeLeft(EPOCHS);
    double now = 0;
    double said = Double.NaN;
    for (int i = 0; i < 15; i++) {
      now += i < 5 ? 1 : 4;
      said = left.at(i + 1.0, now);
    }
    assertEquals(20, said, 2.5);
  }

  @Test
  void remembersEnoughOfLongWork() {
    TimeLeft left = new TimeLeft(EPOCHS);
    double said = 0;
    int steps = 100_000;
    for (int i = 1; i <= steps / 2; i++) {
      said = left.at((double) EPOCHS * i / steps, i * 0.01);
    }
    assertEquals(500, said, 1);
  }

  @Test
  void isWrittenLikeAClock() {
    assertEquals("0:07", TimeLeft.text(6.8));
    assertEquals("12:05", TimeLeft.text(725));
    assertEquals("1:02:03", TimeLeft.text(3723));
    assertEquals("", TimeLeft.text(Double.NaN));
  }
}
