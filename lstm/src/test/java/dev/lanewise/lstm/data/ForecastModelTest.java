package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.GAP;
import static dev.lanewise.lstm.data.Frames.MONDAY;
import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.days;
import static dev.lanewise.lstm.data.Frames.numbers;
import static dev.lanewise.lstm.data.Frames.refuses;
import static dev.lanewise.lstm.data.Frames.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastModelTest {
  private static final int ROWS = 60;

  private static double[] noise(int rows, long seed) {
    Random random = new Random(seed);
    return numbers(rows, t -> 50 + 10 * random.nextGaussian());
  }

  private static Forecaster.Builder forecaster(Change change) {
    return Forecaster.builder("y").window(5).change(change).season(0).heldBack(0);
  }

  /** Weights as they are drawn: what it forecasts is of no use, but always the same. */
  private static ForecastModel model(ForecastData data) {
    Recipe recipe = data.recipe();
    return data.model(data.network(List.of(Lstm.of(4), Dense.of(recipe.outputs())), 7));
  }

  private static Frame pair(double[] y, double[] x) {
    return Frame.rows(y.length)
        .times(days(upTo(y.length)), TimeStyle.DATE)
        .numbers("y", y)
        .numbers("x", x)
        .build();
  }

  private static double[] values(List<Forecast> forecasts) {
    return forecasts.stream().mapToDouble(Forecast::value).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "false,0,false",
    "true,0,false",
    "false,7,false",
    "true,7,false",
    "false,0,true",
    "true,0,true",
    "true,7,true"
  })
  void forecastsTheSameOfAFrameOfArraysAndOfAllWindows(boolean last, int season, boolean log) {
    double[] y = noise(ROWS, 1);
    double[] x = noise(ROWS, 2);
    ForecastData data =
        forecaster(new Change(last, season, log))
            .features("x", "y")
            .horizon(2, 9)
            .build()
            .prepare(pair(y, x));
    ForecastModel model = model(data);
    Frame frame = pair(y, x);
    List<Forecast> forecasts = model.forecast(frame);
    double[] expected = values(forecasts);
    assertEquals(8, expected.length);

    int needed = data.recipe().rowsNeeded();
    assertEquals(5 + (last ? 1 : 0) + season, needed);
    assertEquals(List.of("x", "y"), List.copyOf(data.recipe().columns()));
    double[][] rows = new double[needed][];
    for (int i = 0; i < needed; i++) {
      rows[i] = new double[] {x[ROWS - needed + i], y[ROWS - needed + i]};
    }
    assertArrayEquals(expected, model.forecast(rows));
    assertArrayEquals(
        new double[][] {expected, expected},
        valuesOf(model, model.windows(new double[][][] {rows, rows})));

    double[][] all = valuesOf(model, model.all(frame));
    assertEquals(ROWS - needed + 1, all.length);
    assertArrayEquals(expected, all[all.length - 1]);
  }

  private static double[][] valuesOf(ForecastModel model, ForecastWindows windows) {
    return windows.values(model.run(windows.x()));
  }

  @Test
  void saysWhenEachForecastWillBe() {
    double[] y = noise(ROWS, 1);
    ForecastModel model = model(forecaster(Change.LAST).horizon(1, 3).build().prepare(daily(y)));
    List<Forecast> forecasts = model.forecast(daily(y));
    for (int h = 1; h <= 3; h++) {
      Forecast each = forecasts.get(h - 1);
      assertEquals(
          new Forecast("", "y", h, OptionalLong.of(MONDAY + (59 + h) * DAY), each.value()), each);
    }
  }

  @Test
  void goesFromFridayToMonday() {
    int[] weekdays = IntStream.range(0, 70).filter(day -> day % 7 < 5).toArray();
    double[] y = noise(weekdays.length, 1);
    Frame frame = daily(days(weekdays), y);
    List<Forecast> forecasts =
        model(forecaster(Change.LAST).horizon(1, 2).build().prepare(frame)).forecast(frame);
    assertEquals(OptionalLong.of(MONDAY + 70 * DAY), forecasts.get(0).time());
    assertEquals(OptionalLong.of(MONDAY + 71 * DAY), forecasts.get(1).time());
  }

  @Test
  void knowsNoTimeOfRowsThatHaveNone() {
    double[] y = noise(ROWS, 1);
    Frame frame = Frame.rows(ROWS).numbers("y", y).build();
    ForecastModel model = model(forecaster(Change.LAST).build().prepare(frame));
    assertEquals(OptionalLong.empty(), model.forecast(frame).get(0).time());
    // Nor does a model that learned from rows with times.
    ForecastModel timed = model(forecaster(Change.LAST).build().prepare(daily(y)));
    assertEquals(OptionalLong.empty(), timed.forecast(frame).get(0).time());
    assertArrayEquals(values(timed.forecast(daily(y))), values(timed.forecast(frame)));
  }

  @Test
  void addsToTheBaseWhatTheNetworkGives() {
    double[] y = noise(ROWS, 3);
    ForecastData data = forecaster(Change.LAST.ofLog()).build().prepare(daily(y));
    ForecastModel model = model(data);
    float given = model.run(model.last(daily(y)).x()).get(0, 0);
    Scale scale = data.recipe().scales().get(Recipe.ALL).outputs().get(0);
    double expected =
        StrictMath.exp(StrictMath.log(y[ROWS - 1]) + (given * scale.deviation() + scale.offset()));
    assertEquals(expected, model.forecast(daily(y)).get(0).value());
  }

  @ParameterizedTest
  @EnumSource(Fill.class)
  void doesNotMindTheOrderOfRows(Fill fill) {
    String letters = "AB".repeat(ROWS);
    int[] times = IntStream.range(0, 2 * ROWS).map(i -> i / 2).toArray();
    double[] y = noise(2 * ROWS, 4);
    y[41] = GAP;
    y[52] = GAP;
    Frame frame = Frames.series(letters, days(times)).numbers("y", y).build();
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, 2 * ROWS).forEach(order::add);
    Collections.shuffle(order, new Random(5));
    StringBuilder moved = new StringBuilder();
    order.forEach(i -> moved.append(letters.charAt(i)));
    Frame shuffled =
        Frames.series(moved.toString(), days(order.stream().mapToInt(i -> times[i]).toArray()))
            .numbers("y", order.stream().mapToDouble(i -> y[i]).toArray())
            .build();

    Forecaster.Builder builder = forecaster(Change.LAST).series("store").fill(fill).heldBack(0.2);
    ForecastData data = builder.build().prepare(frame);
    ForecastData other = builder.build().prepare(shuffled);
    assertEquals(data.recipe(), other.recipe());
    assertArrayEquals(data.trainX().toArray(), other.trainX().toArray());
    assertArrayEquals(data.trainY().toArray(), other.trainY().toArray());
    assertArrayEquals(data.testX().toArray(), other.testX().toArray());
    assertEquals(model(data).forecast(frame), model(other).forecast(shuffled));
    assertEquals(
        List.of("A", "B"), model(data).forecast(frame).stream().map(Forecast::series).toList());
  }

  @Test
  void scalesASeriesThatItDoesNotKnowByItsOwnRows() {
    double[] a = noise(30, 5);
    Frame two =
        Frames.series("A".repeat(30) + "B".repeat(30), days(twice(30)))
            .numbers("y", numbers(60, i -> i < 30 ? a[i] : 7 + a[59 - i]))
            .build();
    ForecastModel model = model(forecaster(Change.LAST).series("store").build().prepare(two));
    Frame vast =
        Frames.series("C".repeat(30), days(upTo(30)))
            .numbers("y", numbers(30, i -> 1024 * a[i]))
            .build();
    Forecast ofA = model.forecast(two).get(0);
    Forecast ofC = model.forecast(vast).get(0);
    assertEquals("A", ofA.series());
    assertEquals("C", ofC.series());
    assertEquals(1024 * ofA.value(), ofC.value());
  }

  private static int[] twice(int count) {
    return IntStream.range(0, 2 * count).map(i -> i % count).toArray();
  }

  @Test
  void cannotScaleASeriesWithoutItsTarget() {
    Frame two =
        Frames.series("A".repeat(30), days(upTo(30)))
            .numbers("y", noise(30, 5))
            .numbers("x", noise(30, 6))
            .build();
    ForecastModel model =
        model(forecaster(Change.LEVEL).features("x").series("store").build().prepare(two));
    Frame known = Frames.series("A".repeat(5), days(upTo(5))).numbers("x", noise(5, 6)).build();
    assertEquals(1, model.forecast(known).size());
    Frame unknown = Frames.series("C".repeat(5), days(upTo(5))).numbers("x", noise(5, 6)).build();
    refuses(
        "series \"C\" is not one of those trained on; to scale its forecasts, add the column \"y\""
            + " to the features when training, or train with scaledBySeries(false)",
        () -> model.forecast(unknown));
  }

  @Test
  void needsNoTargetWhoseLevelItForecastsFromOtherColumns() {
    double[] y = noise(ROWS, 7);
    double[] x = noise(ROWS, 8);
    ForecastModel model = model(forecaster(Change.LEVEL).features("x").build().prepare(pair(y, x)));
    assertEquals(Set.of("x"), model.recipe().columns());
    Frame without =
        Frame.rows(ROWS).times(days(upTo(ROWS)), TimeStyle.DATE).numbers("x", x).build();
    assertEquals(model.forecast(pair(y, x)), model.forecast(without));
    double[][] rows =
        IntStream.range(ROWS - 5, ROWS).mapToObj(t -> new double[] {x[t]}).toArray(double[][]::new);
    assertArrayEquals(values(model.forecast(without)), model.forecast(rows));
    refuses(
        "no column \"y\" of numbers; the columns of numbers are \"x\"",
        () -> model.last(without).latest("", "y"));
  }

  @Test
  void needsTheTargetWhoseChangeItForecasts() {
    double[] y = noise(ROWS, 7);
    double[] x = noise(ROWS, 8);
    ForecastModel model = model(forecaster(Change.LAST).features("x").build().prepare(pair(y, x)));
    assertEquals(List.of("x", "y"), List.copyOf(model.recipe().columns()));
    Frame without = Frame.rows(ROWS).numbers("x", x).build();
    refuses(
        "no column \"y\" of numbers; the columns of numbers are \"x\"",
        () -> model.forecast(without));
  }

  @Test
  void refusesFewerRowsThanItLooksBackOn() {
    double[] y = noise(ROWS, 9);
    ForecastModel model = model(forecaster(Change.LAST).build().prepare(daily(y)));
    assertEquals(1, model.forecast(daily(1, 2, 3, 4, 5, 6)).size());
    String message =
        "expected 6 rows or more without a gap, as many as the model looks back on, got ";
    refuses(message + 5, () -> model.forecast(daily(1, 2, 3, 4, 5)));
    refuses(message + 5, () -> model.all(daily(1, 2, 3, 4, 5)));
    refuses(message + 0, () -> model.forecast(daily()));
    refuses(message + 7, () -> model.forecast(new double[7][2]));
    // 3 rows after a gap of 300 days
    Frame gap = daily(days(0, 1, 2, 3, 4, 5, 6, 307, 308, 309), noise(10, 1));
    refuses(message + 3, () -> model.forecast(gap));
    assertEquals(2, model.all(gap).x().dim(0));
  }

  @Test
  void namesTheSeriesThatIsTooShort() {
    Frame frame = Frames.series("A".repeat(30), days(upTo(30))).numbers("y", noise(30, 5)).build();
    ForecastModel model = model(forecaster(Change.LAST).series("store").build().prepare(frame));
    Frame shorter = Frames.series("B".repeat(4), days(upTo(4))).numbers("y", noise(4, 5)).build();
    refuses(
        "series \"B\": expected 6 rows or more without a gap, as many as the model looks back on,"
            + " got 4",
        () -> model.forecast(shorter));
  }

  @Test
  void leavesOutTheSeriesThatIsTooShortAndSaysSo() {
    Frame frame = Frames.series("A".repeat(30), days(upTo(30))).numbers("y", noise(30, 5)).build();
    ForecastModel model = model(forecaster(Change.LAST).series("store").build().prepare(frame));
    long[] times = new long[34];
    System.arraycopy(days(upTo(30)), 0, times, 0, 30);
    System.arraycopy(days(upTo(4)), 0, times, 30, 4);
    double[] y = noise(34, 5);
    Frame both = Frames.series("A".repeat(30) + "B".repeat(4), times).numbers("y", y).build();
    ForecastWindows windows = model.last(both);
    assertEquals(1, windows.x().dim(0));
    assertTrue(
        windows
            .lines()
            .contains(
                "left out: series \"B\": expected 6 rows or more without a gap, as many as the model"
                    + " looks back on, got 4"),
        windows.lines().toString());
    assertEquals("A", model.forecast(both).getFirst().series());
  }

  @Test
  void endsNoWindowInARowThatIsFilledFromLaterOnes() {
    double[] y = noise(ROWS, 10);
    y[20] = GAP;
    for (Fill fill : Fill.values()) {
      ForecastModel model = model(forecaster(Change.LEVEL).fill(fill).build().prepare(daily(y)));
      int expected =
          switch (fill) {
            case FORWARD -> ROWS - 4;
            case INTERPOLATE, MASK -> ROWS - 4 - 1;
            case DROP -> (20 - 4) + (39 - 4);
          };
      assertEquals(expected, model.all(daily(y)).x().dim(0), fill.toString());
    }
  }

  @Test
  void refusesANetworkOfAnotherShape() {
    double[] y = noise(ROWS, 11);
    ForecastData data = forecaster(Change.LEVEL).horizon(1, 2).build().prepare(daily(y));
    refuses(
        "network: expected 1 channels, got 3",
        () -> data.model(Sequential.of(Lstm.of(2), Dense.of(2)).build(3, 1)));
    refuses(
        "network: expected 2 outputs, got 1",
        () -> data.model(Sequential.of(Lstm.of(2), Dense.of(1)).build(1, 1)));
    refuses(
        "network: expected (batch, outputs) = (1, 2) for one window, got (1, 5, 2); its last"
            + " recurrent layer returns one row: returnSequences(false)",
        () ->
            data.model(
                Sequential.of(Lstm.builder(2).returnSequences(true).build(), Dense.of(2))
                    .build(1, 1)));
  }

  @Test
  void refusesRowsWithoutWhatTheRecipeNeeds() {
    double[] y = noise(ROWS, 12);
    ForecastModel circled =
        model(
            forecaster(Change.LEVEL)
                .calendar(Set.of(CalendarFeature.WEEKDAY))
                .build()
                .prepare(daily(y)));
    refuses(
        "the calendar needs the times of the rows, got none",
        () -> circled.forecast(Frame.rows(ROWS).numbers("y", y).build()));
    refuses(
        "rows of numbers hold no text, series or times, but the model needs them; forecast a Frame",
        () -> circled.forecast(new double[5][1]));
    ForecastModel plain = model(forecaster(Change.LEVEL).build().prepare(daily(y)));
    refuses(
        "row 1: expected a finite number for each of \"y\", got [NaN]",
        () -> plain.forecast(new double[][] {{1}, {GAP}, {3}, {4}, {5}}));
    refuses(
        "row 0: expected a finite number for each of \"y\", got [1.0, 2.0]",
        () -> plain.forecast(new double[][] {{1, 2}, {2}, {3}, {4}, {5}}));
    refuses("windows: expected one or more, got none", () -> plain.windows(new double[0][][]));
  }

  @Test
  void saysWhereRowsLeaveWhatItWasTrainedOn() {
    double[] y = numbers(ROWS, t -> t % 5);
    ForecastModel model = model(forecaster(Change.LEVEL).build().prepare(daily(y)));
    assertEquals(List.of(), model.last(daily(y)).lines());
    assertEquals(
        List.of("\"y\" reaches from 2 to 9 in these rows, beyond the 0 to 4 of those trained on"),
        model.last(daily(99, 2, 3, 9, 3, 2)).lines());
    assertEquals(
        List.of("\"y\" reaches from 2 to 99 in these rows, beyond the 0 to 4 of those trained on"),
        model.all(daily(99, 2, 3, 9, 3, 2)).lines());
  }

  @Test
  void showsTheLatestRows() {
    Frame frame =
        Frames.series("BBBBBBAAAAAA", days(twice(6))).numbers("y", numbers(12, t -> t)).build();
    ForecastModel model = model(forecaster(Change.LEVEL).series("store").build().prepare(frame));
    ForecastWindows windows = model.last(frame);
    assertArrayEquals(new double[] {6, 7, 8, 9, 10, 11}, windows.latest("A", "y"));
    assertArrayEquals(days(upTo(6)), windows.times("B"));
    refuses("no series \"C\"; the series are \"A\", \"B\"", () -> windows.latest("C", "y"));
    refuses("no series \"C\"; the series are \"A\", \"B\"", () -> windows.times("C"));
  }

  @Test
  void readsTextsThatItDoesNotKnow() {
    List<String> weather =
        IntStream.range(0, ROWS).mapToObj(t -> t % 2 == 0 ? "sun" : "rain").toList();
    Frame frame = Frame.rows(ROWS).numbers("y", noise(ROWS, 13)).text("t", weather).build();
    ForecastModel model = model(forecaster(Change.LEVEL).features("t").build().prepare(frame));
    Frame unknown = Frame.rows(5).text("t", Collections.nCopies(5, "fog")).build();
    float[] x = model.last(unknown).x().toArray();
    assertArrayEquals(new float[10], x);
  }
}
