package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.CosineDecay;
import dev.lanewise.lstm.ExponentialDecay;
import dev.lanewise.lstm.PiecewiseConstantDecay;
import dev.lanewise.lstm.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTextTest {

  private static Schedule parse(String text) {
    return ScheduleText.parse(text, 0.01, 1000);
  }

  @Test
  void cosineEndsWithTheTraining() {
    assertEquals(CosineDecay.of(0.01, 1000), parse("cosine"));
    assertEquals(CosineDecay.of(0.01, 1000), parse("cosine:warmup=0"));
    assertEquals(CosineDecay.of(0.01, 900).warmup(0, 100), parse("Cosine:warmup=100"));
  }

  @Test
  void exponentialTakesAFactorAndItsUpdates() {
    assertEquals(ExponentialDecay.of(0.01, 1000, 0.96), parse("exponential:0.96/1000"));
    assertEquals(ExponentialDecay.of(0.01, 5, 0.5), parse("exponential:.5/5"));
  }

  @Test
  void piecewiseBeginsWithTheRateGiven() {
    assertEquals(
        PiecewiseConstantDecay.of(List.of(1000L, 2000L), List.of(0.01, 0.0003, 1e-4)),
        parse("piecewise:1000=0.0003,2000=1e-4"));
    assertEquals(
        PiecewiseConstantDecay.of(List.of(5L), List.of(0.01, 0.0)), parse("piecewise:5=0"));
  }
}
