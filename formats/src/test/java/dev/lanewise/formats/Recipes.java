package dev.lanewise.formats;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.CalendarFeature;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import dev.lanewise.lstm.data.TimeGrid;
import dev.lanewise.lstm.data.TimeStep;
import dev.lanewise.lstm.data.TimeStyle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recipes to write and to damage. */
final class Recipes {
  private static final int CHANNELS = 11;
  private static final int OUTPUTS = 6;

  private Recipes() {}

  /** With everything in it, and doubles that few digits do not hold. */
  static Recipe full() {
    Map<String, Recipe.Scales> scales = new LinkedHashMap<>();
    scales.put("M\u00fchle, \"north\"", scales(0.1, 1 / 3.0));
    scales.put("Harbour", scales(-1e300, Double.MIN_VALUE));
    scales.put("\u6771\n", scales(Math.nextUp(1.0), Double.MAX_VALUE));
    Map<String, Recipe.Range> ranges = new LinkedHashMap<>();
    ranges.put("sales", new Recipe.Range(-0.0, 2 / 3.0));
    ranges.put("cost \"a\"", new Recipe.Range(Double.MIN_NORMAL, 1e22));
    return new Recipe(
        List.of("sales", "cost \"a\""),
        List.of(new Change(true, 12, true), Change.LEVEL),
        List.of(
            new Recipe.Input("sales", Recipe.Kind.CHANGE, List.of()),
            new Recipe.Input("cost \"a\"", Recipe.Kind.NUMBER, List.of()),
            new Recipe.Input("sky", Recipe.Kind.TEXT, List.of("rain", "sun, hot", "\u96ea"))),
        5,
        2,
        4,
        "shop",
        Fill.MASK,
        Set.of(CalendarFeature.values()),
        new TimeGrid(
            TimeGrid.Spacing.EVEN,
            Optional.of(new TimeStep(3, TimeStep.Unit.MONTH_ENDS)),
            Optional.of(TimeStyle.DATE)),
        12,
        scales,
        ranges);
  }

  private static Recipe.Scales scales(double offset, double deviation) {
    Scale scale = new Scale(offset, deviation);
    Scale other = new Scale(deviation, 7);
    return new Recipe.Scales(
        List.of(scale, Scale.NONE, other), List.of(scale, scale, other, Scale.NONE, other, scale));
  }

  /** Of one column, without times. */
  static Recipe small() {
    return new Recipe(
        List.of("v"),
        List.of(Change.LAST),
        List.of(new Recipe.Input("v", Recipe.Kind.CHANGE, List.of())),
        3,
        1,
        1,
        "",
        Fill.FORWARD,
        Set.of(),
        TimeGrid.NONE,
        0,
        Map.of(Recipe.ALL, new Recipe.Scales(List.of(Scale.NONE), List.of(Scale.NONE))),
        Map.of("v", new Recipe.Range(-1, 1)));
  }

  static Sequential network() {
    return Sequential.of(Masking.of(-1e9f), Lstm.of(2), Dense.of(OUTPUTS)).build(CHANNELS, 1);
  }

  static FrameOptions options() {
    CsvOptions csv =
        CsvOptions.builder()
            .separator('\t')
            .decimal(',')
            .charset(StandardCharsets.ISO_8859_1)
            .header(false)
            .missing(List.of("-200", "\"none\""))
            .build();
    return new FrameOptions(List.of("year", "month"), Optional.of("yyyy M 'd'"), csv);
  }

  static ForecastFile file() {
    return new ForecastFile(ForecastModel.of(full(), network()), options());
  }

  static ForecastFile smallFile() {
    Sequential network = Sequential.of(Lstm.of(2), Dense.of(1)).build(1, 1);
    return new ForecastFile(ForecastModel.of(small(), network), FrameOptions.of());
  }
}
