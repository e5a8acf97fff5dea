package dev.lanewise.spark;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with a model of Lanewise: a step of a Spark pipeline, for tables and for streams.
 *
 * <pre>{@code
 * LanewiseModel model = LanewiseModel.ofFile(Path.of("model.safetensors"))
 *     .setFeaturesCol("readings")      // array<array<float>>, a row a sequence, of any length
 *     .setOutputCol("forecast");       // array<float>
 * Dataset<Row> predicted = model.transform(rows);
 * }</pre>
 *
 * <p><b>Columns.</b> An input of sequences reads {@code array<array<float>>}, the numbers of each
 * step, of as many steps as each row has; or {@code array<float>} or a vector of MLlib, step after
 * step. An input of ids reads {@code array<int>}, one without a time axis {@code array<float>} or a
 * vector. Any numeric type will do, and is rounded to float32. An output is {@code array<float>},
 * or {@code array<array<float>>} where it has a time axis. All other columns and the order of the
 * rows of a partition stay.
 *
 * <p><b>Bits.</b> A row's prediction is that of a {@link dev.lanewise.lstm.Predictor} which is
 * given this row alone, whatever the partitions, the other rows and the number of threads.
 *
 * <p><b>Machines.</b> The model's bytes are broadcast once. Each executor makes one predictor of
 * them, which all its tasks share. A task has as many threads as {@code spark.task.cpus} says.
 *
 * <p>As other steps of pipelines, an object is not for several threads while its settings change.
 */
