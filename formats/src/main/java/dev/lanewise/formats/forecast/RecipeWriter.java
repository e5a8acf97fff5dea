package dev.lanewise.formats.forecast;

import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.json.Jackson;
import dev.lanewise.formats.json.Json;
import dev.lanewise.lstm.data.CalendarFeature;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import dev.lanewise.lstm.data.TimeGrid;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes a recipe, and how its table was read, as JSON; {@link RecipeReader} reads it. */
public final class RecipeWriter {
  /** The key of a file's metadata that holds what is written here. */
  public static final String KEY = "forecast";

  static final long VERSION = 1;

  private final JsonGenerator json;

  private RecipeWriter(JsonGenerator json) {
    this.json = json;
  }

  public static String write(Recipe recipe, FrameOptions options) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Jackson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new RecipeWriter(json).recipe(recipe, options);
    }
    return text.toString();
  }

  private void recipe(Recipe recipe, FrameOptions options) {
    json.writeStartObject();
    json.writeNumberProperty("version", VERSION);
    json.writeArrayPropertyStart("targets");
    for (int i = 0; i < recipe.targets().size(); i++) {
      target(recipe.targets().get(i), recipe.changes().get(i));
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("inputs");
    recipe.inputs().forEach(this::input);
    json.writeEndArray();
    json.writeNumberProperty("window", recipe.window());
    json.writeNumberProperty("firstStep", recipe.firstStep());
    json.writeNumberProperty("lastStep", recipe.lastStep());
    json.writeStringProperty("series", recipe.series());
    json.writeStringProperty("fill", Json.word(recipe.fill()));
    strings(
        "calendar",
        recipe.calendar().stream().sorted().map((CalendarFeature c) -> Json.word(c)).toList());
    grid(recipe.grid());
    json.writeNumberProperty("season", recipe.season());
    json.writeArrayPropertyStart("scales");
    recipe.scales().forEach(this::scales);
    json.writeEndArray();
    json.writeArrayPropertyStart("ranges");
    recipe.ranges().forEach(this::range);
    json.writeEndArray();
    options(options);
    json.writeEndObject();
  }

  private void target(String column, Change change) {
    json.writeStartObject();
    json.writeStringProperty("column", column);
    json.writeBooleanProperty("last", change.last());
    json.writeNumberProperty("season", change.season());
    json.writeBooleanProperty("log", change.log());
    json.writeEndObject();
  }

  private void input(Recipe.Input input) {
    json.writeStartObject();
    json.writeStringProperty("column", input.column());
    json.writeStringProperty("kind", Json.word(input.kind()));
    strings("values", input.values());
    json.writeEndObject();
  }

  private void grid(TimeGrid grid) {
    json.writeObjectPropertyStart("grid");
    json.writeStringProperty("spacing", Json.word(grid.spacing()));
    grid.style().ifPresent(style -> json.writeStringProperty("style", Json.word(style)));
    grid.step()
        .ifPresent(
            step -> {
              json.writeNumberProperty("step", step.amount());
              json.writeStringProperty("unit", Json.word(step.unit()));
            });
    json.writeEndObject();
  }

  private void scales(String series, Recipe.Scales scales) {
    json.writeStartObject();
    json.writeStringProperty("series", series);
    scales("inputs", scales.inputs());
    scales("outputs", scales.outputs());
    json.writeEndObject();
  }

  /** Offset and deviation of each, one after the other. */
  private void scales(String name, List<Scale> scales) {
    json.writeArrayPropertyStart(name);
    for (Scale scale : scales) {
      json.writeNumber(scale.offset());
      json.writeNumber(scale.deviation());
    }
    json.writeEndArray();
  }

  private void range(String column, Recipe.Range range) {
    json.writeStartObject();
    json.writeStringProperty("column", column);
    json.writeNumberProperty("low", range.low());
    json.writeNumberProperty("high", range.high());
    json.writeEndObject();
  }

  private void options(FrameOptions options) {
    json.writeObjectPropertyStart("table");
    strings("time", options.time());
    options.timeFormat().ifPresent(format -> json.writeStringProperty("timeFormat", format));
    options
        .csv()
        .separator()
        .ifPresent(mark -> json.writeStringProperty("separator", mark.toString()));
    options.csv().decimal().ifPresent(mark -> json.writeStringProperty("decimal", mark.toString()));
    options.csv().charset().ifPresent(each -> json.writeStringProperty("charset", each.name()));
    options.csv().header().ifPresent(first -> json.writeBooleanProperty("header", first));
    strings("missing", options.csv().missing());
    json.writeEndObject();
  }

  private void strings(String name, Collection<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
