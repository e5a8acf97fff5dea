package dev.lanewise.cli.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The models whose bits are kept are of all kinds. */
class SeededModelTest {
  private static final List<SeededModel> MODELS = SeededModel.all();

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
      Set<Activation> gates = found(layers, SeededModelTest::gates);
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