public final class LanewiseModel extends Model<LanewiseModel>
    implements ModelColumns<LanewiseModel>, ScoringSettings<LanewiseModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private byte @Nullable [] bytes;
  private transient @Nullable DriverModel known;
  private transient @Nullable Sent sent;

  /** A broadcast, which lives as long as its context. */
  private record Sent(SparkContext context, String hash, Broadcast<byte[]> model) {}

  /** One without a model, which {@link #setModelFile} names. */
  public LanewiseModel() {
    this(Identifiable.randomUID("lanewise"));
  }

  /**
   * One without a model, which {@link #setModelFile} names.
   *
   * @param uid names the step in a pipeline
   */
  public LanewiseModel(String uid) {
    this.uid = uid;
    setDefault(featuresCol(), "features");
    setDefault(outputCol(), "prediction");
    setDefault(batchRows(), 256);
    setDefault(weights(), "f32");
    setDefault(handleInvalid(), "error");
  }

  /**
   * A step that predicts with a model.
   *
   * @param model built. Copied: training it on changes nothing here
   * @return a new step
   * @throws IllegalStateException when it is not built
   */
  public static LanewiseModel of(dev.lanewise.lstm.Model model) {
    return of(model, Map.of());
  }

  private static LanewiseModel of(dev.lanewise.lstm.Model model, Map<String, String> metadata) {
    return new LanewiseModel().with(ModelBytes.of(ModelFile.contents(model, metadata)));
  }

  /**
   * A step that predicts with the model of a file.
   *
   * @param file of any format that {@link ModelReader} reads, on the driver's machine
   * @return a new step
   * @throws dev.lanewise.formats.FormatException when it cannot be read or holds no model
   */
  public static LanewiseModel ofFile(Path file) {
    ModelReader.Contents read = ModelReader.read(file);
    return of(read.model(), read.metadata());
  }

  LanewiseModel with(byte[] model) {
    bytes = model;
    known = null;
    return this;
  }

  /** The model, which is read when it is first asked for. */
  DriverModel known() {
    DriverModel present = known;
    if (present == null) {
      if (bytes == null) {
        String file = Settings.orNull(this, modelFile());
        if (file == null) {
          throw SparkErrors.noModel();
        }
        bytes = ofFile(Path.of(file)).bytes;
      }
      present = DriverModel.of(Objects.requireNonNull(bytes));
      known = present;
    }
    return present;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType given = dataset.schema();
    StructType schema = transformSchema(given);
    DriverModel model = known();
    Scoring scoring = new Scoring(ScoringPlan.of(this, given), broadcast(dataset, model));
    return dataset.toDF().mapPartitions(scoring, Encoders.row(schema));
  }

  /**
   * Predicts the steps of many sequences as they come, in a streaming query: each row is the next
   * step of its key's sequence, or the next few. What the model remembers of a key is kept in
   * Spark's state store, so it goes on after a restart, and on another machine. The query needs the
   * state store of RocksDB: {@code spark.sql.streaming.stateStore.providerClass}.
   *
   * @param dataset a streaming table
   * @param keyCol names the sequence of a row; values of any type are taken as text
   * @param orderCol says which of the rows of a micro-batch is earlier: a whole number, a date or a
   *     timestamp. Rows of earlier micro-batches came before, whatever it says
   * @return the columns of {@link #transformSchema}; a prediction is the bits of a {@link
   *     dev.lanewise.lstm.Predictor} that is given all steps of the key up to this row
   * @throws IllegalArgumentException as {@link #transform} does, and when the model takes or gives
   *     several tensors, or ids
   */
  public Dataset<Row> transformByKey(Dataset<?> dataset, String keyCol, String orderCol) {
    StructType given = dataset.schema();
    StructType schema = transformSchema(given);
    DriverModel model = known();
    ScoringPlan plan = ScoringPlan.of(this, given);
    if (plan.inputs().size() != 1
        || plan.outputs().size() != 1
        || plan.inputs().getFirst().kind() != InputColumn.Kind.SEQUENCES) {
      throw SparkErrors.notStreamed(
          String.join(", ", model.model().inputNames()), String.join(", ", plan.outputs()));
    }
    ColumnTypes.require(given, keyCol, "transformByKey");
    DataType orderType = ColumnTypes.require(given, orderCol, "transformByKey").dataType();
    if (!(orderType instanceof IntegralType || orderType instanceof DatetimeType)) {
      throw SparkErrors.columnType(orderCol, "a whole number, a date or a timestamp", orderType);
    }
    int key = given.fieldIndex(keyCol);
    MapFunction<Row, String> keyed =
        row -> {
          if (row.isNullAt(key)) {
            throw SparkErrors.noKey(keyCol);
          }
          return String.valueOf(row.get(key));
        };
    StreamScoring scoring =
        new StreamScoring(
            plan,
            broadcast(dataset, model),
            given.fieldIndex(orderCol),
            model.outputs().containsValue(true));
    return dataset
        .toDF()
        .groupByKey(keyed, Encoders.STRING())
        .transformWithState(scoring, TimeMode.None(), OutputMode.Append(), Encoders.row(schema));
  }

  private Broadcast<byte[]> broadcast(Dataset<?> dataset, DriverModel model) {
    SparkContext context = dataset.sparkSession().sparkContext();
    Sent present = sent;
    if (present == null || !present.context.equals(context) || !present.hash.equals(model.hash())) {
      Broadcast<byte[]> made = JavaSparkContext.fromSparkContext(context).broadcast(model.bytes());
      present = new Sent(context, model.hash(), made);
      sent = present;
    }
    return present.model;
  }

  /**
   * The columns after this step: those given, then one for each output.
   *
   * @param schema of the rows
   * @return with an array for each output, null where a row is kept that the model cannot take
   * @throws IllegalArgumentException when a column is absent, holds something else than the model
   *     takes, or has the name of an output
   * @throws IllegalStateException when there is no model
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ScoringPlan _ = ScoringPlan.of(this, schema);
    return OutputColumns.behind(schema, this);
  }

  @Override
  public LanewiseModel copy(ParamMap extra) {
    LanewiseModel copy = new LanewiseModel(uid);
    if (!extra.contains(modelFile())) { // which names another model
      copy.bytes = bytes;
      copy.known = known;
      copy.sent = sent;
    }
    copyValues(copy, extra);
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, known().bytes());
  }

  /**
   * Reads steps that {@link #write} saved.
   *
   * @return a reader
   */
  public static MLReader<LanewiseModel> read() {
    return new ModelStepReader();
  }

  /**
   * Reads a step that {@link #write} saved.
   *
   * @param path where to, as Spark has paths
   * @return the step, with its model and its settings
   * @throws IllegalArgumentException when there is none
   */
  public static LanewiseModel load(String path) {
    return read().load(path);
  }

  /**
   * The setting: a model file, on the driver's machine.
   *
   * @return the param
   */
  public Param<String> modelFile() {
    return new Param<>(this, "modelFile", "a model file, on the driver's machine");
  }

  /**
   * Says a model file, on the driver's machine.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getModelFile() {
    return getOrDefault(modelFile());
  }

  /**
   * Sets a model file, on the driver's machine.
   *
   * @param value a path to a file of any format that {@link ModelReader} reads; it is read when it
   *     is needed first
   * @return this
   */
  public LanewiseModel setModelFile(String value) {
    bytes = null;
    known = null;
    return Settings.set(this, modelFile(), value);
  }
}
