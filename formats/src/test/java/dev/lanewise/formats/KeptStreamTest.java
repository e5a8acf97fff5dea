package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.StreamStateException;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that a process leaves, and another finds. */
class KeptStreamTest {
  private static final int BATCH = 3;
  private static final int STEPS = 12;

  @TempDir Path folder;

  private static Model model(long seed) {
    Value x = Input.sequences("x", 4);
    Value wide = Lstm.builder(6).returnSequences(true).build().apply(x);
    Value narrow = Lstm.builder(9).projection(6).returnSequences(true).build().apply(x);
    Value last = Gru.of(5).apply(SimpleRnn.builder(7).returnSequences(true).build().apply(wide));
    Value both = Add.of().apply(last, Lstm.of(5).apply(narrow));
    return Model.of(x, Dense.of(2).apply(both)).build(seed);
  }

  @Test
  void anotherProcessGoesOnToTheSameBits() throws Exception {
    Model model = model(3);
    Random random = new Random(5);
    float[] numbers = new float[BATCH * STEPS * 4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    Tensor x = Tensor.of(numbers, BATCH, STEPS, 4);
    ModelFile.save(model, folder.resolve("model.safetensors"));
    Npy.write(folder.resolve("x.npy"), x);

    Stream stream = model.predictor().stream(BATCH);
    List<String> expected = new ArrayList<>();
    Tensor y = Tensor.zeros(BATCH, 2);
    for (int step = 0; step < STEPS; step++) {
      stream.step(x.select(1, step), y);
      for (float number : y.toArray()) {
        expected.add(Integer.toHexString(Float.floatToRawIntBits(number)));
      }
    }

    List<String> got = new ArrayList<>(run("vector", 0, 5));
    got.addAll(run("scalar", 5, 6)); // the same bits, whatever the kernels
    got.addAll(run("vector", 6, STEPS));
    assertEquals(expected, got);
    byte[] kept = Files.readAllBytes(folder.resolve("state"));
    assertArrayEquals(stream.save().toBytes(), kept);

    String message =
        assertThrows(StreamStateException.class, () -> model(4).predictor().readState(kept))
            .getMessage();
    assertTrue(message.contains(model.fingerprint()), message);
    assertTrue(message.contains(model(4).fingerprint()), message);
  }

  private List<String> run(String kernels, int from, int end) throws Exception {
    Path log = folder.resolve("log");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddev.lanewise.kernels=" + kernels,
                "-cp",
                classPath(),
                KeptStream.class.getName(),
                folder.toString(),
                Integer.toString(from),
                Integer.toString(end))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(child.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, child.exitValue(), () -> read(log));
    return Files.readAllLines(folder.resolve("y"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String classPath() {
    return String.join(
        File.pathSeparator,
        System.getProperty("java.class.path"),
        System.getProperty("jdk.module.path", ""),
        "target/classes",
        "target/test-classes");
  }
}
