package dev.lanewise.cli;

import dev.lanewise.formats.CsvColumn;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.data.CalendarFeature;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.Forecaster;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is forecast, from what, and how far ahead. */
final class ForecasterOptions {
  @Option(
      names = "--target",
      paramLabel = "COL[,COL..]",
      description = "The column to forecast, or several.")
  private List<String> target = List.of();

  @Option(
      names = "--features",
      paramLabel = "A,B,..",
      description =
          "The columns to forecast from, numbers or text; a name that holds a comma in quotes: '\"a, b\",c'. Default: the target alone.")
  private List<String> features = List.of();

  @Option(
      names = "--series",
      paramLabel = "COL",
      description = "The column that names each row's series: one model learns them all.")
  private String series = "";

  @Option(
      names = "--scaling",
      defaultValue = "series",
      paramLabel = "series|all",
      description = "Scale each series by itself, or all alike. Default: ${DEFAULT-VALUE}.")
  private String scaling = "";

  @Option(
      names = "--window",
      defaultValue = "30",
      paramLabel = "N",
      description = "Rows a forecast looks back. Default: ${DEFAULT-VALUE}.")
  private int window;

  @Option(
      names = "--horizon",
      defaultValue = "1",
      paramLabel = "N|A..B",
      description =
          "Rows a forecast looks ahead; 1..7 forecasts all seven at once. Default: ${DEFAULT-VALUE}.")
  private String horizon = "";

  @Option(
      names = "--season",
      paramLabel = "N",
      description =
          "Rows a season has, such as 12 for months; 0: there is none. Default: found. Whether the change on the value a season ago is learned, the rows trained on say.")
  private @Nullable Integer season;

  @Option(
      names = "--log",
      description = "Learn logarithms. Default: where changes grow with the level.")
  private boolean log;

  @Option(
      names = "--level",
      description =
          "Learn the target's level. Default: its change, as the rows trained on suggest.")
  private boolean level;

  @Option(
      names = "--fill",
      defaultValue = "forward",
      paramLabel = "HOW",
      description =
          "What becomes of missing numbers and rows: forward, interpolate, drop or mask. Default: ${DEFAULT-VALUE}.")
  private String fill = "";

  @Option(
      names = "--calendar",
      split = ",",
      paramLabel = "LIST",
      description = "What the network sees of the calendar: hour,weekday,month.")
  private List<String> calendar = List.of();

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "X",
      description =
          "Fraction of the rows, the latest, held back to test on; 0: train on all. Default: ${DEFAULT-VALUE}.")
  private double validation;

  void check() {
    if (target.isEmpty()) {
      throw new InputException(
          "--target: expected the column to forecast, or --classify COL for the class of each row");
    }
    LearningOptions.atLeastOne("--window", window);
    Horizon.parse(horizon);
    if (!(validation >= 0 && validation < 1)) {
      throw new InputException(
          "--validation " + validation + ": expected a fraction from 0 to below 1, such as 0.2");
    }
    if (season != null && (season < 0 || season == 1)) {
      throw new InputException(
          "--season " + season + ": expected 2 rows or more, such as 12 for months, or 0 for none");
    }
    word("--fill", fill, Fill.class);
    calendar.forEach(each -> word("--calendar", each, CalendarFeature.class));
    if (!scaling.equals("series") && !scaling.equals("all")) {
      throw new InputException("--scaling " + scaling + ": expected series or all");
    }
  }

  private List<String> targets(CsvTable table) {
    return ColumnNames.parse("--target", target, table.columns());
  }

  private List<String> features(CsvTable table) {
    return features(table, targets(table));
  }

  /** Those given, or others where none are. */
  List<String> features(CsvTable table, List<String> others) {
    List<String> names = ColumnNames.parse("--features", features, table.columns());
    return names.isEmpty() ? others : names;
  }

  private String series(CsvTable table) {
    return ColumnNames.column(series, table.columns());
  }

  TableFrame frame(CsvTable table, FrameOptions options) {
    List<String> targets = targets(table);
    targets.forEach(each -> checkNumbers(table, each));
    Set<String> columns = new LinkedHashSet<>(targets);
    columns.addAll(features(table));
    return TableFrame.of(table, options, columns, series(table));
  }

  /** Names the cell that is no number. */
  private static void checkNumbers(CsvTable table, String target) {
    if (table.kind(target) == CsvColumn.Kind.TEXT) {
      double[] _ = table.numbersOrNaN(target);
    }
  }

  ForecastData prepare(CsvTable table, TableFrame frame) {
    Horizon ahead = Horizon.parse(horizon);
    Forecaster.Builder builder =
        Forecaster.builder(targets(table).toArray(String[]::new))
            .features(features(table).toArray(String[]::new))
            .series(series(table))
            .scaledBySeries(scaling.equals("series"))
            .window(window)
            .horizon(ahead.first(), ahead.last())
            .heldBack(validation)
            .fill(word("--fill", fill, Fill.class))
            .log(log);
    Set<CalendarFeature> circles = EnumSet.noneOf(CalendarFeature.class);
    calendar.forEach(each -> circles.add(word("--calendar", each, CalendarFeature.class)));
    builder.calendar(circles);
    if (season != null) {
      builder.season(season);
    }
    if (level) {
      builder.change(log ? Change.LEVEL.ofLog() : Change.LEVEL);
    }
    return builder.build().prepare(frame.frame());
  }

  private static <E extends Enum<E>> E word(String option, String text, Class<E> words) {
    String known =
        Arrays.stream(words.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    for (E each : words.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(text.strip())) {
        return each;
      }
    }
    throw new InputException(option + " " + text + ": expected one of " + known);
  }
}
