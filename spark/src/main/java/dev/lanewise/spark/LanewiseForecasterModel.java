package dev.lanewise.spark;

import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The models that a {@link LanewiseForecaster} has trained, one for each series.
 *
 * <p>As other steps of pipelines, an object is not for several threads while its settings change.
 */
public final class LanewiseForecasterModel extends Model<LanewiseForecasterModel>
    implements SeriesColumns<LanewiseForecasterModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private static final String STEP = "step";
  private static final String FORECAST = "forecast";
  private static final String ERROR = "error";

  private final String uid;
  private final transient Dataset<Row> models;

  LanewiseForecasterModel(String uid, Dataset<Row> models) {
    this.uid = uid;
    this.models = models;
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * What came of each series.
   *
   * @return a row a series: {@code series}, {@code rows}, {@code seed}; {@code test_mae} and {@code
   *     naive_mae}, the mean absolute errors of the model and of the last value, of the rows held
   *     back; {@code mase}, the scaled error; {@code error}, why there is no model; {@code model},
   *     a file of Lanewise, that {@link dev.lanewise.formats.ForecastFile} and the command line
   *     read
   */
  public Dataset<Row> series() {
    return models;
  }

  /**
   * Lets go of the models on the executors' disks, where they are not in a directory. They are
   * trained again if they are asked for.
   */
  public void unpersist() {
    models.unpersist();
  }

  /**
   * Forecasts the rows after the last one of each series.
   *
   * @param dataset rows of any of the series, in any order: at least as many of each as its model
   *     looks back on
   * @return as {@link #transformSchema} says; of a series without a forecast one row that says why
   * @throws IllegalArgumentException when a column is absent or of the wrong type
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    SeriesTable table = SeriesTable.of(this, schema);
    StructType columns = forecastColumns(schema, table);
    KeyValueGroupedDataset<String, Row> trained =
        models
            .select(TrainedSeries.SERIES, TrainedSeries.MODEL, TrainedSeries.ERROR)
            .groupByKey((MapFunction<Row, String>) SeriesForecasts::key, Encoders.STRING());
    KeyValueGroupedDataset<String, Row> rows =
        table
            .select(dataset)
            .groupByKey((MapFunction<Row, String>) SeriesForecasts::key, Encoders.STRING());
    return trained
        .cogroupSorted(
            rows,
            new Column[0],
            table.order(),
            new SeriesForecasts(table),
            Encoders.row(SeriesForecasts.SCHEMA))
        .select(
            functions.col("s").cast(columns.apply(table.series()).dataType()).as(table.series()),
            functions.col(STEP),
            table
                .times()
                .ofMillis(functions.col("t"), columns.apply(table.time()).dataType())
                .as(table.time()),
            functions.col(FORECAST),
            functions.col(ERROR));
  }

  /**
   * The columns of the forecasts.
   *
   * @param schema of the rows
   * @return the series and the time with their names and types, {@code step} rows after the last
   *     one, {@code forecast} in the target's units, {@code error}. The time is null where it is
   *     not known when a row comes
   * @throws IllegalArgumentException when a column is absent or of the wrong type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return forecastColumns(schema, SeriesTable.of(this, schema));
  }

  static StructType forecastColumns(StructType schema, SeriesTable table) {
    for (String name : List.of(STEP, FORECAST, ERROR)) {
      if (name.equals(table.series()) || name.equals(table.time())) {
        throw SparkErrors.reserved(name);
      }
    }
    StructType columns =
        new StructType()
            .add(table.series(), schema.apply(table.series()).dataType())
            .add(STEP, DataTypes.IntegerType);
    return columns
        .add(table.time(), schema.apply(table.time()).dataType())
        .add(FORECAST, DataTypes.DoubleType)
        .add(ERROR, DataTypes.StringType);
  }

  @Override
  public LanewiseForecasterModel copy(ParamMap extra) {
    LanewiseForecasterModel copy = new LanewiseForecasterModel(uid, models);
    copyValues(copy, extra);
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  @Override
  public MLWriter write() {
    return new ForecasterWriter(this, models);
  }

  /**
   * Reads models that {@link #write} saved.
   *
   * @return a reader
   */
  public static MLReader<LanewiseForecasterModel> read() {
    return new ForecasterReader();
  }

  /**
   * Reads models that {@link #write} saved.
   *
   * @param path where to, as Spark has paths
   * @return the models with the settings that they were trained with
   */
  public static LanewiseForecasterModel load(String path) {
    return read().load(path);
  }
}
