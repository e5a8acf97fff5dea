package dev.lanewise.formats;

import dev.lanewise.formats.forecast.ForecastErrors;
import dev.lanewise.formats.forecast.RecipeReader;
import dev.lanewise.formats.forecast.RecipeWriter;
import dev.lanewise.formats.models.ModelErrors;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import dev.lanewise.lstm.data.TimeGrid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A forecaster of tables in one file: a {@link ModelFile} of its network, whose metadata hold the
 * recipe as JSON under the key {@code forecast}.
 *
 * @param model the forecaster
 * @param options how the table that it was trained on was read
 */
public record ForecastFile(ForecastModel model, FrameOptions options) {
  /** The key of the file's metadata that holds the recipe. */
  public static final String KEY = RecipeWriter.KEY;

  private static final String TARGET = "target";
  private static final String FEATURES = "features";
  private static final String WINDOW = "window";
  private static final String HORIZON = "horizon";
  private static final String SCALES = "scales";

  /**
   * Reads a file.
   *
   * @param file written by {@link #contents} or by the command {@code train}
   * @return the forecaster
   * @throws FormatException when the file cannot be read, or holds a network without a recipe
   */
  public static ForecastFile load(Path file) {
    ModelReader.Contents contents = ModelReader.read(file);
    return of(contents.model(), contents.metadata(), file)
        .orElseThrow(() -> ForecastErrors.noRecipe(file));
  }

  /**
   * The forecaster that a model file holds.
   *
   * @param network of the file
   * @param metadata of the file
   * @param file for errors
   * @return empty where it holds a network alone
   * @throws FormatException when the recipe is damaged, or does not fit the network, or that is no
   *     chain
   */
  public static Optional<ForecastFile> of(Model network, Map<String, String> metadata, Path file) {
    String text = metadata.get(KEY);
    Optional<Recipe> recipe;
    FrameOptions options = FrameOptions.of();
    if (text != null) {
      RecipeReader reader = new RecipeReader(text, file);
      recipe = Optional.of(reader.recipe());
      options = reader.options();
    } else {
      recipe = former(metadata, file);
    }
    if (recipe.isEmpty()) {
      return Optional.empty();
    }
    Sequential chain = ModelErrors.requireChain(network, file, "a forecaster is one");
    try {
      return Optional.of(new ForecastFile(ForecastModel.of(recipe.get(), chain), options));
    } catch (IllegalArgumentException e) {
      throw ForecastErrors.recipe(file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What to write, for {@link AtomicFile#writeAll}: the same bytes each time.
   *
   * @return writes the file
   */
  public AtomicFile.Contents contents() {
    return ModelFile.contents(
        model.network(), Map.of(KEY, RecipeWriter.write(model.recipe(), options)));
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @param file where to; replaced where it exists
   * @throws FormatException when it cannot be written
   */
  public void save(Path file) {
    AtomicFile.write(file, contents());
  }

  /**
   * What the command {@code train} of 0.1 wrote before it had recipes: the network scales itself.
   */
  private static Optional<Recipe> former(Map<String, String> metadata, Path file) {
    String target = metadata.get(TARGET);
    String features = metadata.get(FEATURES);
    String window = metadata.get(WINDOW);
    String horizon = metadata.get(HORIZON);
    if (target == null || features == null || window == null || horizon == null) {
      return Optional.empty();
    }
    List<String> columns = names(features, FEATURES, file);
    Map<String, Scale> scales = formerScales(metadata.getOrDefault(SCALES, ""), file);
    List<Recipe.Input> inputs = new ArrayList<>();
    List<Scale> in = new ArrayList<>();
    for (String column : columns) {
      inputs.add(new Recipe.Input(column, Recipe.Kind.NUMBER, List.of()));
      in.add(scales.getOrDefault(column, Scale.NONE));
    }
    Scale out = scales.getOrDefault(target, Scale.NONE);
    int step = rows(horizon, HORIZON, file);
    Recipe.Scales all = new Recipe.Scales(in, List.of(out));
    return Optional.of(
        new Recipe(
            List.of(target),
            List.of(Change.LEVEL),
            inputs,
            rows(window, WINDOW, file),
            step,
            step,
            "",
            Fill.FORWARD,
            Set.of(),
            TimeGrid.NONE,
            0,
            Map.of(Recipe.ALL, all),
            Map.of()));
  }

  private static Map<String, Scale> formerScales(String text, Path file) {
    Map<String, Scale> scales = new LinkedHashMap<>();
    for (String line : text.lines().skip(1).toList()) {
      List<String> cells = names(line, SCALES, file);
      try {
        scales.put(
            cells.get(0),
            new Scale(Double.parseDouble(cells.get(1)), Double.parseDouble(cells.get(2))));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw ForecastErrors.metadata(
            file, SCALES, "a column, its offset and its scale above 0", line);
      }
    }
    return scales;
  }

  private static List<String> names(String line, String key, Path file) {
    try {
      return CsvLine.parse(line);
    } catch (IllegalArgumentException e) {
      throw ForecastErrors.metadata(file, key, "names as in CSV", line);
    }
  }

  private static int rows(String text, String key, Path file) {
    try {
      int rows = Integer.parseInt(text);
      if (rows >= 1) {
        return rows;
      }
    } catch (NumberFormatException e) {
      throw ForecastErrors.metadata(file, key, "a whole number, 1 or more", text);
    }
    throw ForecastErrors.metadata(file, key, "a whole number, 1 or more", text);
  }
}
