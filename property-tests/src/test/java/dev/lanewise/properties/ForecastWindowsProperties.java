package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Windows of tables of several series, with gaps and missing numbers, in any order of rows. */
@Tag("no-kernels")
class ForecastWindowsProperties {
  /** Of numbers rounded to float32, and computed in another order in double. */
  private static final double CLOSE = 1e-5;

  private static final float MASKED = -1e9f;

  @Provide
  Arbitrary<ForecastTable> tables() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(12, 70),
            Arbitraries.integers().between(0, 15),
            Arbitraries.integers().between(0, 15),
            Arbitraries.integers().between(0, 2),
            Arbitraries.longs())
        .as(ForecastTable.Shape::new)
        .map(ForecastTable.Shape::table)
        .filter(ForecastTable::isHourly);
  }

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.of(0, 2, 3, 5), Arbitraries.of(true, false))
        .as(Change::new);
  }

  @Provide
  Arbitrary<ForecastPlan> plans() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 4),
            changes(),
            Arbitraries.of(Fill.class),
            Arbitraries.of(0.0, 0.01, 0.2, 0.4))
        .as(ForecastPlan::new);
  }

  /** A window: of which series, by which scales, and the hour that it ends in. */
  private record End(PlainSeries series, String name, int hour) {}

  private static List<PlainSeries> series(ForecastTable table, ForecastPlan plan) {
    List<PlainSeries> all = new ArrayList<>();
    for (int s = 0; s < table.series(); s++) {
      all.add(new PlainSeries(table, s, plan));
    }
    return all;
  }

  private static List<End> ends(ForecastTable table, ForecastPlan plan, boolean held) {
    List<End> ends = new ArrayList<>();
    List<PlainSeries> all = series(table, plan);
    for (int s = 0; s < all.size(); s++) {
      PlainSeries each = all.get(s);
      if (each.isLongEnough()) {
        String name = ForecastTable.name(s);
        each.ends(held).forEach(hour -> ends.add(new End(each, name, hour)));
      }
    }
    return ends;
  }

  @Property
  void eachWindowIsOfHoursThatFollowOneAnotherInOneSeries(
      @ForAll("tables") ForecastTable table, @ForAll("plans") ForecastPlan plan) {
    List<End> train = ends(table, plan, false);
    List<End> test = ends(table, plan, true);
    if (train.isEmpty() || (test.isEmpty() && plan.held() > 0)) {
      assertThrows(IllegalArgumentException.class, () -> plan.forecaster().prepare(table.frame()));
      return;
    }
    ForecastData data = plan.forecaster().prepare(table.frame());
    assertEquals(!test.isEmpty(), data.isTested());
    assertWindows(train, plan, data.recipe(), data.trainX(), data.trainY());
    if (data.isTested()) {
      assertWindows(test, plan, data.recipe(), data.testX(), data.testY());
    }
  }

  private static void assertWindows(
      List<End> ends, ForecastPlan plan, Recipe recipe, Tensor x, Tensor y) {
    int width = recipe.channels();
    float[] rows = x.toArray();
    float[] outputs = y.toArray();
    assertEquals(ends.size() * plan.window() * width, rows.length);
    assertEquals(ends.size() * plan.steps(), outputs.length);
    int at = 0;
    int out = 0;
    for (End end : ends) {
      Recipe.Scales scales = recipe.scales().get(end.name());
      for (int hour = end.hour() - plan.window() + 1; hour <= end.hour(); hour++) {
        for (int channel = 0; channel < width; channel++) {
          double expected = channel(end.series(), hour, recipe, scales, channel, plan.fill());
          assertClose(expected, rows[at++], end, plan);
        }
      }
      for (int step = plan.first(); step <= plan.last(); step++) {
        Scale scale = scales.outputs().get(step - plan.first());
        double learned = end.series().learned(end.hour(), step);
        assertClose(scaled(learned, scale), outputs[out++], end, plan);
      }
    }
  }

  private static void assertClose(double expected, float given, End end, ForecastPlan plan) {
    double close = CLOSE * Math.max(1, Math.abs(expected));
    assertEquals(expected, given, close, () -> end.name() + " " + end.hour() + ", " + plan);
  }

  private static double scaled(double value, Scale scale) {
    return (value - scale.offset()) / scale.deviation();
  }

  private static double channel(
      PlainSeries series, int hour, Recipe recipe, Recipe.Scales scales, int channel, Fill fill) {
    if (fill == Fill.MASK && !series.isMeasured(hour)) {
      return MASKED;
    }
    Recipe.Input input = recipe.inputs().get(channel);
    double value =
        input.kind() == Recipe.Kind.CHANGE
            ? series.seen(hour)
            : input.column().equals("y") ? series.y(hour) : series.x(hour);
    return scaled(value, scales.inputs().get(channel));
  }

  @Property
  void theOrderOfRowsChangesNothing(
      @ForAll("tables") ForecastTable table,
      @ForAll("plans") ForecastPlan plan,
      @ForAll long seed) {
    Assume.that(!ends(table, plan, false).isEmpty());
    Assume.that(plan.held() == 0 || !ends(table, plan, true).isEmpty());
    ForecastData data = plan.forecaster().prepare(table.frame());
    ForecastData other = plan.forecaster().prepare(table.shuffled(seed).frame());
    assertEquals(data.recipe(), other.recipe());
    assertEquals(data.notes(), other.notes());
    assertArrayEquals(data.trainX().toArray(), other.trainX().toArray());
    assertArrayEquals(data.trainY().toArray(), other.trainY().toArray());
    if (data.isTested()) {
      assertArrayEquals(data.testX().toArray(), other.testX().toArray());
      assertArrayEquals(data.testY().toArray(), other.testY().toArray());
    }
  }

  /** A change that is undone is off by the float32 that the network gives, and by no more. */
  @Property
  void undoingTheChangeOfWhatCameGivesWhatCame(
      @ForAll("changes") Change change,
      @ForAll("plans") ForecastPlan plan,
      @ForAll("magnitudes") double magnitude,
      @ForAll long seed) {
    Random random = new Random(seed);
    ForecastPlan whole =
        new ForecastPlan(plan.window(), plan.first(), plan.steps(), change, Fill.FORWARD, 0);
    List<ForecastTable.Row> rows = new ArrayList<>();
    for (int hour = 0; hour < 40; hour++) {
      rows.add(new ForecastTable.Row(0, hour, magnitude * (1 + random.nextDouble()), hour % 3));
    }
    ForecastTable table = new ForecastTable(rows, 1);
    ForecastData data = whole.forecaster().prepare(table.frame());
    ForecastModel model = data.model(data.network(List.of(Lstm.of(1), Dense.of(whole.steps())), 1));
    ForecastWindows windows = model.all(table.frame());
    // The last windows are followed by no row: what they forecast is not looked at.
    int known = (int) data.trainY().dim(0);
    assertEquals(windows.x().dim(0), known + whole.last());
    float[] given = Arrays.copyOf(data.trainY().toArray(), (known + whole.last()) * whole.steps());
    double[][] values = windows.values(Tensor.of(given, known + whole.last(), whole.steps()));
    List<Scale> scales = data.recipe().scales().get(ForecastTable.name(0)).outputs();
    for (int i = 0; i < known; i++) {
      for (int step = 0; step < whole.steps(); step++) {
        double came = rows.get(i + whole.lookBack() - 1 + whole.first() + step).y();
        float output = given[i * whole.steps() + step];
        double deviation = scales.get(step).deviation() * (change.log() ? came : 1);
        double rounding = 0.5 * Math.ulp(output) * deviation;
        // Up to 8 numbers as large as a season's trend, and as far as the logarithm of them.
        double ulps = 64 * Math.ulp(came) * (change.log() ? 1 + Math.abs(Math.log(came)) : 1);
        assertTrue(
            Math.abs(values[i][step] - came) <= 1.001 * rounding + ulps,
            came + " came back as " + values[i][step] + ", " + change);
      }
    }
  }

  @Provide
  Arbitrary<Double> magnitudes() {
    return Arbitraries.of(1e-6, 1.0, 1e3, 1e8, 1e12);
  }
}
