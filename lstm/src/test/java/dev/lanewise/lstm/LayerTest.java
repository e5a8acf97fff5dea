package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers say of themselves is what models do. */
class LayerTest {
  private static final int STEPS = 11;
  private static final int FEATURES = 2;

  /** Of each type one or more, most of other settings than the first. */
  static Stream<Layer> layers() {
    Lstm every = Lstm.builder(3).returnSequences(true).build();
    return Stream.concat(
        LayerTypeTest.layers().stream()
            .filter(layer -> !(layer instanceof Reshape || layer instanceof FeatureSlice)),
        Stream.of(
            Lstm.of(3),
            every,
            Bidirectional.of(every),
            Bidirectional.of(Lstm.of(3)),
            Conv1d.of(2, 3),
            Permute.of(1, 2),
            Softmax.of(),
            FeatureSlice.of(1, 1),
            Reshape.of(STEPS * FEATURES),
            Reshape.of(FEATURES, STEPS)));
  }

  private static Sequential build(Layer layer) {
    Sequential model = Sequential.of(layer);
    return model.takesIds()
        ? model.build(1)
        : layer.refusesTime() ? model.build(FEATURES, 1) : model.build(STEPS, FEATURES, 1);
  }

  private static Tensor input(Layer layer) {
    if (layer.takesIds()) {
      return Tensor.zeros(5, 7);
    }
    return layer.refusesTime()
        ? ReferenceModel.random(1, 5, FEATURES)
        : ReferenceModel.random(1, 5, STEPS, FEATURES);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void givesATimeAxisWhereItSaysSo(Layer layer) {
    int rank = build(layer).predict(input(layer)).rank();
    assertEquals(layer.givesTime(!layer.refusesTime()) ? 3 : 2, rank);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void streamsWhereItSaysSo(Layer layer) {
    Predictor predictor = build(layer).predictor();
    if (layer.streams()) {
      assertDoesNotThrow(() -> predictor.stream(2).close());
    } else {
      assertThrows(IllegalArgumentException.class, () -> predictor.stream(2));
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void carriesTheStatesThatItSays(Layer layer) {
    StreamState state = build(layer).predictor().predictWithState(input(layer)).state();
    assertEquals(layer.stateUnits(), state.h().stream().map(LayerTest::width).toList());
    assertEquals(layer.cellUnits(), state.c().stream().map(LayerTest::width).toList());
    if (layer.streams()) {
      StreamState saved = build(layer).predictor().stream(5).save();
      assertEquals(layer.stateUnits(), saved.h().stream().map(LayerTest::width).toList());
    }
  }

  private static int width(Tensor state) {
    assertEquals(5, state.dim(0));
    return (int) state.dim(1);
  }

  @Test
  void aModelSaysHowManyIdsItTakes() {
    Sequential ids = Sequential.of(Embedding.of(9, 2), Lstm.of(1));
    assertTrue(ids.takesIds());
    assertEquals(9, ids.vocabulary());
    Sequential numbers = Sequential.of(Lstm.of(1));
    assertFalse(numbers.takesIds());
    assertEquals(0, numbers.vocabulary());
    assertEquals(List.of(1), numbers.layers().getFirst().stateUnits());
  }
}
