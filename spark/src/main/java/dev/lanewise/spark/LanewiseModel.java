package dev.lanewise.spark;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Value;
import dev.lanewise.spark.ScoringPlan.OnInvalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
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
public final class LanewiseModel extends Model<LanewiseModel> implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final List<String> WEIGHTS = List.of("f32", "bf16", "int8");
  private static final List<String> ON_INVALID = List.of("error", "skip", "keep");

  private final String uid;
  private final Param<String> modelFile;
  private final Param<String> featuresCol;
  private final StringArrayParam featuresCols;
  private final Param<String> outputCol;
  private final StringArrayParam outputCols;
  private final Param<String> lengthsCol;
  private final Param<String> idCol;
  private final IntParam featureCount;
  private final IntParam batchRows;
  private final Param<String> weights;
  private final Param<String> handleInvalid;

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
    modelFile = new Param<>(this, "modelFile", "a model file, on the driver's machine");
    featuresCol = new Param<>(this, "featuresCol", "the column that the model's one input reads");
    featuresCols =
        new StringArrayParam(this, "featuresCols", "a column for each of the model's inputs");
    outputCol = new Param<>(this, "outputCol", "the column for the predictions");
    outputCols = new StringArrayParam(this, "outputCols", "a column for each of the outputs");
    lengthsCol =
        new Param<>(this, "lengthsCol", "the column that says how many steps of a row are real");
    idCol = new Param<>(this, "idCol", "the column that names a row in errors");
    featureCount =
        new IntParam(this, "featureCount", "numbers a step of an array that is not nested");
    batchRows = new IntParam(this, "batchRows", "rows a call, at most", ParamValidators.gt(0));
    weights =
        new Param<>(
            this, "weights", "f32, bf16 or int8: what the weights are rounded to", oneOf(WEIGHTS));
    handleInvalid =
        new Param<>(
            this,
            "handleInvalid",
            "error, skip or keep: what becomes of a row that the model cannot take",
            oneOf(ON_INVALID));
    setDefault(featuresCol, "features");
    setDefault(outputCol, "prediction");
    setDefault(batchRows, 256);
    setDefault(weights, WEIGHTS.getFirst());
    setDefault(handleInvalid, ON_INVALID.getFirst());
  }

  private static scala.Function1<String, Object> oneOf(List<String> words) {
    return ParamValidators.inArray(words);
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
        String file = get(modelFile).getOrElse(() -> null);
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
    Scoring scoring = new Scoring(plan(given), broadcast(dataset, model));
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
    ScoringPlan plan = plan(given);
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

  /** How rows of these columns become predictions. */
  ScoringPlan plan(StructType schema) {
    DriverModel model = known();
    String lengths = optional(lengthsCol);
    String id = optional(idCol);
    return new ScoringPlan(
        inputs(schema, model),
        List.copyOf(model.outputs().keySet()),
        lengths,
        lengths == null ? -1 : schema.fieldIndex(lengths),
        id,
        id == null ? -1 : schema.fieldIndex(id),
        getBatchRows(),
        OnInvalid.valueOf(getHandleInvalid().toUpperCase(Locale.ROOT)),
        StepByStep.takes(model.model()),
        model.hash(),
        weightFormat());
  }

  private WeightFormat weightFormat() {
    return switch (getWeights()) {
      case "bf16" -> WeightFormat.BFLOAT16;
      case "int8" -> WeightFormat.INT8;
      default -> WeightFormat.FLOAT32;
    };
  }

  private @Nullable String optional(Param<String> param) {
    return isSet(param) ? getOrDefault(param) : null;
  }

  private List<InputColumn> inputs(StructType schema, DriverModel model) {
    List<Value> inputs = model.model().inputs();
    List<String> columns = inputColumns(model);
    if (columns.size() != inputs.size()) {
      throw SparkErrors.inputCount(columns.size(), model.model().inputNames());
    }
    int width = isSet(featureCount) ? getFeatureCount() : 0;
    List<InputColumn> found = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      found.add(InputColumn.of(schema, inputs.get(i), columns.get(i), width));
    }
    return List.copyOf(found);
  }

  /** Those given; else for several inputs those of their names. */
  private List<String> inputColumns(DriverModel model) {
    if (isSet(featuresCols)) {
      return List.of(getFeaturesCols());
    }
    List<String> names = model.model().inputNames();
    return names.size() == 1 ? List.of(getFeaturesCol()) : names;
  }

  /** Those given; else for several outputs their names behind the one given. */
  private List<String> outputColumns(DriverModel model) {
    if (isSet(outputCols)) {
      return List.of(getOutputCols());
    }
    List<String> names = List.copyOf(model.outputs().keySet());
    return names.size() == 1
        ? List.of(getOutputCol())
        : names.stream().map(name -> getOutputCol() + "_" + name).toList();
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
    DriverModel model = known();
    List<InputColumn> _ = inputs(schema, model);
    String lengths = optional(lengthsCol);
    if (lengths != null) {
      DataType type = ColumnTypes.require(schema, lengths, "setLengthsCol").dataType();
      if (!(type instanceof IntegralType)) {
        throw SparkErrors.columnType(lengths, "int, steps of each row", type);
      }
    }
    String id = optional(idCol);
    if (id != null) {
      ColumnTypes.require(schema, id, "setIdCol");
    }
    List<String> columns = outputColumns(model);
    if (columns.size() != model.outputs().size()) {
      throw SparkErrors.outputCount(columns.size(), List.copyOf(model.outputs().keySet()));
    }
    ArrayType numbers = DataTypes.createArrayType(DataTypes.FloatType, false);
    StructType after = schema;
    int output = 0;
    for (boolean timed : model.outputs().values()) {
      String column = columns.get(output++);
      ColumnTypes.requireFree(after, column, "setOutputCol");
      after = after.add(column, timed ? DataTypes.createArrayType(numbers, false) : numbers, true);
    }
    return after;
  }

  @Override
  public LanewiseModel copy(ParamMap extra) {
    LanewiseModel copy = new LanewiseModel(uid);
    copy.bytes = bytes;
    copy.known = known;
    copy.sent = sent;
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

  // Params, as pipelines and PySpark find them, then what sets and gets them.

  /**
   * The setting: a model file, on the driver's machine.
   *
   * @return the param
   */
  public Param<String> modelFile() {
    return modelFile;
  }

  /**
   * Says a model file, on the driver's machine.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getModelFile() {
    return getOrDefault(modelFile);
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
    set(modelFile, value);
    return this;
  }

  /**
   * The setting: the column that the model's one input reads.
   *
   * @return the param
   */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /**
   * Says the column that the model's one input reads.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getFeaturesCol() {
    return getOrDefault(featuresCol);
  }

  /**
   * Sets the column that the model's one input reads.
   *
   * @param value its name; {@code features} unless set
   * @return this
   */
  public LanewiseModel setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /**
   * The setting: a column for each of the model's inputs.
   *
   * @return the param
   */
  public StringArrayParam featuresCols() {
    return featuresCols;
  }

  /**
   * Says a column for each of the model's inputs.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String[] getFeaturesCols() {
    return getOrDefault(featuresCols);
  }

  /**
   * Sets a column for each of the model's inputs.
   *
   * @param value their names, in the order of the inputs; the inputs' own names unless set
   * @return this
   */
  public LanewiseModel setFeaturesCols(String[] value) {
    set(featuresCols, value);
    return this;
  }

  /**
   * The setting: the column for the predictions.
   *
   * @return the param
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Says the column for the predictions.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getOutputCol() {
    return getOrDefault(outputCol);
  }

  /**
   * Sets the column for the predictions.
   *
   * @param value its name, {@code prediction} unless set; of several outputs what their names begin
   *     with
   * @return this
   */
  public LanewiseModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * The setting: a column for each of the outputs.
   *
   * @return the param
   */
  public StringArrayParam outputCols() {
    return outputCols;
  }

  /**
   * Says a column for each of the outputs.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String[] getOutputCols() {
    return getOrDefault(outputCols);
  }

  /**
   * Sets a column for each of the outputs.
   *
   * @param value their names, in the order of the outputs
   * @return this
   */
  public LanewiseModel setOutputCols(String[] value) {
    set(outputCols, value);
    return this;
  }

  /**
   * The setting: the column that says how many steps of a row are real.
   *
   * @return the param
   */
  public Param<String> lengthsCol() {
    return lengthsCol;
  }

  /**
   * Says the column that says how many steps of a row are real.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getLengthsCol() {
    return getOrDefault(lengthsCol);
  }

  /**
   * Sets the column that says how many steps of a row are real.
   *
   * @param value its name; all steps are unless set
   * @return this
   */
  public LanewiseModel setLengthsCol(String value) {
    set(lengthsCol, value);
    return this;
  }

  /**
   * The setting: the column that names a row in errors.
   *
   * @return the param
   */
  public Param<String> idCol() {
    return idCol;
  }

  /**
   * Says the column that names a row in errors.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getIdCol() {
    return getOrDefault(idCol);
  }

  /**
   * Sets the column that names a row in errors.
   *
   * @param value its name; rows are counted unless set
   * @return this
   */
  public LanewiseModel setIdCol(String value) {
    set(idCol, value);
    return this;
  }

  /**
   * The setting: how many numbers a step of an array has that is not nested.
   *
   * @return the param
   */
  public IntParam featureCount() {
    return featureCount;
  }

  /**
   * Says how many numbers a step of an array has that is not nested.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getFeatureCount() {
    return (int) getOrDefault(featureCount);
  }

  /**
   * Sets how many numbers a step of an array has that is not nested.
   *
   * @param value the number, which is held against the model
   * @return this
   */
  public LanewiseModel setFeatureCount(int value) {
    set(featureCount, value);
    return this;
  }

  /**
   * The setting: how many rows a call of the model takes at most.
   *
   * @return the param
   */
  public IntParam batchRows() {
    return batchRows;
  }

  /**
   * Says how many rows a call of the model takes at most.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public int getBatchRows() {
    return (int) getOrDefault(batchRows);
  }

  /**
   * Sets how many rows a call of the model takes at most.
   *
   * @param value 1 or more, 256 unless set; predictions do not depend on it
   * @return this
   */
  public LanewiseModel setBatchRows(int value) {
    set(batchRows, value);
    return this;
  }

  /**
   * The setting: what the weights are rounded to.
   *
   * @return the param
   */
  public Param<String> weights() {
    return weights;
  }

  /**
   * Says what the weights are rounded to.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getWeights() {
    return getOrDefault(weights);
  }

  /**
   * Sets what the weights are rounded to.
   *
   * @param value {@code f32}, {@code bf16} or {@code int8}, as {@link WeightFormat} has them
   * @return this
   */
  public LanewiseModel setWeights(String value) {
    set(weights, value);
    return this;
  }

  /**
   * The setting: what becomes of a row that the model cannot take.
   *
   * @return the param
   */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /**
   * Says what becomes of a row that the model cannot take.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  public String getHandleInvalid() {
    return getOrDefault(handleInvalid);
  }

  /**
   * Sets what becomes of a row that the model cannot take.
   *
   * @param value {@code error}, {@code skip} to leave it out, {@code keep} for null
   * @return this
   */
  public LanewiseModel setHandleInvalid(String value) {
    set(handleInvalid, value);
    return this;
  }
}
