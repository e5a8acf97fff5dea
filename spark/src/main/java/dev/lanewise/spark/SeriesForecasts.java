package dev.lanewise.spark;

import dev.lanewise.formats.ForecastFile;
import dev.lanewise.lstm.data.Forecast;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Forecasts a series by its model. */
final class SeriesForecasts implements CoGroupFunction<String, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The series, the step, milliseconds, the forecast, and what went wrong. */
  static final StructType SCHEMA =
      new StructType()
          .add("s", DataTypes.StringType)
          .add("step", DataTypes.IntegerType)
          .add("t", DataTypes.LongType)
          .add("forecast", DataTypes.DoubleType)
          .add("error", DataTypes.StringType);

  private final SeriesTable table;

  SeriesForecasts(SeriesTable table) {
    this.table = table;
  }

  /** What rows of one series share; no series has the key of those without a name. */
  static String key(Row row) {
    return row.isNullAt(SeriesTable.SERIES) ? "" : "=" + row.getString(SeriesTable.SERIES);
  }

  @Override
  public Iterator<Row> call(String key, Iterator<Row> models, Iterator<Row> rows) {
    List<Row> latest = new ArrayList<>();
    rows.forEachRemaining(latest::add);
    if (latest.isEmpty()) {
      return latest.iterator();
    }
    @Nullable String name = key.isEmpty() ? null : key.substring(1);
    if (name == null) {
      return failed(null, SparkErrors.noSeries(table.series()));
    }
    if (!models.hasNext()) {
      return failed(name, SparkErrors.neverTrained());
    }
    Row model = models.next();
    if (model.isNullAt(1)) {
      return failed(name, SparkErrors.notTrained(model.getString(2)));
    }
    try {
      return forecasts(name, (byte[]) model.get(1), latest);
    } catch (IllegalArgumentException e) {
      if (TaskContext.get().isInterrupted()) {
        throw e;
      }
      return failed(name, e);
    }
  }

  private Iterator<Row> forecasts(String name, byte[] model, List<Row> rows) {
    ForecastFile file = ModelBytes.read(model, ForecastFile::load);
    List<Row> found = new ArrayList<>();
    for (Forecast each : file.model().forecast(table.frame(rows))) {
      Long millis = each.time().isPresent() ? each.time().getAsLong() : null;
      found.add(row(name, each.step(), millis, each.value(), null));
    }
    return found.iterator();
  }

  private static Iterator<Row> failed(@Nullable String name, IllegalArgumentException e) {
    return List.of(row(name, null, null, null, String.valueOf(e.getMessage()))).iterator();
  }

  private static Row row(@Nullable Object... values) {
    return RowFactory.create(values);
  }
}
