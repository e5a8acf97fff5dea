package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.TrainingState;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final Tensor X = CheckpointedFit.random(1, 24, 6, 3);
  private static final Tensor Y = CheckpointedFit.random(2, 24, 1);

  private static Sequential model() {
    Sequential model = Sequential.of(Lstm.of(5), Dense.of(1)).build(3, 7);
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    return model;
  }

  private static byte[] bytes(Sequential model, Path folder) throws IOException {
    Path file = folder.resolve("bytes.safetensors");
    ModelFile.save(model, file);
    return Files.readAllBytes(file);
  }

  @Test
  void tenEpochsSavedAndTenAreTwenty(@TempDir Path folder) throws IOException {
    Sequential whole = model();
    whole.fit(X, Y, FitOptions.builder().epochs(20).seed(9).build());
    Path file = folder.resolve("checkpoint.safetensors");
    model()
        .fit(
            X,
            Y,
            FitOptions.builder().epochs(10).seed(9).callback(Checkpoints.of(file, 5)).build());
    ModelFile read = ModelFile.read(file);
    TrainingState state = read.trainingState().orElseThrow();
    assertEquals(10, state.epochs());
    assertEquals(10, state.updates());
    assertEquals(
        List.of(
            "m/lstm/kernel",
            "m/lstm/recurrent_kernel",
            "m/lstm/bias",
            "m/dense/kernel",
            "m/dense/bias",
            "v/lstm/kernel",
            "v/lstm/recurrent_kernel",
            "v/lstm/bias",
            "v/dense/kernel",
            "v/dense/bias"),
        List.copyOf(state.moments().keySet()));
    Sequential other = read.sequential();
    other.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    other.fit(
        X,
        Y,
        FitOptions.builder()
            .epochs(20)
            .seed(9)
            .callback(Checkpoints.of(file, 5))
            .resume(state)
            .build());
    assertArrayEquals(bytes(whole, folder), bytes(other, folder));
  }

  @Test
  void savesEachSoManyEpochsOfAll(@TempDir Path folder) {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions.Builder options = FitOptions.builder().callback(Checkpoints.of(file, 4));
    model().fit(X, Y, options.epochs(3).build());
    assertTrue(Checkpoints.last(file).isEmpty());
    model().fit(X, Y, options.epochs(7).initialEpoch(2).build());
    assertEquals(4, Checkpoints.last(file).orElseThrow().trainingState().orElseThrow().epochs());
    assertEquals(
        "Checkpoints.of: every=0 epochs, expected 1 or more",
        assertThrows(IllegalArgumentException.class, () -> Checkpoints.of(file, 0)).getMessage());
  }

  @Test
  void aFileWithoutAStateHasNone(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(model(), Map.of("mine", "text"), file);
    ModelFile read = ModelFile.read(file);
    assertTrue(read.trainingState().isEmpty());
    assertEquals(Map.of("mine", "text"), read.metadata());
  }

  @Test
  void refusesAStateThatIsNone(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = Map.of("a/kernel", Tensor.zeros(1, 1));
    String model =
        "{\"version\":1,\"features\":1,\"layers\":[{\"type\":\"Dense\",\"name\":\"a\","
            + "\"units\":1,\"activation\":\"linear\",\"useBias\":false}]}";
    String state = "{\"epochs\":1,\"updates\":2,\"rateFactor\":\"half\",\"callbacks\":[]}";
    SafeTensors.write(
        file, tensors, Map.of("lanewise.architecture", model, "lanewise.training", state));
    assertEquals(
        file + ", lanewise.training: expected a number as \"rateFactor\", got \"half\"",
        assertThrows(FormatException.class, () -> ModelFile.read(file)).getMessage());
  }

  /** How often a fit is killed: a property, as each takes seconds. */
  private static final int KILLS = Integer.getInteger("lanewise.kills", 4);

  @Test
  void aFitThatIsKilledAtAnyMomentEndsInTheSameBytes(@TempDir Path folder) throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    long start = System.nanoTime();
    assertTrue(start(whole).waitFor(2, TimeUnit.MINUTES));
    long took = System.nanoTime() - start;
    byte[] expected = Files.readAllBytes(whole.resolve("end"));
    Random random = new Random();
    for (int round = 0; round < KILLS; round++) {
      Path cut = Files.createDirectory(folder.resolve("cut" + round));
      Process first = start(cut);
      long wait = took / 4 + (long) (random.nextDouble() * took * 3 / 4);
      first.waitFor(wait, TimeUnit.NANOSECONDS);
      first.destroyForcibly().waitFor();
      assertEquals(0, end(start(cut)), "killed after " + wait + " ns");
      assertArrayEquals(expected, Files.readAllBytes(cut.resolve("end")));
    }
  }

  private static int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    return process.exitValue();
  }

  private static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            CheckpointedFit.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    return String.join(
        java.io.File.pathSeparator,
        System.getProperty("java.class.path"),
        modules,
        "target/classes",
        "target/test-classes");
  }
}
