package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.MONDAY;
import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.days;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.data.Backtest.By;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final Scale NONE = Scale.NONE;

  private static Recipe recipe(int first, int last, int season, String... targets) {
    int outputs = targets.length * (last - first + 1);
    return new Recipe(
        List.of(targets),
        Collections.nCopies(targets.length, Change.LEVEL),
        List.of(new Recipe.Input(targets[0], Recipe.Kind.NUMBER, List.of())),
        2,
        first,
        last,
        "",
        Fill.FORWARD,
        Set.of(),
        TimeGrid.NONE,
        season,
        Map.of(Recipe.ALL, new Recipe.Scales(List.of(NONE), Collections.nCopies(outputs, NONE))),
        Map.of());
  }

  private static Origins origins(int... rows) {
    return new Origins(new int[rows.length], rows);
  }

  private static Series series(double... y) {
    return Frames.arranged(daily(y), Fill.FORWARD, "y").series().get(0);
  }

  //                                     0  1  2  3  4  5   6   7
  private static final double[] Y = {1, 4, 2, 5, 3, 10, 20, 40};

  @Test
  void measuresByHand() {
    Backtest test =
        Backtest.of(
            recipe(1, 1, 2, "y"),
            List.of(series(Y)),
            List.of(5),
            origins(4, 5, 6),
            new double[][] {{8}, {26}, {39}});
    // model off by 2 6 1, naive by 7 10 20, season of 2 by 5 17 30
    assertEquals(3, test.meanAbsoluteError(By.MODEL));
    assertEquals(37 / 3.0, test.meanAbsoluteError(By.NAIVE));
    assertEquals(52 / 3.0, test.meanAbsoluteError(By.SEASONAL_NAIVE));
    assertEquals(Math.sqrt(41 / 3.0), test.rootMeanSquaredError(By.MODEL));
    assertEquals(Math.sqrt((49 + 100 + 400) / 3.0), test.rootMeanSquaredError(By.NAIVE));
    // in the 5 rows trained on, 2 apart: 1 1 1, so 1
    assertEquals(3, test.meanAbsoluteScaledError(By.MODEL));
    assertEquals(2, test.season());
    assertArrayEquals(new int[] {1}, test.steps());
    assertEquals(
        new Backtest.Row("", "y", 1, 6, 5, 6, OptionalLong.of(MONDAY + 6 * DAY), 20, 26, 10, 3),
        test.rows().get(1));
  }

  @Test
  void scalesByTheRowBeforeWhereThereIsNoSeason() {
    Backtest test =
        Backtest.of(
            recipe(1, 1, 0, "y"), List.of(series(Y)), List.of(5), origins(4), new double[][] {{8}});
    // changes of 3 2 3 2: 2.5
    assertEquals(2 / 2.5, test.meanAbsoluteScaledError(By.MODEL));
    assertEquals(Double.NaN, test.meanAbsoluteError(By.SEASONAL_NAIVE));
    assertEquals(Double.NaN, test.rows().get(0).seasonal());
  }

  @Test
  void takesTheSeasonThatWasKnown() {
    Backtest test =
        Backtest.of(
            recipe(1, 5, 2, "y"),
            List.of(series(Y)),
            List.of(2),
            origins(2),
            new double[][] {{0, 0, 0, 0, 0}});
    // Known: rows 1 and 2, in turn.
    assertArrayEquals(
        new double[] {4, 2, 4, 2, 4},
        test.rows().stream().mapToDouble(Backtest.Row::seasonal).toArray());
    assertArrayEquals(
        new double[] {2, 2, 2, 2, 2},
        test.rows().stream().mapToDouble(Backtest.Row::naive).toArray());
    assertEquals(5, test.meanAbsoluteError(By.MODEL, 1));
    assertEquals(3, test.meanAbsoluteError(By.NAIVE, 1));
    assertEquals(38, test.meanAbsoluteError(By.NAIVE, 5));
    assertEquals(1, test.meanAbsoluteError(By.SEASONAL_NAIVE, 1));
    assertArrayEquals(new int[] {1, 2, 3, 4, 5}, test.steps());
  }

  @Test
  void knowsNoSeasonAcrossAGap() {
    Series series =
        Frames.arranged(
                daily(days(0, 1, 2, 3, 4, 5, 200, 201, 202), 1, 2, 1, 2, 1, 2, 50, 60, 50),
                Fill.FORWARD,
                "y")
            .series()
            .get(0);
    Backtest test =
        Backtest.of(
            recipe(1, 1, 2, "y"),
            List.of(series),
            List.of(8),
            origins(6, 7),
            new double[][] {{0}, {0}});
    assertEquals(Double.NaN, test.rows().get(0).seasonal());
    assertEquals(50, test.rows().get(1).seasonal());
    assertEquals(0, test.meanAbsoluteError(By.SEASONAL_NAIVE));
    // Two apart nothing changes; over the gap nothing is compared.
    assertEquals(Double.NaN, test.meanAbsoluteScaledError(By.MODEL));
  }

  @Test
  void scalesEachSeriesAndTargetByItself() {
    Frame frame =
        Frame.rows(5)
            .numbers("y", new double[] {0, 1, 0, 1, 5})
            .numbers("z", new double[] {0, 10, 0, 10, 50})
            .build();
    Selection selection = new Selection(List.of("y", "z"), List.of("y"), "", Fill.FORWARD, 9);
    Series series = Arrangement.of(frame, selection, null, 0).series().get(0);
    Backtest test =
        Backtest.of(
            recipe(1, 1, 0, "y", "z"),
            List.of(series),
            List.of(4),
            origins(3),
            new double[][] {{3, 30}});
    assertEquals(List.of("y", "z"), test.rows().stream().map(Backtest.Row::target).toList());
    assertEquals(2, test.meanAbsoluteScaledError(By.MODEL)); // 2 / 1 and 20 / 10
    assertEquals(11, test.meanAbsoluteError(By.MODEL));
  }

  @Test
  void hasNoScaleWhereNothingChanged() {
    Backtest test =
        Backtest.of(
            recipe(1, 1, 0, "y"),
            List.of(series(7, 7, 7, 7, 8)),
            List.of(4),
            origins(3),
            new double[][] {{7}});
    assertEquals(Double.NaN, test.meanAbsoluteScaledError(By.MODEL));
    assertEquals(1, test.meanAbsoluteError(By.MODEL));
  }

  @Test
  void namesTheRowsOfTheFrame() {
    Series series =
        Frames.arranged(daily(days(4, 3, 1, 0), 50, 40, 20, 10), Fill.FORWARD, "y").series().get(0);
    Backtest test =
        Backtest.of(
            recipe(1, 1, 0, "y"),
            List.of(series),
            List.of(2),
            origins(1, 2, 3),
            new double[][] {{1}, {2}, {3}});
    // In order of time: rows 3, 2, one that is absent, 1, 0.
    assertEquals(List.of(-1, 1, 0), test.rows().stream().map(Backtest.Row::row).toList());
    assertEquals(List.of(2, -1, 1), test.rows().stream().map(Backtest.Row::origin).toList());
    assertEquals(List.of(2, 3, 4), test.rows().stream().map(Backtest.Row::index).toList());
    assertEquals(20, test.rows().get(0).actual());
  }
}
