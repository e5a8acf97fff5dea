package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrozenLayerTest {
  private static final Tensor X = ReferenceModel.random(1, 9, 6, 3);
  private static final Tensor Y = ReferenceModel.random(2, 9, 2);

  private static List<Layer> layers() {
    return List.of(
        Conv1d.of(4, 2),
        Dense.of(4, Activation.TANH),
        Lstm.builder(5).returnSequences(true).build(),
        LayerNormalization.of(),
        Bidirectional.of(Gru.builder(3).returnSequences(true).build()),
        SimpleRnn.of(4),
        Dense.of(2));
  }

  private static List<Layer> freeze(List<Layer> layers, Set<Integer> frozen) {
    List<Layer> all = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      all.add(frozen.contains(i) ? layers.get(i).trainable(false) : layers.get(i));
    }
    return all;
  }

  private static Sequential model(List<Layer> layers) {
    return Sequential.of(layers).build(6, 3, 7).compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
  }

  private static FitOptions.Builder options(int epochs) {
    return FitOptions.builder().epochs(epochs).batchSize(9).shuffle(false).seed(5);
  }

  private static List<float[]> weights(Layer layer, Sequential model) {
    int index = model.layers().stream().map(Layer::name).toList().indexOf(layer.name());
    return model.weights(index).stream().map(each -> each.value().toArray()).toList();
  }

  static Stream<Set<Integer>> sets() {
    return Stream.of(
        Set.of(0),
        Set.of(1),
        Set.of(2),
        Set.of(3),
        Set.of(4),
        Set.of(5),
        Set.of(6),
        Set.of(0, 1, 2),
        Set.of(1, 3, 5),
        Set.of(0, 1, 2, 3, 4, 5));
  }

  /** In an update the gradients of the others are those of a model that is trained whole. */
  @ParameterizedTest
  @MethodSource("sets")
  void theOthersLearnAsIfItWereNotFrozen(Set<Integer> frozen) {
    for (int threads = 1; threads <= 3; threads += 2) {
      Sequential before = model(layers());
      Sequential whole = model(layers());
      Sequential part = model(freeze(layers(), frozen));
      whole.fit(X, Y, options(1).build());
      part.fit(X, Y, options(1).threads(threads).build());
      for (int i = 0; i < layers().size(); i++) {
        Layer layer = part.layers().get(i);
        assertEquals(!frozen.contains(i), layer.trainable());
        List<float[]> expected = weights(layer, frozen.contains(i) ? before : whole);
        List<float[]> actual = weights(layer, part);
        for (int k = 0; k < expected.size(); k++) {
          assertArrayEquals(expected.get(k), actual.get(k), layer.name() + " " + k);
        }
      }
    }
  }

  @Test
  void aModelThatIsFrozenWholeStaysAsItIs() {
    Sequential model = model(freeze(layers(), Set.of(0, 1, 2, 3, 4, 5, 6)));
    float[] before = ReferenceModel.weights(model);
    History history = model.fit(X, Y, options(2).build());
    assertArrayEquals(before, ReferenceModel.weights(model));
    assertEquals(history.loss()[0], history.loss()[1]);
    assertEquals(model.evaluate(X, Y).loss(), history.loss()[0], 1e-7);
  }

  @Test
  void aBatchNormalizationNormalizesByItsAverages() {
    BatchNormalization fixed = BatchNormalization.builder().trainable(false).build();
    Sequential model = model(List.of(Dense.of(4), fixed, Lstm.of(3), Dense.of(2)));
    for (int k = 0; k < 4; k++) {
      Weight weight = model.weights(1).get(k);
      float[] values = ReferenceModel.random(k, weight.shape().toArray()).toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * 0.5f + 1; // variances are above 0
      }
      weight.set(Tensor.of(values, 4));
    }
    List<float[]> before = weights(model.layers().get(1), model);
    double evaluated = model.evaluate(X, Y).loss();
    History history = model.fit(X, Y, options(30).build());
    assertEquals(evaluated, history.loss()[0], 1e-6);
    assertTrue(history.loss()[29] < 0.9 * history.loss()[0]);
    List<float[]> after = weights(model.layers().get(1), model);
    for (int k = 0; k < 4; k++) {
      assertArrayEquals(before.get(k), after.get(k));
    }
  }

  /** Its dx is dy times one number a feature. */
  @Test
  void gradientsPassABatchNormalizationThatIsFrozen() {
    Layer fixed = BatchNormalization.builder().epsilon(0.25).trainable(false).build();
    Sequential one = model(List.of(Dense.of(3), fixed, Dense.of(2), Lstm.of(2)));
    Sequential other =
        model(
            List.of(
                Dense.of(3),
                Normalization.of(new float[3], new float[] {2, 2, 2}),
                Dense.of(2),
                Lstm.of(2)));
    one.weights(1).get(3).set(Tensor.zeros(3).fill(3.75f)); // variance + epsilon is 4
    for (int index : new int[] {0, 2, 3}) {
      for (int k = 0; k < one.weights(index).size(); k++) {
        other.weights(index).get(k).set(one.weights(index).get(k).value());
      }
    }
    one.fit(X, Y, options(1).build());
    other.fit(X, Y, options(1).build());
    for (int index : new int[] {0, 2, 3}) {
      for (int k = 0; k < one.weights(index).size(); k++) {
        assertArrayEquals(
            other.weights(index).get(k).value().toArray(),
            one.weights(index).get(k).value().toArray(),
            1e-6f);
      }
    }
  }

  @Test
  void aFrozenLayerDropsAsAnyOther() {
    Lstm lstm = Lstm.builder(5).dropout(0.5).trainable(false).build();
    Sequential dropping = model(List.of(lstm, Dense.of(2)));
    Sequential plain = model(List.of(lstm.toBuilder().dropout(0).build(), Dense.of(2)));
    double dropped = dropping.fit(X, Y, options(1).build()).loss()[0];
    assertTrue(Math.abs(dropped - plain.fit(X, Y, options(1).build()).loss()[0]) > 1e-4);
  }

  @Test
  void aSharedLayerThatIsFrozenIsFrozenInEachCall() {
    Value x = Input.sequences("x", 3);
    Value y = Input.sequences("y", 3);
    Dense shared = Dense.builder(4).trainable(false).name("shared").build();
    Dense learns = Dense.of(3);
    Value both = Add.of().apply(shared.apply(learns.apply(x)), shared.apply(y));
    Model model = Model.of(List.of(x, y), List.of(Lstm.of(2).apply(both))).build(3);
    model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
    List<float[]> before = model.weights().stream().map(each -> each.value().toArray()).toList();
    model.fit(Map.of("x", X, "y", X), Map.of("lstm", Y), options(1).build());
    for (int i = 0; i < before.size(); i++) {
      Weight weight = model.weights().get(i);
      boolean same = Arrays.equals(before.get(i), weight.value().toArray());
      assertEquals(weight.name().startsWith("shared/"), same, weight.name());
      assertEquals(!same, weight.trainable(), weight.name());
    }
  }

  @Test
  void theSummaryCountsThem() {
    Sequential model =
        Sequential.of(
                Lstm.builder(2).trainable(false).returnSequences(true).build(),
                BatchNormalization.of(),
                Bidirectional.of(Gru.of(2)).trainable(false),
                Dense.of(1))
            .build(3, 1);
    String summary = model.summary();
    assertTrue(
        summary.endsWith(
            "Total parameters: 133\nTrainable parameters: 9\nNon-trainable parameters: 124"),
        summary);
    assertTrue(summary.contains("units=2, returnSequences=true, trainable=false"), summary);
  }

  @Test
  void aLayerWithoutWeightsIsNoOther() {
    Flatten flatten = Flatten.of();
    assertSame(flatten, flatten.trainable(false));
    assertTrue(flatten.trainable());
    for (Layer layer : layers()) {
      assertEquals(layer, layer.trainable(false).trainable(true));
      assertEquals("a", layer.named("a").trainable(false).name());
      assertFalse(layer.trainable(false).named("a").trainable());
    }
    Embedding embedding = Embedding.of(4, 2);
    assertFalse(embedding.trainable(false).trainable());
  }
}
