package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.GAP;
import static dev.lanewise.lstm.data.Frames.days;
import static dev.lanewise.lstm.data.Frames.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the rows held back are replaced by noise, nothing that is learned changes by a bit. */
class NoLeakTest {
  private static final int ROWS = 160;
  private static final double HELD = 0.25;

  /** Two series, or one, with gaps of which some reach over the split. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Table(int series, double[] y, double[] x, List<String> weather) {

    static Table of(int series) {
      Random random = new Random(17);
      int rows = series * ROWS;
      double[] y =
          numbers(
              rows,
              i ->
                  40
                      + i % ROWS * 0.1
                      + 5 * (i % ROWS % 7) * (1 + i / ROWS)
                      + random.nextGaussian());
      double[] x = numbers(rows, i -> random.nextGaussian());
      List<String> weather = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        weather.add(random.nextInt(5) == 0 ? "" : random.nextBoolean() ? "sun" : "rain");
      }
      for (int s = 0; s < series; s++) {
        for (int hole : new int[] {5, 17, 18, 50, 130}) {
          y[s * ROWS + hole] = GAP;
        }
        for (int hole : new int[] {0, 1, 30, 51, 135}) {
          x[s * ROWS + hole] = GAP;
        }
        for (int hole = 114; hole < 124; hole++) { // whatever the fill, over the split
          (s == 0 ? x : y)[s * ROWS + hole] = GAP;
        }
      }
      return new Table(series, y, x, weather);
    }

    Frame frame() {
      StringBuilder letters = new StringBuilder();
      for (int s = 0; s < series; s++) {
        letters.append(("" + (char) ('A' + s)).repeat(ROWS));
      }
      int[] at = IntStream.range(0, series * ROWS).map(i -> i % ROWS).toArray();
      return Frames.series(letters.toString(), days(at))
          .numbers("y", y)
          .numbers("x", x)
          .text("weather", weather)
          .build();
    }

    /** Other numbers, where there are some, and other texts from some rows on. */
    Table noisy(int[] from, long seed) {
      Random random = new Random(seed);
      double[] otherY = y.clone();
      double[] otherX = x.clone();
      List<String> other = new ArrayList<>(weather);
      for (int i = 0; i < y.length; i++) {
        if (i % ROWS >= from[i / ROWS]) {
          otherY[i] = Double.isNaN(y[i]) ? GAP : 1e6 * random.nextGaussian();
          otherX[i] = Double.isNaN(x[i]) ? GAP : 1e6 * random.nextGaussian();
          other.set(i, "noise" + random.nextInt(200));
        }
      }
      return new Table(series, otherY, otherX, other);
    }
  }

  private static Forecaster.Builder forecaster(Fill fill, boolean bySeries) {
    return Forecaster.builder("y")
        .features("y", "x", "weather")
        .window(6)
        .horizon(1, 3)
        .heldBack(HELD)
        .fill(fill)
        .series(bySeries ? "store" : "")
        .calendar(Set.of(CalendarFeature.WEEKDAY));
  }

  private static ForecastModel trained(ForecastData data) {
    Sequential network =
        data.network(List.of(Lstm.of(5), Dense.of(data.recipe().outputs())), 3)
            .compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    network.fit(
        data.trainX(), data.trainY(), FitOptions.builder().epochs(2).batchSize(16).seed(4).build());
    return data.model(network);
  }

  /** Of each series the row of the frame that the first row held back is, counted in the series. */
  private static int[] firstHeld(Frame frame, Fill fill, int series) {
    Selection selection =
        new Selection(
            List.of("y"),
            List.of("y", "x", "weather"),
            series > 1 ? "store" : "",
            fill,
            Recipe.longestFilled(6));
    List<Series> all = Arrangement.of(frame, selection, null, HELD).series();
    return all.stream()
        .mapToInt(
            each -> {
              int kept = each.length();
              int first = each.rows()[kept - (int) Math.round(kept * HELD)];
              return first % ROWS;
            })
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "FORWARD,1",
    "INTERPOLATE,1",
    "DROP,1",
    "MASK,1",
    "FORWARD,2",
    "INTERPOLATE,2",
    "DROP,2",
    "MASK,2"
  })
  void nothingIsLearnedFromTheRowsHeldBack(Fill fill, int series) {
    Table table = Table.of(series);
    Frame frame = table.frame();
    int[] from = firstHeld(frame, fill, series);
    Frame noisy = table.noisy(from, 99).frame();
    Forecaster forecaster = forecaster(fill, series > 1).build();
    ForecastData data = forecaster.prepare(frame);
    ForecastData other = forecaster.prepare(noisy);

    assertEquals(data.recipe(), other.recipe());
    assertEquals(data.reading(), other.reading());
    assertArrayEquals(data.trainX().toArray(), other.trainX().toArray());
    assertArrayEquals(data.trainY().toArray(), other.trainY().toArray());
    // And the noise is there.
    assertFalse(Arrays.equals(data.testY().toArray(), other.testY().toArray()));

    ForecastModel model = trained(data);
    ForecastModel otherModel = trained(other);
    for (int i = 0; i < model.network().weights().size(); i++) {
      assertArrayEquals(
          model.network().weights().get(i).value().toArray(),
          otherModel.network().weights().get(i).value().toArray());
    }

    List<Backtest.Row> rows = data.backtest(model).rows();
    List<Backtest.Row> otherRows = other.backtest(otherModel).rows();
    int before = 0;
    assertEquals(rows.size(), otherRows.size());
    for (int i = 0; i < rows.size(); i++) {
      Backtest.Row row = rows.get(i);
      boolean ends = row.origin() >= 0 && row.origin() % ROWS < from[row.origin() / ROWS];
      if (ends) {
        assertEquals(row.forecast(), otherRows.get(i).forecast());
        assertEquals(row.naive(), otherRows.get(i).naive());
        before++;
      }
    }
    if (fill == Fill.FORWARD) {
      assertTrue(before > 0);
    }
  }

  /** Every window of a table, whatever comes after it. */
  @ParameterizedTest
  @CsvSource({
    "FORWARD,1",
    "INTERPOLATE,1",
    "DROP,1",
    "MASK,1",
    "FORWARD,2",
    "INTERPOLATE,2",
    "DROP,2",
    "MASK,2"
  })
  void noForecastKnowsWhatComesAfterItsWindow(Fill fill, int series) {
    Table table = Table.of(series);
    ForecastData data = forecaster(fill, series > 1).build().prepare(table.frame());
    ForecastModel model = trained(data);
    ForecastWindows all = model.all(table.frame());
    List<Forecast> expected = all.forecasts(model.run(all.x()));
    for (int cut : new int[] {50, 52, 85, 115, 119, 124, 131, 136}) {
      int[] from = new int[series];
      Arrays.fill(from, cut);
      ForecastWindows other = model.all(table.noisy(from, cut).frame());
      List<Forecast> given = other.forecasts(model.run(other.x()));
      assertEquals(expected.size(), given.size());
      int before = 0;
      for (int i = 0; i < given.size(); i++) {
        long step = expected.get(i).step();
        long end = (expected.get(i).time().orElseThrow() - Frames.MONDAY) / Frames.DAY - step;
        if (end < cut) {
          assertEquals(expected.get(i), given.get(i));
          before++;
        }
      }
      assertTrue(before > 0, "cut " + cut);
    }
  }
}
