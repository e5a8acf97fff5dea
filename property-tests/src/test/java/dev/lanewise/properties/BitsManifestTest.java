package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Kernels;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What models answer, and what training makes of them, are the bits that were checked in, whatever
 * the kernels, the vectors' width and the threads. CONTRIBUTING.md says how the file is written.
 */
@Tag("scalar-too")
class BitsManifestTest {
  /** Surefire runs in the module's directory. */
  private static final Path FILE = Path.of("src/test/resources/bits.txt").toAbsolutePath();

  private static final List<SeededModel> MODELS = SeededModel.all();

  @Test
  void everyModelGivesTheBitsOfTheManifest() throws IOException {
    Map<String, String> actual = new LinkedHashMap<>();
    StringBuilder found = new StringBuilder();
    for (SeededModel model : MODELS) {
      ModelBits bits = ModelBits.of(model);
      actual.putAll(bits.hashes());
      bits.findings().forEach(finding -> found.append(finding).append('\n'));
    }
    for (SeededGraph graph : SeededGraph.values()) {
      GraphBits bits = GraphBits.of(graph);
      actual.putAll(bits.hashes());
      bits.findings().forEach(finding -> found.append(finding).append('\n'));
    }
    if (Boolean.getBoolean("lanewise.bits.write")) {
      BitsManifest.write(FILE, actual);
    }
    List<String> differences = BitsManifest.differences(BitsManifest.read(FILE), actual);
    differences.forEach(difference -> found.append(difference).append('\n'));
    for (SeededModel model : MODELS) {
      if (differences.stream().anyMatch(line -> line.startsWith(model.name() + "/"))) {
        found.append(model.name()).append(" is ").append(model).append('\n');
      }
    }
    assertEquals("", found.toString(), Kernels::implementation);
  }

  @Test
  void whatDiffersIsNamed() {
    assertEquals(
        List.of(
            "a/fit: expected nothing, got 03",
            "a/predict: expected 01, got 02",
            "b/predict: expected 01, got nothing"),
        BitsManifest.differences(
            Map.of("a/predict", "01", "b/predict", "01", "c/predict", "01"),
            Map.of("a/predict", "02", "a/fit", "03", "c/predict", "01")));
  }

  @Test
  void thereAreSixtyModelsOrMoreOfOneSampleToForty() {
    assertTrue(MODELS.size() >= 60, "only " + MODELS.size());
    assertEquals(
        MODELS.size(), MODELS.stream().map(SeededModel::name).distinct().count(), "a name twice");
    assertEquals(1, MODELS.stream().mapToInt(SeededModel::batch).min().orElseThrow());
    assertEquals(40, MODELS.stream().mapToInt(SeededModel::batch).max().orElseThrow());
  }

  @Test
  void everyTypeOfLayerIsInAModel() {
    Stream<Layer> chains = MODELS.stream().flatMap(model -> model.layers().stream());
    Stream<Layer> graphs =
        Arrays.stream(SeededGraph.values()).flatMap(graph -> graph.graph().layers().stream());
    Set<LayerType> types =
        Stream.concat(chains, graphs).map(LayerType::of).collect(Collectors.toSet());
    assertEquals(new HashSet<>(LayerType.all()), types);
  }

  @Test
  void everyActivationIsInEachPlaceThatTakesOne() {
    Set<Activation> all = EnumSet.allOf(Activation.class);
    Set<Activation> dense = EnumSet.noneOf(Activation.class);
    for (SeededModel model : MODELS) {
      for (Layer layer : model.layers()) {
        if (layer instanceof Dense last) {
          dense.add(last.activation());
        }
      }
    }
    assertEquals(all, dense);
    for (RecurrentKind kind : RecurrentKind.values()) {
      if (kind.isVariant()) { // the cell of all is one
        continue;
      }
      boolean simple = kind == RecurrentKind.SIMPLE_RNN;
      List<Recurrent> layers = layers(kind);
      Set<Activation> found = found(layers, layer -> Stream.of(layer.activation()));
      assertEquals(all, found, kind::name);
      Set<Activation> gates = found(layers, BitsManifestTest::gates);
      assertEquals(simple ? Set.of() : all, gates, kind::name);
    }
  }

  private static List<Recurrent> layers(RecurrentKind kind) {
    return MODELS.stream()
        .flatMap(model -> model.recurrent().stream())
        .filter(layer -> RecurrentKind.of(layer) == kind)
        .toList();
  }

  private static Set<Activation> found(
      List<Recurrent> layers, Function<Recurrent, Stream<Activation>> in) {
    return layers.stream().flatMap(in).collect(Collectors.toSet());
  }

  private static Stream<Activation> gates(Recurrent layer) {
    return switch (layer) {
      case Lstm lstm -> Stream.of(lstm.recurrentActivation());
      case Gru gru -> Stream.of(gru.recurrentActivation());
      case SimpleRnn _ -> Stream.of();
    };
  }

  @Test
  void everyKindOfRecurrentLayerHasOneUnitToManyInEachDirection() {
    for (RecurrentKind kind : RecurrentKind.values()) {
      List<Recurrent> layers = layers(kind);
      IntSummaryStatistics widths =
          layers.stream().mapToInt(layer -> layer.stateUnits().getFirst()).summaryStatistics();
      assertEquals(List.of(1, 130), List.of(widths.getMin(), widths.getMax()), kind::name);
      assertTrue(layers.stream().anyMatch(Recurrent::goBackwards), kind::name);
      assertTrue(
          MODELS.stream()
              .flatMap(model -> model.layers().stream())
              .anyMatch(
                  layer ->
                      layer instanceof Bidirectional both
                          && RecurrentKind.of(both.layer()) == kind),
          kind::name);
    }
  }
}
