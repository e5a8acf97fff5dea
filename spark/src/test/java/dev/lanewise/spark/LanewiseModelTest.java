package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanewiseModelTest {
  private static final SparkSession SPARK = Sessions.local();

  @TempDir private Path directory;

  private static Sequential small() {
    return Sequential.of(Lstm.of(5), Dense.of(2)).build(3, 7);
  }

  private static void assertAlone(SequenceRows rows, Model model, Dataset<Row> predicted) {
    Predictor predictor = model.predictor(PredictorOptions.builder().threads(1).build());
    assertAlone(rows, predictor, predicted);
  }

  private static void assertAlone(SequenceRows rows, Predictor predictor, Dataset<Row> predicted) {
    List<Row> found = predicted.collectAsList();
    assertEquals(rows.count(), found.size());
    for (Row row : found) {
      long id = row.getAs("id");
      assertEquals(
          rows.alone(predictor, id),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))),
          "row " + id);
    }
  }

  /** Chains that walk over the real steps, and models of which a batch has one length. */
  private static Model model(String name) {
    return switch (name) {
      case "lstm" -> small();
      case "steps" ->
          Sequential.of(Lstm.builder(5).returnSequences(true).build(), Dense.of(2)).build(3, 7);
      case "both" ->
          Sequential.of(
                  Bidirectional.of(Lstm.builder(4).returnSequences(true).build()),
                  Bidirectional.of(Gru.of(3)),
                  Dense.of(1))
              .build(3, 7);
      case "conv" ->
          Sequential.of(Conv1d.of(4, 2), GlobalMaxPooling1d.of(), Dense.of(2)).build(3, 7);
      case "graph" -> {
        Value x = Input.sequences("x", 3);
        yield Model.of(x, Concatenate.of().apply(Lstm.of(3).apply(x), Gru.of(2).apply(x))).build(7);
      }
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "steps", "both", "conv", "graph"})
  void eachRowHasTheBitsThatItHasAlone(String name) {
    SequenceRows rows = new SequenceRows(203, 2, 11, 3);
    Model model = model(name);
    LanewiseModel step = LanewiseModel.of(model).setBatchRows(16);
    assertAlone(rows, model, step.transform(rows.dataset(SPARK, 3)));
    assertEquals(
        name.equals("lstm") || name.equals("steps") || name.equals("both"),
        StepByStep.takes(model));
  }

  @Test
  void keepsTheOrderOfRowsAndTheirColumns() {
    SequenceRows rows = new SequenceRows(500, 1, 9, 3);
    Dataset<Row> given = rows.dataset(SPARK, 1).sortWithinPartitions("id");
    List<Row> found = LanewiseModel.of(small()).setBatchRows(8).transform(given).collectAsList();
    for (int i = 0; i < found.size(); i++) {
      assertEquals((long) i, found.get(i).getLong(0));
      assertEquals(rows.get(i).length, ((scala.collection.Seq<?>) found.get(i).get(1)).length());
    }
  }

  @Test
  void anyNumericTypeFlatOrNestedGivesTheSame() {
    SequenceRows rows = new SequenceRows(40, 1, 6, 3);
    Dataset<Row> given = rows.dataset(SPARK, 2);
    LanewiseModel step = LanewiseModel.of(small()).setFeatureCount(3);
    for (String made :
        List.of(
            "cast(features as array<array<double>>)",
            "flatten(features)",
            "cast(flatten(features) as array<double>)")) {
      assertAlone(rows, small(), step.transform(given.selectExpr("id", made + " as features")));
    }
  }

  @Test
  void whatVectorAssemblerMakesIsTaken() {
    Dataset<Row> given =
        SPARK.range(10).selectExpr("id", "id / 10 as a", "1 - id / 7 as b", "0.5 as c");
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"a", "b", "c"}).setOutputCol("features");
    for (Row row :
        LanewiseModel.of(small()).transform(assembler.transform(given)).collectAsList()) {
      double id = row.getLong(0);
      Tensor x = Tensor.of(new float[] {(float) (id / 10), (float) (1 - id / 7), 0.5f}, 1, 1, 3);
      assertEquals(
          SequenceRows.bits(small().predict(x).toArray()),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))));
    }
  }

  /** What lies behind them, as padding does, may be anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "transform(features, (x, i) -> if(i < n, x, array(float('NaN'))))",
        "transform(flatten(features), (x, i) -> if(i < 3 * n, x, float('NaN')))"
      })
  void lengthsSayWhichStepsAreReal(String padded) {
    SequenceRows rows = new SequenceRows(50, 4, 4, 3);
    Dataset<Row> given =
        rows.dataset(SPARK, 2)
            .selectExpr("id", "features", "int(id % 4 + 1) as n")
            .selectExpr("id", padded + " as features", "n");
    LanewiseModel step = LanewiseModel.of(small()).setLengthsCol("n");
    for (Row row : step.transform(given).collectAsList()) {
      long id = row.getAs("id");
      int length = row.getAs("n");
      float[][] real = Arrays.copyOf(rows.get(id), length);
      Tensor x = Tensor.of(SequenceRows.flat(real), 1, length, 3);
      assertEquals(
          SequenceRows.bits(small().predict(x).toArray()),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))));
    }
    String said = failure(step.transform(given.withColumn("n", functions.lit(5))));
    assertTrue(said.contains("column \"features\": expected 5 steps or more, got 4."), said);
  }

  @Test
  void readsIds() {
    Sequential model = Sequential.of(Embedding.of(9, 4), Lstm.of(3)).build(1);
    Dataset<Row> given = SPARK.range(30).selectExpr("id", "sequence(0L, id % 8) as features");
    for (Row row : LanewiseModel.of(model).transform(given).collectAsList()) {
      int length = (int) (row.getLong(0) % 8) + 1;
      float[] ids = new float[length];
      for (int i = 0; i < length; i++) {
        ids[i] = i;
      }
      assertEquals(
          SequenceRows.bits(model.predict(Tensor.of(ids, 1, length)).toArray()),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))));
    }
    Dataset<Row> wrong = SPARK.range(1).selectExpr("id", "array(1, 9) as features");
    String said = failure(LanewiseModel.of(model).setIdCol("id").transform(wrong));
    assertTrue(said.contains("the row whose \"id\" is 0, ") && said.contains("9"), said);
  }

  @Test
  void severalInputsAndOutputsHaveColumnsOfTheirNames() {
    Value past = Input.sequences("past", 2);
    Value shop = Input.rows("shop", 3);
    Value both = Concatenate.of().apply(Lstm.of(4).apply(past), shop);
    Model model =
        Model.of(
                List.of(past, shop),
                List.of(
                    Dense.of(2).apply(both).named("sales"), Dense.of(1).apply(both).named("stock")))
            .build(3);
    Dataset<Row> given =
        SPARK
            .range(20)
            .selectExpr(
                "id",
                "transform(sequence(0L, id % 5), i -> array(i / 5, id / 20)) as past",
                "array(id / 20, 1, 0) as shop");
    LanewiseModel step = LanewiseModel.of(model);
    LanewiseModel renamed =
        step.copy(new ParamMap())
            .setFeaturesCols(new String[] {"then", "where"})
            .setOutputCols(new String[] {"sold", "left"});
    Dataset<Row> others =
        given.withColumnRenamed("past", "then").withColumnRenamed("shop", "where");
    Map<Long, Row> byId = new HashMap<>();
    renamed.transform(others).collectAsList().forEach(row -> byId.put(row.getAs("id"), row));
    List<Row> found = step.transform(given).collectAsList();
    assertEquals(20, found.size());
    for (Row row : found) {
      long id = row.getAs("id");
      assertEquals(row.<Object>getAs("prediction_sales"), byId.get(id).<Object>getAs("sold"));
      assertEquals(row.<Object>getAs("prediction_stock"), byId.get(id).<Object>getAs("left"));
      int steps = (int) (id % 5) + 1;
      float[] x = new float[2 * steps];
      for (int i = 0; i < steps; i++) {
        x[2 * i] = (float) (i / 5.0);
        x[2 * i + 1] = (float) (id / 20.0);
      }
      Map<String, Tensor> y =
          model.predict(
              Map.of(
                  "past",
                  Tensor.of(x, 1, steps, 2),
                  "shop",
                  Tensor.of(new float[] {(float) (id / 20.0), 1, 0}, 1, 3)));
      for (String output : List.of("sales", "stock")) {
        assertEquals(
            SequenceRows.bits(y.get(output).toArray()),
            SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction_" + output))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bf16", "int8"})
  void narrowWeightsAreThoseOfThePredictor(String weights) {
    SequenceRows rows = new SequenceRows(30, 2, 5, 3);
    WeightFormat format = weights.equals("int8") ? WeightFormat.INT8 : WeightFormat.BFLOAT16;
    Predictor predictor = small().predictor(PredictorOptions.builder().weights(format).build());
    LanewiseModel step = LanewiseModel.of(small()).setWeights(weights);
    assertAlone(rows, predictor, step.transform(rows.dataset(SPARK, 2)));
  }

  @Test
  void savesAndLoadsInAPipeline() throws Exception {
    SequenceRows rows = new SequenceRows(60, 1, 7, 3);
    LanewiseModel step = LanewiseModel.of(small()).setBatchRows(32).setIdCol("id");
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {step}).fit(rows.dataset(SPARK, 2));
    String path = directory.resolve("pipeline").toString();
    fitted.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertAlone(rows, small(), loaded.transform(rows.dataset(SPARK, 2)));
    LanewiseModel read = assertInstanceOf(LanewiseModel.class, loaded.stages()[0]);
    assertEquals(step.uid(), read.uid());
    assertEquals(32, read.getBatchRows());
    assertEquals("id", read.getIdCol());
  }

  @Test
  void readsTheFileThatASettingNames() {
    Path file = directory.resolve("m.safetensors");
    ModelFile.save(small(), file);
    SequenceRows rows = new SequenceRows(10, 1, 7, 3);
    LanewiseModel step = new LanewiseModel("named").setModelFile(file.toString());
    assertAlone(rows, small(), step.transform(rows.dataset(SPARK, 1)));
    assertAlone(rows, small(), LanewiseModel.ofFile(file).transform(rows.dataset(SPARK, 1)));
    LanewiseModel other = LanewiseModel.of(Sequential.of(Lstm.of(2)).build(3, 1));
    ParamMap named = new ParamMap().put(other.modelFile(), file.toString());
    assertAlone(rows, small(), other.transform(rows.dataset(SPARK, 1), named));
    String said =
        assertThrows(
                IllegalStateException.class,
                () -> new LanewiseModel().transformSchema(SequenceRows.SCHEMA))
            .getMessage();
    assertEquals(
        "LanewiseModel has no model: make it with LanewiseModel.ofFile(..) or of(..), or call setModelFile(..)",
        said);
  }

  @Test
  void sparkConnectFindsIt() {
    assertTrue(
        ServiceLoader.load(Transformer.class).stream()
            .anyMatch(each -> each.type() == LanewiseModel.class));
  }

  @Test
  void predictsAStream() throws Exception {
    Dataset<Row> source =
        SPARK
            .readStream()
            .format("rate-micro-batch")
            .option("rowsPerBatch", 40)
            .option("numPartitions", 2)
            .load()
            .selectExpr(
                "value as id",
                "transform(sequence(0L, value % 6), i -> array(float(i / 6), float(value / 100), 1f)) as features");
    StreamingQuery query =
        LanewiseModel.of(small())
            .transform(source)
            .writeStream()
            .format("memory")
            .queryName("predicted")
            .start();
    long end = System.nanoTime() + 60_000_000_000L;
    while (SPARK.table("predicted").count() < 120 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    query.stop();
    List<Row> found = SPARK.table("predicted").collectAsList();
    assertTrue(found.size() >= 120, () -> found.size() + " rows");
    for (Row row : found) {
      long id = row.getAs("id");
      int steps = (int) (id % 6) + 1;
      float[] x = new float[3 * steps];
      for (int i = 0; i < steps; i++) {
        x[3 * i] = (float) (i / 6.0);
        x[3 * i + 1] = (float) (id / 100.0);
        x[3 * i + 2] = 1;
      }
      assertEquals(
          SequenceRows.bits(small().predict(Tensor.of(x, 1, steps, 3)).toArray()),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))));
    }
  }

  @Test
  void oneModelIsReadOnceAndLetGo() {
    SequenceRows rows = new SequenceRows(10, 1, 7, 3);
    for (int seed = 0; seed < 7; seed++) {
      Sequential model = Sequential.of(Lstm.of(2)).build(3, seed);
      assertEquals(
          10, LanewiseModel.of(model).transform(rows.dataset(SPARK, 4)).collectAsList().size());
    }
    assertEquals(PredictorCache.IDLE, PredictorCache.size());
  }

  private static String failure(Dataset<Row> predicted) {
    Throwable e = assertThrows(Exception.class, predicted::collectAsList);
    StringBuilder all = new StringBuilder();
    for (Throwable at = e; at != null; at = at.getCause()) {
      all.append(at.getMessage()).append('\n');
    }
    return all.toString();
  }

  /** A row that is no sequence of the model's, and what is said of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(null as array<array<float>>) | expected steps of 3 numbers, got null",
        "cast(array() as array<array<float>>) | expected a step or more, got an empty sequence",
        "array(array(1f, 2f, 3f), array(1f, 2f)) | expected 3 numbers a step, got 2 in step 1",
        "array(array(1f, 2f, 3f), cast(null as array<float>)) | expected 3 numbers a step, got null in step 1",
        "array(array(1f, float('NaN'), 3f)) | expected finite float32 numbers, got NaN as step 0, number 1",
        "array(array(1d, 1e39, 3d)) | expected finite float32 numbers, got 1.0E39 as step 0, number 1",
        "array(array(1f, 2f, cast(null as float))) | expected numbers, got null as step 0, number 2",
        "array(1f, 2f, 3f, 4f) | expected 3 numbers a step, got 4, no multiple of it",
      })
  void namesTheRowThatItCannotTake(String line) {
    String[] parts = line.split(" \\| ", -1);
    String features =
        parts[0].contains("array(1f, 2f, 3f, 4f)") ? "array(1f, 2f, 3f)" : "array(array(1, 2, 3))";
    Dataset<Row> given =
        SPARK
            .range(0, 5, 1, 1)
            .selectExpr("id", "if(id = 3, " + parts[0] + ", " + features + ") as features");
    LanewiseModel step = LanewiseModel.of(small());
    String expected =
        ", column \"features\": "
            + parts[1]
            + ". handleInvalid \"skip\" leaves such rows out, \"keep\" gives null";
    String said = failure(step.transform(given));
    assertTrue(said.contains("LanewiseModel: row 3 of partition 0" + expected), said);
    said = failure(step.copy(new ParamMap()).setIdCol("id").transform(given));
    assertTrue(said.contains("LanewiseModel: the row whose \"id\" is 3" + expected), said);
    assertEquals(4, step.setHandleInvalid("skip").transform(given).collectAsList().size());
    List<Row> kept = step.setHandleInvalid("keep").transform(given).collectAsList();
    assertEquals(5, kept.size());
    assertNull(kept.get(3).getAs("prediction"));
    assertEquals(2, SequenceRows.numbers(kept.get(4).getAs("prediction")).length);
  }

  @Test
  void aRowThatTheModelItselfRefusesIsNamedToo() {
    Sequential model = Sequential.of(Conv1d.of(4, 3), GlobalMaxPooling1d.of()).build(3, 7);
    Dataset<Row> given =
        SPARK
            .range(0, 8, 1, 1)
            .selectExpr("id", "array_repeat(array(1, 2, 3), if(id = 5, 2, 4)) as features");
    String said = failure(LanewiseModel.of(model).transform(given));
    assertTrue(said.contains("LanewiseModel: row 5 of partition 0, "), said);
    assertEquals(7, LanewiseModel.of(model).setHandleInvalid("skip").transform(given).count());
  }

  @Test
  void fixedTimestepsAreHeldAgainstTheRow() {
    Sequential model =
        Sequential.of(Lstm.builder(3).returnSequences(true).build(), Flatten.of(), Dense.of(1))
            .build(4, 3, 7);
    Dataset<Row> given =
        SPARK
            .range(0, 2, 1, 1)
            .selectExpr("id", "array_repeat(array(1, 2, 3), int(4 + id)) as features");
    String said = failure(LanewiseModel.of(model).transform(given));
    assertTrue(
        said.contains("row 1 of partition 0, column \"features\": expected 4 steps, got 5."), said);
  }

  /** A table that does not fit, and what is said of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id | no column \"features\"; there are \"id\". setFeaturesCol names it",
        "id, 'x' as features | column \"features\": expected array<array<float>>, the 3 numbers of each step, or array<float>, step after step, got string; array(..) makes one of columns of numbers, and any numeric type will do",
        "id, array('x') as features | column \"features\": expected array<array<float>>, the 3 numbers of each step, or array<float>, step after step, got array<string>; array(..) makes one of columns of numbers, and any numeric type will do",
        "id, array(1.0) as features, 1 as prediction | column \"prediction\" is there already; setOutputCol names another",
      })
  void namesTheColumnThatDoesNotFit(String line) {
    String[] parts = line.split(" \\| ", -1);
    Dataset<Row> given = SPARK.range(1).selectExpr(parts[0].split(", ", -1));
    LanewiseModel step = LanewiseModel.of(small());
    assertEquals(
        parts[1],
        assertThrows(IllegalArgumentException.class, () -> step.transform(given)).getMessage());
  }

  @Test
  void refusesSettingsThatDoNotFit() {
    LanewiseModel step = LanewiseModel.of(small());
    assertEquals(
        "featureCount is 4, but a step of the model takes 3 numbers; leave it out, or give the columns that the model was trained on",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    step.copy(new ParamMap())
                        .setFeatureCount(4)
                        .transformSchema(SequenceRows.SCHEMA))
            .getMessage());
    assertEquals(
        "column \"features\": expected int, steps of each row, got array<array<float>>; cast it",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    step.copy(new ParamMap())
                        .setLengthsCol("features")
                        .transformSchema(SequenceRows.SCHEMA))
            .getMessage());
    assertEquals(
        "setFeaturesCols: expected 1 columns, one for each of the inputs x, got 2",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    step.copy(new ParamMap())
                        .setFeaturesCols(new String[] {"a", "b"})
                        .transformSchema(SequenceRows.SCHEMA))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> step.setWeights("f16"));
    assertThrows(IllegalArgumentException.class, () -> step.setBatchRows(0));
    assertThrows(IllegalArgumentException.class, () -> step.setFeatureCount(0));
  }

  @Test
  void saysWhatItsFolderLacks() throws Exception {
    Path path = directory.resolve("step");
    LanewiseModel.of(small()).save(path.toString());
    Files.delete(path.resolve("model.safetensors"));
    assertEquals(
        path + ": expected what LanewiseModel.write() saved, got no file model.safetensors",
        assertThrows(IllegalArgumentException.class, () -> LanewiseModel.load(path.toString()))
            .getMessage());
  }
}
