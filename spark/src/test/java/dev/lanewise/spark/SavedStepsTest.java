package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps that an earlier Lanewise saved, every setting away from its default. They are loaded, and
 * written again with the same settings under the same names.
 */
class SavedStepsTest {
  private static final SparkSession SPARK = Sessions.local();
  private static final Path SAVED = Path.of("src/test/resources/saved");

  @TempDir private Path directory;

  /** What names the step, its settings and its defaults, as they are on disk. */
  private static List<JsonNode> settings(Path step) throws IOException {
    try (Stream<Path> files = Files.list(step.resolve("metadata"))) {
      Path part = files.filter(file -> file.toString().endsWith(".txt")).findFirst().orElseThrow();
      JsonNode all = new ObjectMapper().readTree(Files.readString(part));
      return Stream.of("class", "uid", "paramMap", "defaultParamMap").map(all::get).toList();
    }
  }

  private void assertSameOnDisk(String name, MLWritable loaded) throws IOException {
    Path after = directory.resolve("after");
    loaded.write().save(after.toString());
    assertEquals(settings(SAVED.resolve(name)), settings(after));
  }

  @Test
  void aModelIsLoadedWithItsSettings() throws Exception {
    LanewiseModel loaded = LanewiseModel.load(SAVED.resolve("model").toString());
    assertEquals("readings", loaded.getFeaturesCol());
    assertArrayEquals(new String[] {"readings"}, loaded.getFeaturesCols());
    assertEquals("forecast", loaded.getOutputCol());
    assertArrayEquals(new String[] {"forecast"}, loaded.getOutputCols());
    assertEquals("steps", loaded.getLengthsCol());
    assertEquals("sensor", loaded.getIdCol());
    assertEquals(3, loaded.getFeatureCount());
    assertEquals(32, loaded.getBatchRows());
    assertEquals("bf16", loaded.getWeights());
    assertEquals("skip", loaded.getHandleInvalid());
    assertSameOnDisk("model", loaded);
  }

  @Test
  void aForecasterIsLoadedWithItsSettings() throws Exception {
    LanewiseForecaster loaded = LanewiseForecaster.load(SAVED.resolve("forecaster").toString());
    assertEquals("shop", loaded.getSeriesCol());
    assertEquals("day", loaded.getTimeCol());
    assertEquals("sales", loaded.getTargetCol());
    assertArrayEquals(new String[] {"sales", "price"}, loaded.getFeaturesCols());
    assertEquals(5, loaded.getWindow());
    assertEquals(1, loaded.getOrDefault(loaded.firstStep()));
    assertEquals(2, loaded.getOrDefault(loaded.lastStep()));
    assertEquals("lstm:3,dense:2", loaded.getLayers());
    assertEquals(2, loaded.getEpochs());
    assertEquals(16, loaded.getBatchSize());
    assertEquals(0.002, loaded.getLearningRate());
    assertEquals(0.25, loaded.getTestFraction());
    assertEquals(9, loaded.getSeed());
    assertEquals(2, loaded.getPartitions());
    assertEquals("models", loaded.getModelsDir());
    assertSameOnDisk("forecaster", loaded);
  }

  /** A step has all settings of the interfaces that declare them, by name, for any tool. */
  @Test
  void everySettingIsExplained() {
    for (Params step : List.of(new LanewiseModel(), new LanewiseForecaster())) {
      String explained = step.explainParams();
      for (Param<?> param : step.params()) {
        assertTrue(explained.contains(param.name() + ": " + param.doc()), explained);
        assertEquals(param, step.getParam(param.name()));
      }
    }
    assertEquals(11, new LanewiseModel().params().length);
    assertEquals(15, new LanewiseForecaster().params().length);
  }

  @Test
  void modelsOfSeriesAreLoadedAndForecast() throws Exception {
    LanewiseForecasterModel loaded =
        LanewiseForecasterModel.load(SAVED.resolve("series").toString());
    assertEquals("shop", loaded.getSeriesCol());
    assertEquals("day", loaded.getTimeCol());
    assertEquals("sales", loaded.getTargetCol());
    assertArrayEquals(new String[] {"sales", "price"}, loaded.getFeaturesCols());
    Dataset<Row> rows =
        SPARK
            .range(0, 40, 1, 1)
            .selectExpr(
                "id % 2 as shop", "id div 2 as day", "sin(id / 3D) as sales", "id % 5 as price");
    assertEquals(4, loaded.transform(rows).filter("forecast is not null").count());
    assertSameOnDisk("series", loaded);
  }
}
