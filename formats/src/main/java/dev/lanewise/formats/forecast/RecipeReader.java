package dev.lanewise.formats.forecast;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.data.CalendarFeature;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import dev.lanewise.lstm.data.TimeGrid;
import dev.lanewise.lstm.data.TimeStep;
import dev.lanewise.lstm.data.TimeStyle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@link RecipeWriter} wrote. */
public final class RecipeReader {
  /** Of a window, a season or a horizon: two of them still are an int. */
  private static final int MOST_ROWS = 1_000_000_000;

  private final Path file;
  private final JsonObject root;

  public RecipeReader(String text, Path file) {
    String where = "metadata \"" + RecipeWriter.KEY + "\"";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    this.file = file;
    this.root = JsonObject.of(Json.parse(bytes, file, where, -1), file, where);
    long version = root.integer("version", 1, Long.MAX_VALUE);
    if (version > RecipeWriter.VERSION) {
      throw ForecastErrors.newer(file, RecipeWriter.VERSION, version);
    }
  }

  public Recipe recipe() {
    try {
      return read();
    } catch (IllegalArgumentException e) {
      throw ForecastErrors.recipe(file, String.valueOf(e.getMessage()));
    }
  }

  private Recipe read() {
    List<String> targets = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (JsonObject target : root.objects("targets")) {
      targets.add(target.string("column"));
      int season = rows(target, "season", 0);
      changes.add(new Change(target.bool("last"), season, target.bool("log")));
    }
    List<Recipe.Input> inputs = new ArrayList<>();
    for (JsonObject input : root.objects("inputs")) {
      Recipe.Kind kind = input.word("kind", Recipe.Kind.class);
      inputs.add(new Recipe.Input(input.string("column"), kind, input.strings("values")));
    }
    return new Recipe(
        targets,
        changes,
        inputs,
        rows(root, "window", 1),
        rows(root, "firstStep", 1),
        rows(root, "lastStep", 1),
        root.string("series"),
        root.word("fill", Fill.class),
        calendar(),
        grid(root.object("grid", root.where() + ", grid")),
        rows(root, "season", 0),
        scales(),
        ranges());
  }

  private static int rows(JsonObject object, String name, int least) {
    return (int) object.integer(name, least, MOST_ROWS);
  }

  public FrameOptions options() {
    JsonObject table = root.object("table", root.where() + ", table");
    CsvOptions.Builder csv = CsvOptions.builder().missing(table.strings("missing"));
    try {
      mark(table, "separator").ifPresent(csv::separator);
      mark(table, "decimal").ifPresent(csv::decimal);
      if (table.has("charset")) {
        csv.charset(Charset.forName(table.string("charset")));
      }
    } catch (IllegalArgumentException e) {
      throw ForecastErrors.recipe(file, String.valueOf(e.getMessage()));
    }
    if (table.has("header")) {
      csv.header(table.bool("header"));
    }
    Optional<String> format =
        table.has("timeFormat") ? Optional.of(table.string("timeFormat")) : Optional.empty();
    return new FrameOptions(table.strings("time"), format, csv.build());
  }

  private static Optional<Character> mark(JsonObject table, String name) {
    return table.has(name) && !table.string(name).isEmpty()
        ? Optional.of(table.string(name).charAt(0))
        : Optional.empty();
  }

  private Set<CalendarFeature> calendar() {
    Set<CalendarFeature> features = EnumSet.noneOf(CalendarFeature.class);
    for (String word : root.strings("calendar")) {
      features.add(root.word("calendar", word, CalendarFeature.class));
    }
    return features;
  }

  private TimeGrid grid(JsonObject grid) {
    Optional<TimeStep> step =
        grid.has("step")
            ? Optional.of(
                new TimeStep(
                    grid.integer("step", 1, Long.MAX_VALUE),
                    grid.word("unit", TimeStep.Unit.class)))
            : Optional.empty();
    Optional<TimeStyle> style =
        grid.has("style") ? Optional.of(grid.word("style", TimeStyle.class)) : Optional.empty();
    TimeGrid.Spacing spacing = grid.word("spacing", TimeGrid.Spacing.class);
    if (spacing == TimeGrid.Spacing.EVEN && (step.isEmpty() || style.isEmpty())) {
      throw ForecastErrors.recipe(file, "rows evenly apart without a step or a style of times");
    }
    return new TimeGrid(spacing, step, style);
  }

  private Map<String, Recipe.Scales> scales() {
    Map<String, Recipe.Scales> scales = new LinkedHashMap<>();
    for (JsonObject each : root.objects("scales")) {
      scales.put(
          each.string("series"), new Recipe.Scales(pairs(each, "inputs"), pairs(each, "outputs")));
    }
    return scales;
  }

  private List<Scale> pairs(JsonObject object, String name) {
    double[] numbers = object.numbers(name);
    if (numbers.length % 2 != 0) {
      throw ForecastErrors.recipe(file, "an offset without a deviation in \"" + name + "\"");
    }
    List<Scale> scales = new ArrayList<>();
    for (int i = 0; i + 1 < numbers.length; i += 2) {
      scales.add(new Scale(numbers[i], numbers[i + 1]));
    }
    return scales;
  }

  private Map<String, Recipe.Range> ranges() {
    Map<String, Recipe.Range> ranges = new LinkedHashMap<>();
    for (JsonObject each : root.objects("ranges")) {
      ranges.put(each.string("column"), new Recipe.Range(each.number("low"), each.number("high")));
    }
    return ranges;
  }
}
