package dev.lanewise.spark;

import dev.lanewise.lstm.data.Frame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A table of many series: which of its columns are read, and as what. Immutable.
 *
 * @param series the column that names each row's series
 * @param time the column that says when each row was
 * @param times what it holds
 * @param columns the columns that models read
 */
record SeriesTable(String series, String time, TimeColumn times, List<Value> columns)
    implements Serializable {
  /** Where the series and the time are in the rows that {@link #select} gives. */
  static final int SERIES = 0;

  static final int TIME = 1;

  /**
   * A column of numbers or of text.
   *
   * @param name of the column
   * @param isText whether it is text
   */
  record Value(String name, boolean isText) implements Serializable {}

  /**
   * Holds the columns that a step names against those that there are.
   *
   * @throws IllegalArgumentException when one is not named, absent or of the wrong type
   */
  static SeriesTable of(SeriesColumns<?> step, StructType schema) {
    String series = Settings.column(step, step.seriesCol(), "setSeriesCol");
    String time = Settings.column(step, step.timeCol(), "setTimeCol");
    String target = Settings.column(step, step.targetCol(), "setTargetCol");
    return of(schema, series, time, target, features(step));
  }

  /** Those that are set; else the target alone. */
  static List<String> features(SeriesColumns<?> step) {
    return step.isSet(step.featuresCols())
        ? List.of(step.getFeaturesCols())
        : List.of(step.getTargetCol());
  }

  static SeriesTable of(
      StructType schema, String series, String time, String target, List<String> features) {
    ColumnTypes.require(schema, series, "setSeriesCol");
    DataType timeType = ColumnTypes.require(schema, time, "setTimeCol").dataType();
    Set<String> names = new LinkedHashSet<>(List.of(target));
    names.addAll(features);
    List<Value> columns = new ArrayList<>();
    for (String name : names) {
      String setter = name.equals(target) ? "setTargetCol" : "setFeaturesCols";
      DataType type = ColumnTypes.require(schema, name, setter).dataType();
      boolean isText = type instanceof StringType;
      if (!isText && !(type instanceof NumericType) && !(type instanceof BooleanType)) {
        throw SparkErrors.columnType(name, "numbers or text", type);
      }
      columns.add(new Value(name, isText));
    }
    if (columns.getFirst().isText()) {
      throw SparkErrors.columnType(target, "numbers, to be forecast", DataTypes.StringType);
    }
    return new SeriesTable(series, time, TimeColumn.of(time, timeType), List.copyOf(columns));
  }

  /** The series as text, the time in milliseconds, the columns as double or text. */
  Dataset<Row> select(Dataset<?> dataset) {
    List<Column> selected = new ArrayList<>();
    selected.add(quoted(series).cast(DataTypes.StringType).as("s"));
    selected.add(times.toMillis(quoted(time)).as("t"));
    for (int i = 0; i < columns.size(); i++) {
      DataType type = columns.get(i).isText() ? DataTypes.StringType : DataTypes.DoubleType;
      selected.add(quoted(columns.get(i).name()).cast(type).as("c" + i));
    }
    return dataset.toDF().select(selected.toArray(Column[]::new));
  }

  /** A column by its name, whatever letters that has. */
  static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** An order in which no two rows that differ are equal: what is trained does not depend on it. */
  Column[] order() {
    List<Column> order = new ArrayList<>(List.of(functions.col("s"), functions.col("t")));
    for (int i = 0; i < columns.size(); i++) {
      order.add(functions.col("c" + i));
    }
    return order.toArray(Column[]::new);
  }

  /**
   * The rows of one series as a table.
   *
   * @param rows as {@link #select} gives them, in their order
   * @throws IllegalArgumentException when a time is missing or a number is infinite
   */
  Frame frame(List<Row> rows) {
    Frame.Builder frame = Frame.rows(rows.size());
    for (int i = 0; i < columns.size(); i++) {
      int at = TIME + 1 + i;
      if (columns.get(i).isText()) {
        frame.text(
            columns.get(i).name(),
            rows.stream().map(row -> row.isNullAt(at) ? "" : row.getString(at)).toList());
      } else {
        frame.numbers(
            columns.get(i).name(),
            rows.stream()
                .mapToDouble(row -> row.isNullAt(at) ? Double.NaN : row.getDouble(at))
                .toArray());
      }
    }
    long[] millis = new long[rows.size()];
    for (int i = 0; i < millis.length; i++) {
      if (rows.get(i).isNullAt(TIME)) {
        throw SparkErrors.noTime(time);
      }
      millis[i] = rows.get(i).getLong(TIME);
    }
    times.style().ifPresent(style -> frame.times(millis, style));
    return frame.build();
  }
}
