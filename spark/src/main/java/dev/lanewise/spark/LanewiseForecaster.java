package dev.lanewise.spark;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a model for each series of a table, as many at once as the cluster has cores.
 *
 * <pre>{@code
 * LanewiseForecaster forecaster = new LanewiseForecaster()
 *     .setSeriesCol("shop").setTimeCol("day").setTargetCol("sales")
 *     .setWindow(28).setHorizon(1, 7).setLayers("lstm:32,dense:7");
 * LanewiseForecasterModel model = forecaster.fit(rows);
 * model.series().show();                     // scores and failures
 * Dataset<Row> week = model.transform(rows); // seven rows a series
 * }</pre>
 *
 * <p>A model is that of {@link dev.lanewise.lstm.data.Forecaster}: it decides by the rows of its
 * series what is learned and how it is scaled. The rows of one series must fit in the memory of a
 * task. A series that cannot be trained does not stop the others; its row says why.
 *
 * <p><b>Bytes.</b> The model of a series is the same bytes for the same rows, settings and seed,
 * whatever the partitions, the executors and what was lost on the way.
 *
 * <p>As other steps of pipelines, an object is not for several threads while its settings change.
 */
public final class LanewiseForecaster extends Estimator<LanewiseForecasterModel>
    implements SeriesColumns<LanewiseForecaster>,
        ForecastSteps<LanewiseForecaster>,
        TrainingSettings<LanewiseForecaster>,
        MLWritable {
  private static final long serialVersionUID = 1L;

  /** Enough that a task which takes long leaves the others to the other cores. */
  private static final int TASKS_A_CORE = 4;

  private final String uid;

  /** One with the settings unset that name columns. */
  public LanewiseForecaster() {
    this(Identifiable.randomUID("lanewiseForecaster"));
  }

  /**
   * One with the settings unset that name columns.
   *
   * @param uid names the step in a pipeline
   */
  public LanewiseForecaster(String uid) {
    this.uid = uid;
    setDefault(window(), 30);
    setDefault(firstStep(), 1);
    setDefault(lastStep(), 1);
    setDefault(epochs(), 20);
    setDefault(batchSize(), 32);
    setDefault(learningRate(), 0.001);
    setDefault(testFraction(), 0.2);
    setDefault(seed(), 0L);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Trains the models. All are trained when it returns.
   *
   * @param dataset rows of all series, in any order
   * @return the models, with the scores and failures of all series
   * @throws IllegalArgumentException when a column is absent or of the wrong type, a setting does
   *     not fit, there is no row, or no series can be trained
   */
  @Override
  public LanewiseForecasterModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    TrainingPlan plan = TrainingPlan.of(this, dataset.schema());
    SparkSession spark = dataset.sparkSession();
    int tasks =
        isSet(partitions())
            ? getPartitions()
            : TASKS_A_CORE * spark.sparkContext().defaultParallelism();
    Dataset<Row> trained =
        plan.table()
            .select(dataset)
            .repartition(tasks, functions.col("s"))
            .sortWithinPartitions(plan.table().order())
            .mapPartitions(new SeriesTraining(plan), Encoders.row(TrainedSeries.SCHEMA));
    Dataset<Row> kept = isSet(modelsDir()) ? written(trained, spark) : onDisks(trained);
    check(kept);
    LanewiseForecasterModel model = new LanewiseForecasterModel(uid, kept);
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private Dataset<Row> written(Dataset<Row> trained, SparkSession spark) {
    trained.write().mode(SaveMode.Overwrite).parquet(getModelsDir());
    return spark.read().schema(TrainedSeries.SCHEMA).parquet(getModelsDir());
  }

  private static Dataset<Row> onDisks(Dataset<Row> trained) {
    return trained.persist(StorageLevel.DISK_ONLY());
  }

  /** Trains them where that is still to be done, and looks whether there is a model at all. */
  private void check(Dataset<Row> trained) {
    Row counts =
        trained
            .agg(
                functions.count(functions.lit(1)),
                functions.count(TrainedSeries.MODEL),
                functions.min(TrainedSeries.ERROR))
            .head();
    if (counts.getLong(0) == 0) {
      throw SparkErrors.noRows(getSeriesCol());
    }
    if (counts.getLong(1) == 0) {
      trained.unpersist();
      throw SparkErrors.noneTrained(counts.getLong(0), counts.getString(2));
    }
  }

  /**
   * The columns of the forecasts.
   *
   * @param schema of the rows
   * @return as {@link LanewiseForecasterModel#transformSchema} says
   * @throws IllegalArgumentException as {@link #fit} does
   */
  @Override
  public StructType transformSchema(StructType schema) {
    TrainingPlan plan = TrainingPlan.of(this, schema);
    return LanewiseForecasterModel.forecastColumns(schema, plan.table());
  }

  @Override
  public LanewiseForecaster copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }

  /**
   * Reads forecasters that {@link #write} saved.
   *
   * @return a reader
   */
  public static MLReader<LanewiseForecaster> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a forecaster that {@link #write} saved.
   *
   * @param path where to, as Spark has paths
   * @return the forecaster with its settings
   */
  public static LanewiseForecaster load(String path) {
    return read().load(path);
  }
}
