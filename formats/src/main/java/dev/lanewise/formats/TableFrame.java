package dev.lanewise.formats;

import dev.lanewise.formats.csv.CsvMissing;
import dev.lanewise.formats.forecast.ForecastErrors;
import dev.lanewise.formats.forecast.SeriesSearch;
import dev.lanewise.formats.text.Phrases;
import dev.lanewise.lstm.data.Frame;
import dev.lanewise.lstm.data.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table as the frame of a forecaster: its columns as numbers or text, and when each row was.
 *
 * <pre>{@code
 * CsvTable table = CsvTable.read(Path.of("sales.csv"));
 * Frame frame = TableFrame.of(table, FrameOptions.of(), List.of("sales", "weather"), "store").frame();
 * }</pre>
 *
 * Immutable.
 */
public final class TableFrame {
  private final Frame frame;
  private final int[] rows;
  private final List<String> time;
  private final List<String> reading;
  private final List<String> warnings;

  private TableFrame(
      Frame frame, int[] rows, List<String> time, List<String> reading, List<String> warnings) {
    this.frame = frame;
    this.rows = rows;
    this.time = List.copyOf(time);
    this.reading = List.copyOf(reading);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads the columns of a forecaster: as numbers, or as text where a cell is no number.
   *
   * @param table the table
   * @param options how
   * @param columns targets and features
   * @param series the column that names a row's series; empty for one series
   * @return the frame
   * @throws FormatException when there is no such column, it has no value, its cells cannot be
   *     read, or times repeat as those of several series do
   */
  public static TableFrame of(
      CsvTable table, FrameOptions options, Collection<String> columns, String series) {
    Set<String> texts = new LinkedHashSet<>();
    Set<String> numbers = new LinkedHashSet<>();
    for (String column : columns) {
      (table.kind(column) == CsvColumn.Kind.TEXT ? texts : numbers).add(column);
    }
    return read(table, options, numbers, texts, series, times(table, options));
  }

  /**
   * Reads the columns that a model needs.
   *
   * @param table the table
   * @param options how the model's own table was read
   * @param recipe of the model
   * @return the frame; without times where the table has none and the model can do without
   * @throws FormatException as {@link #of(CsvTable, FrameOptions, Collection, String)}
   */
  public static TableFrame of(CsvTable table, FrameOptions options, Recipe recipe) {
    Set<String> texts = new LinkedHashSet<>(recipe.textColumns());
    texts.remove(recipe.series());
    Set<String> numbers = new LinkedHashSet<>(recipe.columns());
    numbers.removeAll(recipe.textColumns());
    boolean named = table.columns().containsAll(options.time());
    FrameOptions found =
        named ? options : new FrameOptions(List.of(), Optional.empty(), options.csv());
    TableFrame frame = read(table, found, numbers, texts, recipe.series(), times(table, found));
    return frame.with(unknown(frame.frame, recipe));
  }

  private TableFrame with(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new TableFrame(frame, rows, time, reading, all);
  }

  /** The texts that a model never saw. */
  private static List<String> unknown(Frame frame, Recipe recipe) {
    List<String> lines = new ArrayList<>();
    for (Recipe.Input input : recipe.inputs()) {
      if (input.kind() == Recipe.Kind.TEXT) {
        unknown(frame.text(input.column()), input.values())
            .ifPresent(found -> lines.add(ForecastErrors.unknownTexts(input.column(), found)));
      }
    }
    if (!recipe.series().isEmpty() && !recipe.scales().containsKey(Recipe.ALL)) {
      unknown(frame.text(recipe.series()), recipe.scales().keySet())
          .ifPresent(found -> lines.add(ForecastErrors.unknownSeries(recipe.series(), found)));
    }
    return lines;
  }

  private static Optional<String> unknown(List<String> texts, Collection<String> known) {
    Map<String, Long> counts = new LinkedHashMap<>();
    texts.stream()
        .filter(text -> !text.isEmpty() && !known.contains(text))
        .forEach(text -> counts.merge(text, 1L, Long::sum));
    return counts.isEmpty() ? Optional.empty() : Optional.of(ForecastErrors.counted(counts));
  }

  private static Optional<RowTimes> times(CsvTable table, FrameOptions options) {
    if (options.time().isEmpty()) {
      return RowTimes.find(table);
    }
    return Optional.of(
        options
            .timeFormat()
            .map(pattern -> RowTimes.of(table, options.time(), pattern))
            .orElseGet(() -> RowTimes.of(table, options.time())));
  }

  private static TableFrame read(
      CsvTable table,
      FrameOptions options,
      Collection<String> numbers,
      Collection<String> texts,
      String series,
      Optional<RowTimes> times) {
    List<String> lines = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    long[] millis = times.map(RowTimes::millis).orElse(new long[table.rows()]);
    int[] rows =
        IntStream.range(0, table.rows()).filter(row -> millis[row] != RowTimes.NONE).toArray();
    Frame.Builder builder = Frame.rows(rows.length);
    if (times.isPresent()) {
      long[] kept = Arrays.stream(rows).mapToLong(row -> millis[row]).toArray();
      builder.times(kept, times.get().style());
      lines.addAll(timeLines(table, times.get(), kept));
    }
    for (String column : numbers) {
      double[] all = table.numbersOrNaN(column);
      if (table.kind(column) == CsvColumn.Kind.EMPTY) {
        throw ForecastErrors.empty(table.file(), column);
      }
      builder.numbers(column, Arrays.stream(rows).mapToDouble(row -> all[row]).toArray());
      table
          .suspectedCode(column)
          .ifPresent(code -> warnings.add(ForecastErrors.suspect(column, code, all)));
    }
    for (String column : texts) {
      builder.text(column, picked(table.text(column), rows));
    }
    if (!series.isEmpty() && !texts.contains(series)) {
      if (numbers.contains(series)) {
        throw ForecastErrors.seriesUsed(table.file(), series);
      }
      builder.text(series, picked(table.text(series), rows));
    }
    Frame frame = builder.build();
    if (frame.isTimed()) {
      List<String> others = new ArrayList<>(table.columns());
      others.removeAll(times.orElseThrow().columns());
      String time = CsvLine.join(times.get().columns());
      new SeriesSearch(table.file(), table::text, others, frame, rows, series, time).check();
    }
    List<String> columns = times.map(RowTimes::columns).orElse(options.time());
    return new TableFrame(frame, rows, columns, lines, warnings);
  }

  private static List<String> picked(List<String> text, int[] rows) {
    return Arrays.stream(rows)
        .mapToObj(row -> text.get(row).strip())
        .map(cell -> CsvMissing.inText(cell) ? "" : cell)
        .toList();
  }

  private static List<String> timeLines(CsvTable table, RowTimes times, long[] kept) {
    List<String> lines = new ArrayList<>();
    String columns = CsvLine.join(times.columns());
    if (kept.length > 0) {
      long first = Arrays.stream(kept).min().orElseThrow();
      long last = Arrays.stream(kept).max().orElseThrow();
      lines.add(
          "time in "
              + columns
              + " ("
              + times.format()
              + "), "
              + times.style().format(first)
              + " to "
              + times.style().format(last));
    }
    if (times.unread() > 0) {
      int row = times.firstUnread().orElseThrow();
      String cell =
          CsvLine.join(times.columns().stream().map(name -> table.text(name).get(row)).toList());
      lines.add(
          Phrases.plural(times.unread(), "row")
              + " left out without a time, the first in line "
              + table.line(row)
              + ": "
              + Phrases.quoted(cell));
    }
    return lines;
  }

  /**
   * The rows.
   *
   * @return the frame
   */
  public Frame frame() {
    return frame;
  }

  /**
   * The row of the table that a row of the frame is.
   *
   * @param row of the frame
   * @return counted from 0
   */
  public int tableRow(int row) {
    return rows[row];
  }

  /**
   * The columns that say when a row was.
   *
   * @return empty where rows have no times
   */
  public List<String> time() {
    return time;
  }

  /**
   * What was found of the times, and what to beware of.
   *
   * @return sentences without full stops
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(reading);
    lines.addAll(warnings);
    return List.copyOf(lines);
  }

  /**
   * What to beware of: the last of {@link #lines}.
   *
   * @return sentences without full stops
   */
  public List<String> warnings() {
    return warnings;
  }
}
