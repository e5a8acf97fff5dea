package dev.lanewise.spark;

import dev.lanewise.formats.LayerList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
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
import org.jspecify.annotations.Nullable;

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
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** Enough that a task which takes long leaves the others to the other cores. */
  private static final int TASKS_A_CORE = 4;

  private final String uid;
  private final Param<String> seriesCol;
  private final Param<String> timeCol;
  private final Param<String> targetCol;
  private final StringArrayParam featuresCols;
  private final IntParam window;
  private final IntParam firstStep;
  private final IntParam lastStep;
  private final Param<String> layers;
  private final IntParam epochs;
  private final IntParam batchSize;
  private final DoubleParam learningRate;
  private final DoubleParam testFraction;
  private final LongParam seed;
  private final IntParam partitions;
  private final Param<String> modelsDir;

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
    seriesCol = new Param<>(this, "seriesCol", "the column that names each row's series");
    timeCol = new Param<>(this, "timeCol", "the column that says when each row was");
    targetCol = new Param<>(this, "targetCol", "the column to forecast");
    featuresCols = new StringArrayParam(this, "featuresCols", "the columns to forecast from");
    window =
        new IntParam(this, "window", "how many rows a forecast looks back", ParamValidators.gt(0));
    firstStep = new IntParam(this, "firstStep", "the nearest row ahead that is forecast");
    lastStep = new IntParam(this, "lastStep", "the farthest row ahead that is forecast");
    layers = new Param<>(this, "layers", "the network, as LayerList reads it");
    epochs =
        new IntParam(
            this,
            "epochs",
            "how many passes over the windows a training takes",
            ParamValidators.gt(0));
    batchSize =
        new IntParam(this, "batchSize", "how many windows an update takes", ParamValidators.gt(0));
    learningRate =
        new DoubleParam(this, "learningRate", "the learning rate of Adam", ParamValidators.gt(0));
    testFraction =
        new DoubleParam(
            this,
            "testFraction",
            "which fraction of the rows, the latest, is held back to test on",
            ParamValidators.inRange(0, 1, true, false));
    seed = new LongParam(this, "seed", "what weights and shuffles are drawn from");
    partitions =
        new IntParam(
            this, "partitions", "over how many tasks the series are spread", ParamValidators.gt(0));
    modelsDir = new Param<>(this, "modelsDir", "where trained models are written, as Parquet");
    setDefault(window, 30);
    setDefault(firstStep, 1);
    setDefault(lastStep, 1);
    setDefault(epochs, 20);
    setDefault(batchSize, 32);
    setDefault(learningRate, 0.001);
    setDefault(testFraction, 0.2);
    setDefault(seed, 0L);
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
    TrainingPlan plan = plan(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    int tasks =
        isSet(partitions)
            ? getPartitions()
            : TASKS_A_CORE * spark.sparkContext().defaultParallelism();
    Dataset<Row> trained =
        plan.table()
            .select(dataset)
            .repartition(tasks, functions.col("s"))
            .sortWithinPartitions(plan.table().order())
            .mapPartitions(new SeriesTraining(plan), Encoders.row(TrainedSeries.SCHEMA));
    Dataset<Row> kept = isSet(modelsDir) ? written(trained, spark) : onDisks(trained);
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

  private TrainingPlan plan(StructType schema) {
    LanewiseForecasterModel.requireSet(this, seriesCol, "setSeriesCol");
    LanewiseForecasterModel.requireSet(this, timeCol, "setTimeCol");
    LanewiseForecasterModel.requireSet(this, targetCol, "setTargetCol");
    List<String> features =
        isSet(featuresCols) ? List.of(getFeaturesCols()) : List.of(getTargetCol());
    int first = (int) getOrDefault(firstStep);
    int last = (int) getOrDefault(lastStep);
    if (first < 1 || last < first) {
      throw SparkErrors.steps(first, last);
    }
    @Nullable String list = isSet(layers) ? getLayers() : null;
    if (list != null) {
      LayerList _ = LayerList.of(list); // refuses wrong words before anything is trained
    }
    return new TrainingPlan(
        SeriesTable.of(schema, getSeriesCol(), getTimeCol(), getTargetCol(), features),
        getTargetCol(),
        features,
        getWindow(),
        first,
        last,
        list,
        getEpochs(),
        getBatchSize(),
        getLearningRate(),
        getTestFraction(),
        getSeed());
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
    TrainingPlan plan = plan(schema);
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

  /**
   * Sets the one row ahead that is forecast.
   *
   * @param step 1 for the next row, or more
   * @return this
   */
  public LanewiseForecaster setHorizon(int step) {
    return setHorizon(step, step);
  }

  /**
   * Sets the rows ahead that are forecast, all at once.
   *
   * @param first the nearest, 1 for the next row, or more
   * @param last the farthest
   * @return this
   */
  public LanewiseForecaster setHorizon(int first, int last) {
    set(firstStep, first);
    set(lastStep, last);
    return this;
  }

  // Params, as pipelines and PySpark find them, then what sets and gets them.

  /**
   * The setting: the column that names each row's series.
   *
   * @return the param
   */
  public Param<String> seriesCol() {
    return seriesCol;
  }

  /**
   * Says the column that names each row's series.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getSeriesCol() {
    return getOrDefault(seriesCol);
  }

  /**
   * Sets the column that names each row's series.
   *
   * @param value its name; values of any type are taken as text
   * @return this
   */
  public LanewiseForecaster setSeriesCol(String value) {
    set(seriesCol, value);
    return this;
  }

  /**
   * The setting: the column that says when each row was.
   *
   * @return the param
   */
  public Param<String> timeCol() {
    return timeCol;
  }

  /**
   * Says the column that says when each row was.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getTimeCol() {
    return getOrDefault(timeCol);
  }

  /**
   * Sets the column that says when each row was.
   *
   * @param value its name: a date, a timestamp, or a whole number that says the order alone
   * @return this
   */
  public LanewiseForecaster setTimeCol(String value) {
    set(timeCol, value);
    return this;
  }

  /**
   * The setting: the column to forecast.
   *
   * @return the param
   */
  public Param<String> targetCol() {
    return targetCol;
  }

  /**
   * Says the column to forecast.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getTargetCol() {
    return getOrDefault(targetCol);
  }

  /**
   * Sets the column to forecast.
   *
   * @param value its name
   * @return this
   */
  public LanewiseForecaster setTargetCol(String value) {
    set(targetCol, value);
    return this;
  }

  /**
   * The setting: the columns to forecast from.
   *
   * @return the param
   */
  public StringArrayParam featuresCols() {
    return featuresCols;
  }

  /**
   * Says the columns to forecast from.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String[] getFeaturesCols() {
    return getOrDefault(featuresCols);
  }

  /**
   * Sets the columns to forecast from.
   *
   * @param value their names, numbers or text; the target alone unless set
   * @return this
   */
  public LanewiseForecaster setFeaturesCols(String[] value) {
    set(featuresCols, value);
    return this;
  }

  /**
   * The setting: how many rows a forecast looks back.
   *
   * @return the param
   */
  public IntParam window() {
    return window;
  }

  /**
   * Says how many rows a forecast looks back.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getWindow() {
    return (int) getOrDefault(window);
  }

  /**
   * Sets how many rows a forecast looks back.
   *
   * @param value 1 or more, 30 unless set
   * @return this
   */
  public LanewiseForecaster setWindow(int value) {
    set(window, value);
    return this;
  }

  /**
   * The setting: the nearest row ahead that is forecast.
   *
   * @return the param
   */
  public IntParam firstStep() {
    return firstStep;
  }

  /**
   * The setting: the farthest row ahead that is forecast.
   *
   * @return the param
   */
  public IntParam lastStep() {
    return lastStep;
  }

  /**
   * The setting: the network, as {@link LayerList} reads it.
   *
   * @return the param
   */
  public Param<String> layers() {
    return layers;
  }

  /**
   * Says the network, as {@link LayerList} reads it.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getLayers() {
    return getOrDefault(layers);
  }

  /**
   * Sets the network, as {@link LayerList} reads it.
   *
   * @param value such as {@code lstm:32,dense:1}; {@code lstm:64} and a dense layer unless set
   * @return this
   */
  public LanewiseForecaster setLayers(String value) {
    set(layers, value);
    return this;
  }

  /**
   * The setting: how many passes over the windows a training takes.
   *
   * @return the param
   */
  public IntParam epochs() {
    return epochs;
  }

  /**
   * Says how many passes over the windows a training takes.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getEpochs() {
    return (int) getOrDefault(epochs);
  }

  /**
   * Sets how many passes over the windows a training takes.
   *
   * @param value 1 or more, 20 unless set
   * @return this
   */
  public LanewiseForecaster setEpochs(int value) {
    set(epochs, value);
    return this;
  }

  /**
   * The setting: how many windows an update takes.
   *
   * @return the param
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Says how many windows an update takes.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getBatchSize() {
    return (int) getOrDefault(batchSize);
  }

  /**
   * Sets how many windows an update takes.
   *
   * @param value 1 or more, 32 unless set
   * @return this
   */
  public LanewiseForecaster setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /**
   * The setting: the learning rate of Adam.
   *
   * @return the param
   */
  public DoubleParam learningRate() {
    return learningRate;
  }

  /**
   * Says the learning rate of Adam.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public double getLearningRate() {
    return (double) getOrDefault(learningRate);
  }

  /**
   * Sets the learning rate of Adam.
   *
   * @param value above 0, 0.001 unless set
   * @return this
   */
  public LanewiseForecaster setLearningRate(double value) {
    set(learningRate, value);
    return this;
  }

  /**
   * The setting: which fraction of the rows, the latest, is held back to test on.
   *
   * @return the param
   */
  public DoubleParam testFraction() {
    return testFraction;
  }

  /**
   * Says which fraction of the rows, the latest, is held back to test on.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public double getTestFraction() {
    return (double) getOrDefault(testFraction);
  }

  /**
   * Sets which fraction of the rows, the latest, is held back to test on.
   *
   * @param value from 0, where all are trained on, to below 1; 0.2 unless set
   * @return this
   */
  public LanewiseForecaster setTestFraction(double value) {
    set(testFraction, value);
    return this;
  }

  /**
   * The setting: what weights and shuffles are drawn from.
   *
   * @return the param
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * Says what weights and shuffles are drawn from.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public long getSeed() {
    return (long) getOrDefault(seed);
  }

  /**
   * Sets what weights and shuffles are drawn from.
   *
   * @param value any number; each series has a seed of its own, made of this one and its name
   * @return this
   */
  public LanewiseForecaster setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * The setting: over how many tasks the series are spread.
   *
   * @return the param
   */
  public IntParam partitions() {
    return partitions;
  }

  /**
   * Says over how many tasks the series are spread.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getPartitions() {
    return (int) getOrDefault(partitions);
  }

  /**
   * Sets over how many tasks the series are spread.
   *
   * @param value 1 or more; four for each core of the cluster unless set. Models do not depend on
   *     it
   * @return this
   */
  public LanewiseForecaster setPartitions(int value) {
    set(partitions, value);
    return this;
  }

  /**
   * The setting: where trained models are written, as Parquet.
   *
   * @return the param
   */
  public Param<String> modelsDir() {
    return modelsDir;
  }

  /**
   * Says where trained models are written, as Parquet.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getModelsDir() {
    return getOrDefault(modelsDir);
  }

  /**
   * Sets where trained models are written, as Parquet.
   *
   * @param value a path that all machines reach, overwritten; unless set, each stays on the disk of
   *     the executor that trained it, and is trained again where that is lost
   * @return this
   */
  public LanewiseForecaster setModelsDir(String value) {
    set(modelsDir, value);
    return this;
  }
}
