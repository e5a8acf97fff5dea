package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model that {@code train} wrote forecasts, and from what: kept in the model file's
 * metadata. Immutable.
 *
 * @param target the column forecast
 * @param features the columns it is forecast from
 * @param window rows a forecast looks back
 * @param horizon rows it looks ahead
 * @param scales of the columns that are brought near 0 before they are rounded to float32
 */
record TableForecast(
    String target,
    List<String> features,
    int window,
    int horizon,
    Map<String, ColumnScale> scales) {
  static final String FEATURES = "features";
  private static final String TARGET = "target";
  private static final String WINDOW = "window";
  private static final String HORIZON = "horizon";
  private static final String SCALES = "scales";

  TableForecast {
    features = List.copyOf(features);
    scales = Map.copyOf(scales);
  }

  /** As text by key. Where no column is scaled there is no key of scales. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(TARGET, target);
    metadata.put(FEATURES, CsvLine.join(features));
    metadata.put(WINDOW, Integer.toString(window));
    metadata.put(HORIZON, Integer.toString(horizon));
    StringBuilder lines = new StringBuilder();
    scales.keySet().stream().sorted().forEach(column -> lines.append(line(column)).append('\n'));
    if (!lines.isEmpty()) {
      metadata.put(SCALES, "column,offset,scale\n" + lines.toString().strip());
    }
    return metadata;
  }

  private String line(String column) {
    ColumnScale scale = scale(column);
    return CsvLine.join(
        List.of(column, Double.toString(scale.offset()), Double.toString(scale.scale())));
  }

  /**
   * Reads what {@link #metadata} wrote.
   *
   * @param model the file, for errors
   * @return null where {@code train} did not write the model
   */
  static @Nullable TableForecast of(Map<String, String> metadata, Path model) {
    String target = metadata.get(TARGET);
    String features = metadata.get(FEATURES);
    String window = metadata.get(WINDOW);
    String horizon = metadata.get(HORIZON);
    if (target == null || features == null || window == null || horizon == null) {
      return null;
    }
    return new TableForecast(
        target,
        names(features, model),
        rows(WINDOW, window, model),
        rows(HORIZON, horizon, model),
        scales(metadata.getOrDefault(SCALES, ""), model));
  }

  /** A list of columns in a model's metadata. */
  static List<String> names(String features, Path model) {
    try {
      return CsvLine.parse(features);
    } catch (IllegalArgumentException e) {
      throw damaged(FEATURES, "names as in CSV", features, model);
    }
  }

  private static int rows(String key, String text, Path model) {
    try {
      int rows = Integer.parseInt(text);
      if (rows >= 1) {
        return rows;
      }
    } catch (NumberFormatException e) {
      throw damaged(key, "a whole number, 1 or more", text, model);
    }
    throw damaged(key, "a whole number, 1 or more", text, model);
  }

  private static Map<String, ColumnScale> scales(String text, Path model) {
    Map<String, ColumnScale> scales = new LinkedHashMap<>();
    for (String line : text.lines().skip(1).toList()) {
      List<String> cells = names(line, model);
      ColumnScale scale = cells.size() == 3 ? scale(cells.get(1), cells.get(2)) : null;
      if (scale == null) {
        throw damaged(SCALES, "a column, its offset and its scale above 0", line, model);
      }
      scales.put(cells.get(0), scale);
    }
    return scales;
  }

  private static @Nullable ColumnScale scale(String offset, String scale) {
    try {
      ColumnScale read = new ColumnScale(Double.parseDouble(offset), Double.parseDouble(scale));
      boolean usable = read.scale() > 0 && Double.isFinite(read.scale());
      return usable && Double.isFinite(read.offset()) ? read : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static InputException damaged(String key, String expected, String got, Path model) {
    return new InputException(
        model + ", metadata \"" + key + "\": expected " + expected + ", got \"" + got + "\"");
  }

  /** How a column is brought near 0. */
  ColumnScale scale(String column) {
    return scales.getOrDefault(column, ColumnScale.NONE);
  }

  /** Whether a feature or the target is scaled outside of the model. */
  boolean isScaled() {
    return !scales.isEmpty();
  }

  /** The features of a table, near 0: (rows, features). */
  Tensor series(CsvTable table) {
    return series(table, features);
  }

  /** Columns of a table, near 0: (rows, columns). */
  Tensor series(CsvTable table, List<String> columns) {
    Tensor series = Tensor.zeros(table.rows(), columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      ColumnScale scale = scale(column);
      Tensor into = series.slice(1, i, i + 1L);
      if (scale.isNone()) {
        into.copyFrom(table.numbers(List.of(column)));
      } else {
        double[] values = table.doubles(column);
        for (int row = 0; row < values.length; row++) {
          into.set(scale.in(values[row]), row, 0);
        }
      }
    }
    return series;
  }
}
