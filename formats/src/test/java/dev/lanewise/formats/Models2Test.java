package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Multiply;
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
 * Files of version 2 of the native format load for ever, and predict to the bits beside them. They
 * are never written again: {@code -Dlanewise.models.write=true} writes those that are not there.
 */
class Models2Test {
  /** Surefire runs in the module's directory. */
  private static final Path FILES = Path.of("src/test/resources/models-2").toAbsolutePath();

  private static final Map<String, Model> MODELS = Models2.all();

  @TempDir Path directory;

  static List<String> names() {
    return List.copyOf(MODELS.keySet());
  }

  /** The types of layers that only graphs have a use for. */
  static Set<LayerType> merging() {
    return Set.of(
        LayerType.of(Add.class),
        LayerType.of(Average.class),
        LayerType.of(Multiply.class),
        LayerType.of(Concatenate.class));
  }

  @BeforeAll
  static void writeWhatIsMissing() {
    MODELS.forEach(
        (name, model) -> {
          if (Boolean.getBoolean("lanewise.models.write") && Files.notExists(file(name))) {
            ModelFile.save(model, file(name));
            SafeTensors.write(answers(name), model.predict(Models2.inputs(model)), Map.of());
          }
        });
  }

  private static Path file(String name) {
    return FILES.resolve(name + ".safetensors");
  }

  private static Path answers(String name) {
    return FILES.resolve(name + ".answers.safetensors");
  }

  @ParameterizedTest
  @MethodSource("names")
  void predictsTheSameBits(String name) {
    Model model = ModelFile.loadModel(file(name));
    Map<String, Tensor> got = model.predict(Models2.inputs(model));
    Map<String, Tensor> expected = SafeTensors.read(answers(name)).tensors();
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(got.keySet()));
    expected.forEach(
        (output, tensor) -> {
          assertEquals(tensor.shape(), got.get(output).shape(), output);
          assertArrayEquals(bits(tensor), bits(got.get(output)), output);
        });
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
    ModelFile.save(ModelFile.loadModel(file(name)), again);
    assertEquals(-1, Files.mismatch(file(name), again));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheModelThatWasWritten(String name) {
    Model expected = MODELS.get(name);
    Model got = ModelFile.loadModel(file(name));
    assertEquals(expected.layers(), got.layers());
    assertEquals(expected.calls(), got.calls());
    assertEquals(expected.inputs().toString(), got.inputs().toString());
    assertEquals(expected.outputValues(), got.outputValues());
    assertEquals(expected.summary(), got.summary());
    for (int i = 0; i < expected.weights().size(); i++) {
      Weight wanted = expected.weights().get(i);
      Weight found = got.weights().get(i);
      assertEquals(wanted.toString(), found.toString());
      assertArrayEquals(bits(wanted.value()), bits(found.value()), wanted::toString);
    }
  }

  @Test
  void hasEveryTypeThatMerges() {
    Set<LayerType> found = new HashSet<>();
    MODELS.values().forEach(model -> model.layers().forEach(each -> found.add(LayerType.of(each))));
    assertTrue(found.containsAll(merging()), found::toString);
  }

  @Test
  void holdsNoOtherFileAndLittle() throws IOException {
    long bytes = 0;
    Set<Path> expected = new HashSet<>(Set.of(FILES.resolve("README.md")));
    names().forEach(name -> expected.addAll(List.of(file(name), answers(name))));
    Set<Path> found = new HashSet<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path each : files.toList()) {
        found.add(each);
        bytes += Files.size(each);
      }
    }
    assertEquals(expected, found);
    assertTrue(bytes < 20_000, bytes + " bytes");
  }
}
