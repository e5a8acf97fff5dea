package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictCommandTest {
  @TempDir private Path directory;
  private Sequential model;
  private Path file;

  @BeforeEach
  void saveAModel() {
    model = Sequential.of(Lstm.of(13), Dense.of(2)).build(3, 11);
    file = directory.resolve("model.safetensors");
    ModelFile.save(model, Map.of("features", "a,c,b"), file);
  }

  private static Tensor random(long... dims) {
    Tensor x = Tensor.zeros(dims);
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[(int) x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, dims);
  }

  private Terminal predict(Path input, Path out) {
    return Terminal.run(
        "predict",
        "--model",
        file.toString(),
        "--input",
        input.toString(),
        "--out",
        out.toString());
  }

  @Test
  void givesWhatTheProcessGivesBitForBit() {
    Tensor x = random(17, 9, 3);
    Path input = directory.resolve("x.npy");
    Path out = directory.resolve("y.npy");
    Npy.write(input, x);
    Terminal run = predict(input, out);
    assertEquals(0, run.exit(), run.err());
    Tensor y = Npy.read(out);
    assertEquals(model.predict(x).shape(), y.shape());
    assertArrayEquals(model.predict(x).toArray(), y.toArray());
  }

  private Terminal predictWith(String weights, Path input, Path out) {
    return Terminal.run(
        "predict",
        "--model",
        file.toString(),
        "--input",
        input.toString(),
        "--out",
        out.toString(),
        "--weights",
        weights);
  }

  @ParameterizedTest
  @CsvSource({"f32, FLOAT32", "bf16, BFLOAT16", "int8, INT8"})
  void roundsTheWeightsAsAsked(String name, WeightFormat format) {
    Tensor x = random(17, 9, 3);
    Path input = directory.resolve("x.npy");
    Path out = directory.resolve("y.npy");
    Npy.write(input, x);
    Terminal run = predictWith(name, input, out);
    assertEquals(0, run.exit(), run.err());
    PredictorOptions options = PredictorOptions.builder().weights(format).build();
    assertArrayEquals(model.predictor(options).predict(x).toArray(), Npy.read(out).toArray());
  }

  @Test
  void refusesWeightsThatItDoesNotKnow() {
    Path out = directory.resolve("y.npy");
    Terminal run = predictWith("fp16", directory.resolve("x.npy"), out);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--weights fp16: expected f32, bf16 or int8"), () -> run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void takesTheModelsColumnsOfACsvAsOneSequence() {
    Tensor table = random(6, 4);
    Path input = directory.resolve("x.csv");
    CsvTable.of(List.of("a", "b", "c", "d"), table).write(input);
    Path out = directory.resolve("y.csv");
    Terminal run = predict(input, out);
    assertEquals(0, run.exit(), run.err());
    Tensor x =
        Tensor.stack(1, table.select(1, 0), table.select(1, 2), table.select(1, 1))
            .reshape(1, 6, 3);
    CsvTable y = CsvTable.read(out);
    assertEquals(List.of("y0", "y1"), y.columns());
    assertArrayEquals(model.predict(x).toArray(), y.numbers(y.columns()).toArray());
  }

  @Test
  void inspectsAsTextAndAsJson() {
    Terminal text = Terminal.run("inspect", file.toString());
    assertEquals(0, text.exit(), text.err());
    assertTrue(text.out().startsWith(model.summary()), text.out());
    Terminal json = Terminal.run("inspect", "--json", file.toString());
    assertEquals(0, json.exit(), json.err());
    assertTrue(json.out().contains("\"output\" : [ \"batch\", 13 ]"), json.out());
    assertTrue(json.out().contains("\"parameters\" : " + model.parameterCount()), json.out());
    assertTrue(text.out().contains("Fingerprint: " + model.fingerprint()), text.out());
    assertTrue(
        json.out().contains("\"fingerprint\" : \"" + model.fingerprint() + "\""), json.out());
  }
}
