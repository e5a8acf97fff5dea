package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartUpCurveTest {
  private static StartUpCurve curve(double firstMillis, double first, Map<Integer, Double> later) {
    return new StartUpCurve(firstMillis, first, new TreeMap<>(later));
  }

  /** Milliseconds since main, and microseconds of each call. */
  private static StartUpCurve of(double[][] calls) {
    long[] ends = new long[calls.length + 1]; // one that is not there
    double[] took = new double[calls.length + 1];
    for (int i = 0; i < calls.length; i++) {
      ends[i] = (long) (calls[i][0] * 1e6);
      took[i] = calls[i][1] * 1e3;
    }
    return StartUpCurve.of(ends, took, calls.length);
  }

  @Test
  void takesTheMedianOfEachTenthOfADecadeAfterTheFirstCall() {
    StartUpCurve found =
        of(
            new double[][] {
              {98, 50_000}, {99, 9}, {100, 7}, {101, 8}, {126, 6}, {400, 5}, {1000, 3}, {1001, 4}
            });
    assertEquals(curve(98, 50_000, Map.of(20, 8.0, 21, 6.0, 26, 5.0, 30, 4.0)), found);
  }

  @Test
  void oneCallIsAFirstAnswer() {
    assertEquals(curve(98, 50, Map.of()), of(new double[][] {{98, 50}}));
  }

  @Test
  void isReadAgainFromWhatAProcessPrinted() {
    StartUpCurve curve = curve(98.125, 50_000.5, Map.of(20, 8.25, 30, 4.0));
    assertEquals(curve, StartUpCurve.read(List.of("first-calls 1 2", curve.line(), "")));
    assertEquals(curve(1, 2, Map.of()), StartUpCurve.read(List.of("first-curve 1.000 2.000")));
  }

  @Test
  void needsTheLine() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> StartUpCurve.read(List.of("hello")));
    assertEquals("no curve in [hello]", e.getMessage());
  }

  /** One process's call in a tenth where the others had none is left out. */
  @Test
  void theMedianOfProcessesIsThatOfThoseThatHadACall() {
    StartUpCurve one = curve(90, 10, Map.of(20, 3.0, 21, 9.0));
    StartUpCurve two = curve(100, 30, Map.of(20, 1.0, 22, 4.0));
    StartUpCurve three = curve(110, 20, Map.of(20, 2.0, 22, 6.0));
    assertEquals(
        curve(100, 20, Map.of(20, 2.0, 22, 6.0)), StartUpCurve.median(List.of(one, two, three)));
  }
}
