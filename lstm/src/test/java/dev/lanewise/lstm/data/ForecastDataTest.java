package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.HOUR;
import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.days;
import static dev.lanewise.lstm.data.Frames.every;
import static dev.lanewise.lstm.data.Frames.numbers;
import static dev.lanewise.lstm.data.Frames.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastDataTest {
  private static Forecaster.Builder forecaster(Change change) {
    return Forecaster.builder("y").window(5).change(change).season(0);
  }

  private static double[] noise(int rows, long seed) {
    Random random = new Random(seed);
    return numbers(rows, t -> 100 + random.nextGaussian());
  }

  /** The scale of some numbers, by the plain sums. */
  private static double scaled(double value, double... of) {
    double mean = Arrays.stream(of).average().orElseThrow();
    double squares = Arrays.stream(of).map(x -> (x - mean) * (x - mean)).sum();
    return (value - mean) / Math.sqrt(squares / of.length);
  }

  private static double[] changes(double[] y, int rows, int ahead) {
    return IntStream.range(ahead, rows).mapToDouble(t -> y[t] - y[t - ahead]).toArray();
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "0,1,3", "0,3,3", "1,1,1", "1,1,7", "1,7,7"})
  void hasAWindowForEachRowThatHasAllItNeeds(int reach, int first, int last) {
    ForecastData data =
        forecaster(reach == 0 ? Change.LEVEL : Change.LAST)
            .horizon(first, last)
            .build()
            .prepare(daily(noise(50, 1)));
    int channels = data.recipe().channels();
    int windows = 40 - (5 + reach) - last + 1;
    assertEquals(Shape.of(windows, 5, channels), data.trainX().shape());
    assertEquals(Shape.of(windows, last - first + 1), data.trainY().shape());
    // A window's steps are all held back: it may end in the last row trained on.
    int tests = 10 - (last - first);
    assertEquals(Shape.of(tests, 5, channels), data.testX().shape());
    assertEquals(Shape.of(tests, last - first + 1), data.testY().shape());
    assertArrayEquals(new long[] {40, 10}, data.rows());
    assertEquals(1, data.seriesCount());
    assertTrue(data.isTested());
  }

  @Test
  void showsTheLevel() {
    double[] y = noise(50, 2);
    ForecastData data = forecaster(Change.LEVEL).horizon(1, 2).build().prepare(daily(y));
    double[] trained = Arrays.copyOf(y, 40);
    assertEquals(1, data.recipe().channels());
    for (int i = 0; i < 34; i++) {
      for (int k = 0; k < 5; k++) {
        assertEquals(scaled(y[i + k], trained), data.trainX().get(i, k, 0), 1e-6);
      }
      for (int h = 1; h <= 2; h++) {
        double[] learned = Arrays.copyOfRange(y, h, 40);
        assertEquals(scaled(y[i + 4 + h], learned), data.trainY().get(i, h - 1), 1e-6);
      }
    }
    // The windows of the rows held back look back on those trained on.
    assertEquals(scaled(y[35], trained), data.testX().get(0, 0, 0), 1e-6);
    assertEquals(scaled(y[40], Arrays.copyOfRange(y, 1, 40)), data.testY().get(0, 0), 1e-6);
  }

  @Test
  void showsTheChangeBesideTheLevelThatStays() {
    double[] y = noise(50, 3);
    ForecastData data = forecaster(Change.LAST).horizon(1, 2).build().prepare(daily(y));
    assertEquals(
        List.of(Recipe.Kind.CHANGE, Recipe.Kind.NUMBER),
        data.recipe().inputs().stream().map(Recipe.Input::kind).toList());
    for (int i = 0; i < data.trainX().dim(0); i++) {
      int end = i + 5; // one row before the window
      for (int k = 0; k < 5; k++) {
        int t = i + 1 + k;
        assertEquals(scaled(y[t] - y[t - 1], changes(y, 40, 1)), data.trainX().get(i, k, 0), 1e-6);
        assertEquals(scaled(y[t], Arrays.copyOf(y, 40)), data.trainX().get(i, k, 1), 1e-6);
      }
      // Scaled by the changes whose base has one itself: from row 1 on.
      double[] learned = IntStream.range(3, 40).mapToDouble(t -> y[t] - y[t - 2]).toArray();
      assertEquals(scaled(y[end + 2] - y[end], learned), data.trainY().get(i, 1), 1e-6);
    }
  }

  @Test
  void hidesTheLevelThatLeaves() {
    double[] y = noise(50, 4);
    ForecastData data =
        forecaster(Change.LAST).build().prepare(daily(numbers(50, t -> y[t] + 10 * t)));
    assertEquals(
        List.of(new Recipe.Input("y", Recipe.Kind.CHANGE, List.of())), data.recipe().inputs());
  }

  @Test
  void givesTheStepsOfTheFirstTargetThenThoseOfTheNext() {
    Frame frame =
        Frame.rows(30)
            .numbers("y", numbers(30, t -> t))
            .numbers("z", numbers(30, t -> 1000 - t * t))
            .build();
    ForecastData data =
        Forecaster.builder("z", "y")
            .features("y")
            .window(2)
            .horizon(2, 4)
            .heldBack(0)
            .change(Change.LEVEL)
            .season(0)
            .build()
            .prepare(frame);
    Recipe recipe = data.recipe();
    assertEquals(6, recipe.outputs());
    List<Scale> scales = recipe.scales().get(Recipe.ALL).outputs();
    for (int i = 0; i < data.trainY().dim(0); i++) {
      for (int step = 0; step < 3; step++) {
        int t = i + 1 + 2 + step;
        assertEquals(
            1000 - t * t, scales.get(step).out(data.trainY().get(i, step)), 1e-3, "z of row " + t);
        assertEquals(t, scales.get(3 + step).out(data.trainY().get(i, 3 + step)), 1e-3);
      }
    }
  }

  @Test
  void showsTextAsAOneInItsPlace() {
    List<String> weather =
        IntStream.range(0, 30)
            .mapToObj(t -> t >= 25 ? "hail" : t % 3 == 0 ? "sun" : "rain")
            .toList();
    Frame frame = Frame.rows(30).numbers("y", noise(30, 5)).text("weather", weather).build();
    ForecastData data = forecaster(Change.LEVEL).features("weather", "y").build().prepare(frame);
    assertEquals(
        new Recipe.Input("weather", Recipe.Kind.TEXT, List.of("rain", "sun")),
        data.recipe().inputs().get(0));
    assertEquals(3, data.recipe().channels());
    for (int k = 0; k < 5; k++) {
      assertEquals(k % 3 == 0 ? 0 : 1, data.trainX().get(0, k, 0));
      assertEquals(k % 3 == 0 ? 1 : 0, data.trainX().get(0, k, 1));
    }
    // Held back: 24 and on. The last window ends in row 28; hail is not known.
    Tensor last = data.testX().select(0, data.testX().dim(0) - 1);
    assertEquals(1, last.get(0, 1)); // row 24: sun
    for (int k = 1; k < 5; k++) {
      assertEquals(0, last.get(k, 0));
      assertEquals(0, last.get(k, 1));
    }
  }

  @Test
  void showsATextThatIsNeverThereAsZeros() {
    Frame frame =
        Frame.rows(30).numbers("y", noise(30, 5)).text("t", Collections.nCopies(30, "")).build();
    ForecastData data = forecaster(Change.LEVEL).features("y", "t").build().prepare(frame);
    assertEquals(2, data.recipe().channels());
    assertEquals(0, data.trainX().get(3, 2, 1));
    assertTrue(
        data.notes().contains("nothing to learn from t, the same in all rows trained on"),
        data.notes().toString());
  }

  @Test
  void onlyShiftsColumnsThatDoNotChange() {
    Frame frame =
        Frame.rows(30)
            .numbers("y", noise(30, 6))
            .numbers("x", numbers(30, t -> t < 24 ? 7 : 9))
            .build();
    ForecastData data = forecaster(Change.LEVEL).features("y", "x").build().prepare(frame);
    assertEquals(0, data.trainX().get(2, 2, 1));
    assertEquals(2, data.testX().get(5, 4, 1));
    assertTrue(
        data.notes().contains("nothing to learn from x, the same in all rows trained on"),
        data.notes().toString());
    assertTrue(
        data.notes()
            .contains(
                "\"x\" reaches from 9 to 9 in the rows held back, beyond the 7 to 7 of those"
                    + " trained on"),
        data.notes().toString());
  }

  @Test
  void tellsColumnsThatAreConstantWithinSeriesFromThoseThatAreEverywhere() {
    String letters = "A".repeat(20) + "B".repeat(20);
    Frame frame =
        Frame.rows(40)
            .text("store", letters.chars().mapToObj(Character::toString).toList())
            .numbers("y", noise(40, 7))
            .numbers("size", numbers(40, t -> t < 20 ? 1 : 2))
            .text("kind", IntStream.range(0, 40).mapToObj(t -> t < 20 ? "big" : "small").toList())
            .build();
    Forecaster.Builder builder =
        forecaster(Change.LEVEL).series("store").features("y", "size", "kind");
    List<String> notes = builder.build().prepare(frame).notes();
    assertTrue(
        notes.contains(
            "nothing to learn from size, the same in all rows of a series, where each has scales of"
                + " its own"),
        notes.toString());
    assertFalse(notes.toString().contains("kind"), notes.toString());
    List<String> shared = builder.scaledBySeries(false).build().prepare(frame).notes();
    assertFalse(shared.toString().contains("nothing to learn"), shared.toString());
  }

  @Test
  void showsTheCalendarOfTheStepThatIsForecast() {
    Frame frame =
        Frame.rows(60)
            .times(every(HOUR, upTo(60)), TimeStyle.DATE_TIME)
            .numbers("y", noise(60, 8))
            .build();
    ForecastData data =
        forecaster(Change.LEVEL)
            .horizon(3, 4)
            .calendar(Set.of(CalendarFeature.WEEKDAY, CalendarFeature.HOUR))
            .build()
            .prepare(frame);
    assertEquals(5, data.recipe().channels());
    // Row 22 is Monday 22:00; 3 later it is Tuesday 01:00.
    Tensor row = data.trainX().select(0, 20).select(0, 2);
    assertEquals(StrictMath.sin(2 * Math.PI / 24), row.get(1), 1e-6);
    assertEquals(StrictMath.cos(2 * Math.PI / 24), row.get(2), 1e-6);
    assertEquals(StrictMath.sin(2 * Math.PI / 7), row.get(3), 1e-6);
    assertEquals(StrictMath.cos(2 * Math.PI / 7), row.get(4), 1e-6);
  }

  @Test
  void leavesOutSeriesThatAreTooShort() {
    String letters = "A".repeat(20) + "B".repeat(3) + "C".repeat(30);
    Frame frame =
        Frame.rows(53)
            .text("store", letters.chars().mapToObj(Character::toString).toList())
            .numbers("y", noise(53, 9))
            .build();
    ForecastData data = forecaster(Change.LAST).series("store").build().prepare(frame);
    assertEquals(2, data.seriesCount());
    assertEquals(Set.of("A", "C"), data.recipe().scales().keySet());
    assertTrue(
        data.notes().contains("1 series left out with fewer than 7 rows to train on"),
        data.notes().toString());
    // 16 of A, 24 of C
    assertEquals(16 - 6 + 24 - 6, data.trainX().dim(0));
    assertArrayEquals(new long[] {40, 10}, data.rows());
  }

  @Test
  void decidesByTheSeriesThatItKeeps() {
    // The short one alone would say that the level leaves its range.
    StringBuilder letters = new StringBuilder("B".repeat(40));
    double[] steady = numbers(40, t -> t % 5);
    double[] y = Arrays.copyOf(steady, 40 + 20);
    for (int i = 0; i < 4; i++) {
      letters.append(("" + (char) ('C' + i)).repeat(5));
      for (int t = 0; t < 5; t++) {
        y[40 + 5 * i + t] = 1000 * t;
      }
    }
    Frame frame =
        Frame.rows(60)
            .text("store", letters.chars().mapToObj(Character::toString).toList())
            .numbers("y", y)
            .build();
    ForecastData data = forecaster(Change.LAST).series("store").heldBack(0).build().prepare(frame);
    assertEquals(1, data.seriesCount());
    assertEquals(2, data.recipe().inputs().size());
    assertEquals(new Recipe.Range(0, 4), data.recipe().ranges().get("y"));
  }

  @Test
  void scalesEachSeriesByItself() {
    String letters = "A".repeat(20) + "B".repeat(20);
    double[] y = numbers(40, t -> (t < 20 ? 1 : 1000) * (t % 4));
    Frame frame =
        Frame.rows(40)
            .text("store", letters.chars().mapToObj(Character::toString).toList())
            .numbers("y", y)
            .build();
    Forecaster.Builder builder = forecaster(Change.LEVEL).series("store").heldBack(0);
    ForecastData own = builder.build().prepare(frame);
    assertEquals(1.5, own.recipe().scales().get("A").inputs().get(0).offset(), 1e-12);
    assertEquals(1500, own.recipe().scales().get("B").inputs().get(0).offset(), 1e-9);
    ForecastData shared = builder.scaledBySeries(false).build().prepare(frame);
    assertEquals(Set.of(Recipe.ALL), shared.recipe().scales().keySet());
    assertEquals(
        (20 * 1.5 + 20 * 1500) / 40,
        shared.recipe().scales().get(Recipe.ALL).inputs().get(0).offset(),
        1e-9);
    assertEquals(2 * (20 - 5), shared.trainX().dim(0));
  }

  @Test
  void masksRowsThatLackANumber() {
    double[] y = noise(40, 10);
    y[8] = Double.NaN;
    ForecastData data =
        forecaster(Change.LEVEL).fill(Fill.MASK).heldBack(0).build().prepare(daily(y));
    // Ends in 4 and on, forecasts 5 and on; neither may be 8.
    assertEquals(35 - 2, data.trainX().dim(0));
    // They end in 4 5 6 9 10 11: the sixth begins with 7.
    assertEquals(Recipe.MASKED, data.trainX().get(5, 1, 0));
    assertNotEquals(Recipe.MASKED, data.trainX().get(5, 0, 0));
    assertNotEquals(Recipe.MASKED, data.trainX().get(5, 2, 0));
    assertEquals(
        "Masking \"masking\" (value=-1.0E9)",
        data.network(List.of(Lstm.of(2), Dense.of(1)), 1).layers().get(0).toString());
    assertEquals(
        2,
        forecaster(Change.LEVEL)
            .build()
            .prepare(daily(noise(40, 10)))
            .network(List.of(Lstm.of(2), Dense.of(1)), 1)
            .layers()
            .size());
  }

  @Test
  void endsNoWindowInARowFilledFromWhatComesLater() {
    double[] y = noise(40, 11);
    y[8] = Double.NaN;
    for (Fill fill : Fill.values()) {
      ForecastData data = forecaster(Change.LEVEL).fill(fill).heldBack(0).build().prepare(daily(y));
      int expected =
          switch (fill) {
            case FORWARD -> 35;
            case INTERPOLATE, MASK -> 35 - 2;
            case DROP -> (8 - 5) + (31 - 5);
          };
      assertEquals(expected, data.trainX().dim(0), fill.toString());
    }
  }

  @Test
  void trainsOnAllRowsWhereNoneIsHeldBack() {
    ForecastData data = forecaster(Change.LEVEL).heldBack(0).build().prepare(daily(noise(40, 12)));
    assertEquals(35, data.trainX().dim(0));
    assertFalse(data.isTested());
    assertArrayEquals(new long[] {40, 0}, data.rows());
    String message = "ForecastData: no row is held back; heldBack(0.2) keeps some";
    assertEquals(message, assertThrows(IllegalStateException.class, data::testX).getMessage());
    assertEquals(message, assertThrows(IllegalStateException.class, data::testY).getMessage());
    ForecastModel model = data.model(data.network(List.of(Lstm.of(2), Dense.of(1)), 1));
    assertEquals(
        message,
        assertThrows(IllegalStateException.class, () -> data.backtest(model)).getMessage());
  }

  @Test
  void holdsNoWindowTwiceWhereTheyFollowOneAnother() {
    Tensor x = forecaster(Change.LEVEL).build().prepare(daily(noise(50, 13))).trainX();
    assertEquals(x.stride(0), x.stride(1));
  }

  @Test
  void crossesNoGapBetweenRows() {
    int[] counts = IntStream.range(0, 40).map(t -> t < 20 ? t : t + 500).toArray();
    ForecastData data =
        forecaster(Change.LAST).heldBack(0).build().prepare(daily(days(counts), noise(40, 14)));
    assertEquals(2 * (20 - 6), data.trainX().dim(0));
    assertEquals(
        List.of("a gap of up to 500 rows, too long to fill: no window crosses it"), data.reading());
  }

  @Test
  void saysWhatItLearnsAndWhy() {
    double[] y = noise(50, 15);
    List<String> asked = forecaster(Change.LAST).build().prepare(daily(y)).notes();
    assertEquals("\"y\": learns the change on its last value, as asked", asked.get(0));
    List<String> chosen = Forecaster.builder("y").window(5).build().prepare(daily(y)).notes();
    assertTrue(
        chosen
            .get(0)
            .startsWith(
                "\"y\": learns the level; in the rows trained on each alone is off by: mean "),
        chosen.toString());
  }

  @Test
  void saysWhereTheRowsHeldBackLeaveTheRange() {
    double[] y = numbers(50, t -> t < 40 ? t % 5 : 3 + t % 5);
    assertEquals(
        "\"y\" reaches from 3 to 7 in the rows held back, beyond the 0 to 4 of those trained on",
        forecaster(Change.LEVEL).build().prepare(daily(y)).notes().getLast());
  }

  @Test
  void keepsTheGridAndTheSeason() {
    double[] y = numbers(100, t -> t % 7);
    Recipe recipe = Forecaster.builder("y").window(5).build().prepare(daily(y)).recipe();
    assertEquals(7, recipe.season());
    assertEquals(TimeGrid.Spacing.EVEN, recipe.grid().spacing());
    assertEquals(DAY, recipe.grid().step().orElseThrow().amount());
    assertEquals(new Change(false, 7, false), recipe.changes().get(0));
  }
}
