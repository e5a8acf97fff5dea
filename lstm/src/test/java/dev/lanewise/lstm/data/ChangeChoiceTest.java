package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.ChangeChoice.Logarithm.ASKED;
import static dev.lanewise.lstm.data.ChangeChoice.Logarithm.FOUND;
import static dev.lanewise.lstm.data.Frames.numbers;
import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeChoiceTest {
  private static ChangeChoice of(int season, double... y) {
    return ChangeChoice.of(
        List.of(Frames.plain("y", y)), List.of(y.length), "y", season, 30, 1, 1, FOUND);
  }

  private static double[] walk(int rows, long seed) {
    Random random = new Random(seed);
    double[] level = {0};
    return numbers(rows, t -> level[0] += random.nextGaussian());
  }

  @Test
  void takesTheLevelOfNoise() {
    Random random = new Random(1);
    ChangeChoice choice = of(0, numbers(300, t -> random.nextGaussian()));
    assertEquals(Change.LEVEL, choice.change());
  }

  @Test
  void takesTheLastValueOfAWalk() {
    assertEquals(Change.LAST, of(0, walk(300, 2)).change());
    assertEquals(Change.LAST, of(7, walk(300, 2)).change());
  }

  @Test
  void takesTheSeasonOfASeason() {
    Random random = new Random(3);
    double[] year = numbers(12, i -> 10 * random.nextGaussian());
    double[] y = numbers(240, t -> year[t % 12] + 0.5 * random.nextGaussian());
    assertEquals(new Change(false, 12, false), of(12, y).change());
  }

  @Test
  void takesBothOfATrendWithASeason() {
    Random random = new Random(4);
    double[] year = numbers(12, i -> 10 * random.nextGaussian());
    double[] level = {0};
    double[] y = numbers(240, t -> (level[0] += 1 + 0.2 * random.nextGaussian()) + year[t % 12]);
    assertEquals(new Change(true, 12, false), of(12, y).change());
  }

  @Test
  void takesTheLogarithmOfATrendTimesASeason() {
    Random random = new Random(5);
    double[] year = numbers(12, i -> 1 + 0.2 * random.nextGaussian());
    double[] y =
        numbers(
            240, t -> StrictMath.exp(0.01 * t) * year[t % 12] * (1 + 0.01 * random.nextGaussian()));
    ChangeChoice choice = of(12, y);
    assertEquals(new Change(true, 12, true), choice.change());
    assertTrue(
        choice.reason().matches(".*; a level twice as high changes (1\\.9|2\\.[01]) times as much"),
        choice.reason());
  }

  @Test
  void takesNoLogarithmWhereChangesDoNotGrow() {
    double[] y = walk(400, 6);
    double[] rising = numbers(400, t -> 50 + 5 * t + y[t]);
    assertFalse(of(0, rising).change().log());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 238, 239})
  void takesNoLogarithmWhereANumberHasNone(int row) {
    Random random = new Random(7);
    double[] y = numbers(240, t -> StrictMath.exp(0.02 * t) * (1 + 0.1 * random.nextGaussian()));
    assertTrue(of(0, y).change().log());
    for (double none : new double[] {0, -3}) {
      double[] with = y.clone();
      with[row] = none;
      assertFalse(of(0, with).change().log(), none + " in row " + row);
    }
  }

  @Test
  void takesNoLogarithmWhereAShortSeriesHasNone() {
    double[] y = numbers(240, t -> StrictMath.exp(0.02 * t) * (t % 2 == 0 ? 0.9 : 1.1));
    List<Series> series = List.of(Frames.plain("y", y), Frames.plain("y", 1, 0, 2));
    assertTrue(ChangeChoice.of(series, List.of(240, 1), "y", 0, 30, 1, 1, FOUND).change().log());
    assertFalse(ChangeChoice.of(series, List.of(240, 3), "y", 0, 30, 1, 1, FOUND).change().log());
  }

  @Test
  void takesTheLogarithmThatIsAskedFor() {
    double[] y = numbers(50, t -> 10 + t % 2);
    ChangeChoice choice =
        ChangeChoice.of(List.of(Frames.plain("y", y)), List.of(50), "y", 0, 30, 1, 1, ASKED);
    assertTrue(choice.change().log());
    assertTrue(choice.reason().endsWith("; its logarithm as asked"), choice.reason());
    refuses(
        "target \"y\": a logarithm needs numbers above 0, got -1.0; forecast without the logarithm",
        () ->
            ChangeChoice.of(
                List.of(Frames.plain("y", 1, -1, 2)), List.of(3), "y", 0, 30, 1, 1, ASKED));
  }

  @Test
  void tellsHowFarEachIsOff() {
    // mean 3: off by 2 1 0 1 2 (rows 1 and on: 1 0 1 2); last value: off by 1
    assertEquals(
        "in the rows trained on each alone is off by: mean 1.0000, last value 1.0000",
        of(0, 1, 2, 3, 4, 5).reason());
    // two steps ahead: mean off in rows 2 and on by 0 1 2, last value by 2
    ChangeChoice two =
        ChangeChoice.of(
            List.of(Frames.plain("y", 1, 2, 3, 4, 5)), List.of(5), "y", 0, 30, 2, 2, FOUND);
    assertEquals(
        "in the rows trained on each alone is off by: mean 1.0000, last value 2.0000",
        two.reason());
    assertEquals(Change.LEVEL, two.change());
  }

  @Test
  void looksAtTheRowsTrainedOnAlone() {
    double[] y = walk(300, 8);
    double[] noise = y.clone();
    Arrays.fill(noise, 200, 300, -1e9);
    ChangeChoice before =
        ChangeChoice.of(List.of(Frames.plain("y", y)), List.of(200), "y", 7, 30, 1, 3, FOUND);
    ChangeChoice after =
        ChangeChoice.of(List.of(Frames.plain("y", noise)), List.of(200), "y", 7, 30, 1, 3, FOUND);
    assertEquals(before, after);
  }

  @Test
  void crossesNoGap() {
    // 0 0 0 0 | 100 100 100 100: within each part the last value is right.
    double[] y = {0, 0, 0, 0, 100, 100, 100, 100};
    Series whole = Frames.plain("y", y);
    Series cut =
        new Series(
            "",
            whole.rows(),
            whole.times(),
            whole.numbers(),
            whole.texts(),
            new int[] {0, 0, 0, 0, 4, 4, 4, 4},
            whole.measured());
    ChangeChoice choice = ChangeChoice.of(List.of(cut), List.of(8), "y", 0, 30, 1, 1, FOUND);
    assertTrue(choice.reason().endsWith("last value 0.0000"), choice.reason());
  }

  @Test
  void aSeasonThatTheWindowHoldsHasToLeaveLess() {
    // A season of 7 that leaves about half of what the last value leaves.
    Random random = new Random(5);
    double[] y = numbers(280, t -> 100 + 4 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian());
    List<Series> one = List.of(Frames.plain("y", y));
    List<Integer> rows = List.of(y.length);
    assertEquals(0, ChangeChoice.of(one, rows, "y", 7, 7, 1, 1, FOUND).change().season());
    assertEquals(7, ChangeChoice.of(one, rows, "y", 7, 6, 1, 1, FOUND).change().season());
  }

  @Test
  void everySeriesCountsAlike() {
    // A walk of large steps, and two small series that only repeat their season.
    double[] walk = numbers(140, t -> 0);
    Random random = new Random(7);
    for (int t = 1; t < walk.length; t++) {
      walk[t] = walk[t - 1] + 1000 * random.nextGaussian();
    }
    double[] season = numbers(140, t -> t % 7 == 0 ? 5 : t % 7 == 3 ? -5 : 0);
    List<Series> three =
        List.of(Frames.plain("y", walk), Frames.plain("y", season), Frames.plain("y", season));
    ChangeChoice choice = ChangeChoice.of(three, List.of(140, 140, 140), "y", 7, 3, 1, 1, FOUND);
    assertEquals(7, choice.change().season(), choice.reason());
  }
}
