package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of version 1 of the native format, which the version before any of its readers and writers
 * changed has written, load for ever and predict to the bits beside them.
 */
class Models1Test {
  private static final Map<String, Sequential> MODELS = Models1.all();

  @TempDir Path directory;

  static List<String> names() {
    return List.copyOf(MODELS.keySet());
  }

  private static Path file(String name) {
    return KerasFileTest.resource("models-1/" + name);
  }

  private static Sequential load(String name) {
    return ModelFile.load(file(name + ".safetensors"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void predictsTheSameBits(String name) {
    Sequential model = load(name);
    Tensor got = model.predict(Models1.input(model));
    Tensor expected = Npy.read(file(name + ".npy"));
    assertEquals(expected.shape(), got.shape());
    assertArrayEquals(bits(expected), bits(got));
  }

  private static int[] bits(Tensor tensor) {
    float[] values = tensor.toArray();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @ParameterizedTest
  @MethodSource("names")
  void isWrittenAgainToTheSameBytes(String name) throws IOException {
    Path again = directory.resolve("again.safetensors");
    ModelFile.save(load(name), ModelFile.read(file(name + ".safetensors")).metadata(), again);
    assertEquals(-1, Files.mismatch(file(name + ".safetensors"), again));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheModelThatWasWritten(String name) {
    Sequential expected = MODELS.get(name);
    Sequential got = load(name);
    assertEquals(expected.layers().toString(), got.layers().toString());
    assertEquals(expected.summary(), got.summary());
    for (int i = 0; i < expected.weights().size(); i++) {
      Weight wanted = expected.weights().get(i);
      Weight found = got.weights().get(i);
      assertEquals(wanted.toString(), found.toString());
      assertEquals(wanted.trainable(), found.trainable(), wanted::toString);
      assertArrayEquals(bits(wanted.value()), bits(found.value()), wanted::toString);
    }
  }

  /** Each type once as it comes and once more with its settings. */
  @Test
  void hasEveryTypeOfLayer() {
    Set<Class<?>> plain = new HashSet<>();
    Set<Class<?>> set = new HashSet<>();
    MODELS.forEach(
        (name, model) ->
            model
                .layers()
                .forEach(layer -> (name.startsWith("settings") ? set : plain).add(layer.getClass())));
    Set<Class<?>> all = new HashSet<>(Arrays.asList(Layer.class.getPermittedSubclasses()));
    assertEquals(all, plain);
    assertEquals(all, set);
  }

  @Test
  void holdsNoOtherFileAndLittle() throws IOException {
    long bytes = 0;
    Set<String> expected = new HashSet<>(Set.of("README.md"));
    names().forEach(name -> expected.addAll(List.of(name + ".safetensors", name + ".npy")));
    Set<String> found = new HashSet<>();
    try (Stream<Path> files = Files.list(file("README.md").resolveSibling("."))) {
      for (Path each : files.toList()) {
        found.add(each.getFileName().toString());
        bytes += Files.size(each);
      }
    }
    assertEquals(expected, found);
    assertTrue(bytes < 60_000, bytes + " bytes");
  }
}
