package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of version 1 of the native format load for ever, and predict to the bits beside them. They
 * are never written again: {@code -Dlanewise.models.write=true} writes those that are not there.
 */
class Models1Test {
  /** Surefire runs in the module's directory. */
  private static final Path FILES = Path.of("src/test/resources/models-1").toAbsolutePath();

  private static final Map<String, Sequential> MODELS = Models1.all();

  @TempDir Path directory;

  static List<String> names() {
    return List.copyOf(MODELS.keySet());
  }

  @BeforeAll
  static void writeWhatIsMissing() {
    MODELS.forEach(
        (name, model) -> {
          if (Boolean.getBoolean("lanewise.models.write") && Files.notExists(model(name))) {
            ModelFile.save(model, model(name));
            Npy.write(answer(name), model.predict(Models1.input(model)));
          }
        });
  }

  private static Path model(String name) {
    return FILES.resolve(name + ".safetensors");
  }

  private static Path answer(String name) {
    return FILES.resolve(name + ".npy");
  }

  @ParameterizedTest
  @MethodSource("names")
  void predictsTheSameBits(String name) {
    Sequential model = ModelFile.load(model(name));
    Tensor got = model.predict(Models1.input(model));
    Tensor expected = Npy.read(answer(name));
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
    ModelFile.save(ModelFile.load(model(name)), again);
    assertEquals(-1, Files.mismatch(model(name), again));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheModelThatWasWritten(String name) {
    Sequential expected = MODELS.get(name);
    Sequential got = ModelFile.load(model(name));
    assertEquals(expected.layers(), got.layers());
    assertEquals(expected.summary(), got.summary());
    for (int i = 0; i < expected.weights().size(); i++) {
      Weight wanted = expected.weights().get(i);
      Weight found = got.weights().get(i);
      assertEquals(wanted.toString(), found.toString());
      assertEquals(wanted.trainable(), found.trainable(), wanted::toString);
      assertArrayEquals(bits(wanted.value()), bits(found.value()), wanted::toString);
    }
  }

  /** Each type of a chain once as it comes and once more with its settings. */
  @Test
  void hasEveryTypeOfLayer() {
    Set<LayerType> plain = new HashSet<>();
    Set<LayerType> set = new HashSet<>();
    MODELS.forEach(
        (name, model) ->
            model
                .layers()
                .forEach(
                    layer -> (name.startsWith("settings") ? set : plain).add(LayerType.of(layer))));
    Set<LayerType> all = new HashSet<>(LayerType.all());
    all.removeAll(Models2Test.merging());
    assertEquals(all, plain);
    assertEquals(all, set);
  }

  @Test
  void holdsNoOtherFileAndLittle() throws IOException {
    long bytes = 0;
    Set<String> expected = new HashSet<>(Set.of("README.md"));
    names().forEach(name -> expected.addAll(List.of(name + ".safetensors", name + ".npy")));
    Set<String> found = new HashSet<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path each : files.toList()) {
        found.add(each.getFileName().toString());
        bytes += Files.size(each);
      }
    }
    assertEquals(expected, found);
    assertTrue(bytes < 60_000, bytes + " bytes");
  }
}
