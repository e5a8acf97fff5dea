package dev.lanewise.formats.forecast;

import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the exceptions of tables that are read for a forecaster. */
public final class ForecastErrors {
  private static final int SHOWN = 5;

  private ForecastErrors() {}

  private static FormatException of(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  public static FormatException empty(Path file, String column) {
    return of(
        file, "column " + quoted(column), "numbers", "no value in any row", "leave the column out");
  }

  public static FormatException seriesUsed(Path file, String column) {
    return of(
        file,
        "column " + quoted(column),
        "the names of the series",
        "it as a target or feature too",
        "leave it out of the features");
  }

  static FormatException severalSeries(
      Path file, String time, long repeated, String column, int values) {
    return of(
        file,
        "column " + quoted(time),
        "each time once, for the rows are taken for one series",
        "repeated times in " + plural(repeated, "row"),
        "series("
            + quoted(column)
            + ") forecasts each of the "
            + values
            + " values of that column as a series of its own");
  }

  static FormatException repeats(Path file, String time, long repeated, int rows) {
    return of(
        file,
        "column " + quoted(time),
        "each time once",
        "repeated times in " + repeated + " of " + plural(rows, "row"),
        "add the rows of a time up, or name the column that tells them apart: series(COL)");
  }

  /** A warning. */
  public static String suspect(String column, double code, double[] values) {
    long count = Arrays.stream(values).filter(value -> value == code).count();
    String text = new BigDecimal(Double.toString(code)).stripTrailingZeros().toPlainString();
    return quoted(column)
        + " is "
        + text
        + " in "
        + plural(count, "row")
        + ", far from the rest: missing("
        + text
        + ") takes it for missing";
  }

  /** Texts in the order that they are met, with their rows. */
  public static String counted(Map<String, Long> counts) {
    String shown =
        counts.entrySet().stream()
            .limit(SHOWN)
            .map(each -> quoted(each.getKey()) + " in " + plural(each.getValue(), "row"))
            .collect(Collectors.joining(", "));
    int more = counts.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** A warning. */
  public static String unknownTexts(String column, String counted) {
    return quoted(column) + " is " + counted + ", unknown to the model: taken as none of its texts";
  }

  /** A warning. */
  public static String unknownSeries(String column, String counted) {
    return quoted(column)
        + " is "
        + counted
        + ", unknown to the model: scaled by the rows that are here";
  }

  public static FormatException recipe(Path file, String problem) {
    return of(
        file,
        "metadata " + quoted(RecipeWriter.KEY),
        "a forecaster that fits the network",
        problem,
        "train the model again");
  }

  static FormatException newer(Path file, long known, long version) {
    return of(
        file,
        "metadata " + quoted(RecipeWriter.KEY),
        "a recipe of version " + known,
        "one of version " + version,
        "it is of a newer Lanewise: bring this one up to date");
  }

  public static FormatException noRecipe(Path file) {
    return of(
        file,
        "metadata",
        "the key " + quoted(RecipeWriter.KEY) + ", which a forecaster of tables has",
        "a network alone",
        "ModelReader.read(file) reads it");
  }

  public static FormatException metadata(Path file, String key, String expected, String got) {
    return of(file, "metadata " + quoted(key), expected, quoted(got), "train the model again");
  }
}
