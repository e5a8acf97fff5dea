package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of an {@link Lstm}: weights, widths, and what they come to where they do nothing. */
class LstmOptionTest {
  private static final int FEATURES = 3;

  private final Tensor x = ReferenceModel.random(1, 4, 6, FEATURES);

  static List<Lstm> layers() {
    return LstmVariantCases.all().values().stream()
        .map(builder -> builder.returnSequences(true).build())
        .toList();
  }

  private static Sequential model(Lstm layer) {
    return Sequential.of(layer).build(FEATURES, 1);
  }

  private static Map<String, Shape> weights(Lstm layer) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    model(layer).weights().forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return shapes;
  }

  @Test
  void eachOptionHasItsWeights() {
    assertEquals(
        Map.of(
            "lstm/kernel", Shape.of(3, 20),
            "lstm/recurrent_kernel", Shape.of(5, 20),
            "lstm/bias", Shape.of(20),
            "lstm/peephole", Shape.of(3, 5)),
        weights(Lstm.builder(5).peepholes(true).clip(1).build()));
    assertEquals(
        Map.of(
            "lstm/kernel", Shape.of(3, 15),
            "lstm/recurrent_kernel", Shape.of(2, 15),
            "lstm/bias", Shape.of(15),
            "lstm/peephole", Shape.of(2, 5),
            "lstm/projection_kernel", Shape.of(5, 2)),
        weights(Lstm.builder(5).peepholes(true).coupledGates(true).projection(2).build()));
  }

  @Test
  void theSummaryCountsThem() {
    Lstm layer = Lstm.builder(5).peepholes(true).projection(2).build();
    LayerSummary summary = model(layer).layerSummaries().getFirst();
    assertEquals(3 * 20 + 2 * 20 + 20 + 3 * 5 + 5 * 2, summary.parameters());
    assertEquals("units=5, peepholes=true, projection=2", summary.settings());
    assertEquals(List.of("batch", "2"), summary.output());
  }

  @Test
  void theBiasBeginsAtOneWhereThereIsAForgetGate() {
    float[] plain = model(Lstm.builder(2).projection(1).build()).weights().get(2).value().toArray();
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0, 0, 0}, plain);
    Lstm coupled = Lstm.builder(2).coupledGates(true).build();
    assertArrayEquals(new float[6], model(coupled).weights().get(2).value().toArray());
  }

  @Test
  void theOutputAndHAreAsWideAsTheProjection() {
    Lstm layer = Lstm.builder(5).projection(2).returnSequences(true).build();
    Prediction both =
        Sequential.of(Bidirectional.of(layer)).build(FEATURES, 1).predictor().predictWithState(x);
    assertEquals(Shape.of(4, 6, 4), both.y().shape());
    assertEquals(Shape.of(4, 2), both.state().h().get(1).shape());
    assertEquals(Shape.of(4, 5), both.state().c().get(1).shape());
    assertEquals(List.of(2), layer.stateUnits());
    assertEquals(List.of(5), layer.cellUnits());
  }

  /** Zero peepholes, a clip that nothing reaches, and an identity as projection. */
  @Test
  void optionsThatDoNothingGiveThePlainLayer() {
    Sequential plain = model(Lstm.of(4));
    Sequential idle = model(Lstm.builder(4).peepholes(true).clip(50).projection(4).build());
    for (int i = 0; i < 3; i++) {
      idle.weights().get(i).set(plain.weights().get(i).value());
    }
    idle.weights().get(3).set(Tensor.zeros(3, 4));
    Tensor identity = Tensor.zeros(4, 4);
    for (int i = 0; i < 4; i++) {
      identity.set(1, i, i);
    }
    idle.weights().get(4).set(identity);
    assertArrayEquals(plain.predict(x).toArray(), idle.predict(x).toArray(), 5e-7f);
  }

  @Test
  void aClipHoldsPreActivations() {
    Sequential clipped = model(Lstm.builder(4).clip(0.125f).build());
    Tensor y = clipped.predict(x.copy().fill(1e6f));
    double gate = 1 / (1 + Math.exp(-0.125)); // of i, f and o at most
    double c = 0;
    for (int step = 0; step < 6; step++) {
      c = gate * (c + Math.tanh(0.125));
    }
    for (float h : y.toArray()) {
      assertTrue(Math.abs(h) <= gate * Math.tanh(c) + 1e-6, () -> "h is " + h);
    }
    assertFalse(Arrays.equals(y.toArray(), model(Lstm.of(4)).predict(x).toArray()));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStreamGivesTheBitsOfTheWholeAndASampleAloneThoseOfTheBatch(Lstm layer) {
    Sequential model = model(layer);
    Tensor whole = model.predict(x);
    Stream stream = model.predictor().stream(4);
    Tensor y = Tensor.zeros(4, whole.dim(2));
    for (int step = 0; step < 6; step++) {
      stream.step(x.select(1, step), y);
      assertArrayEquals(whole.select(1, step).toArray(), y.toArray());
    }
    float[] last = model.predict(x.slice(0, 3, 4)).toArray();
    assertArrayEquals(whole.select(0, 3).toArray(), last);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStreamSkipsTheRowsThatAreZeroAsThePredictionDoes(Lstm layer) {
    Sequential model = Sequential.of(Masking.of(0), layer).build(FEATURES, 1);
    x.select(0, 1).slice(0, 2, 5).fill(0);
    x.select(0, 2).fill(0);
    Tensor whole = model.predict(x);
    Stream stream = model.predictor().stream(4);
    Tensor y = Tensor.zeros(4, whole.dim(2));
    for (int step = 0; step < 6; step++) {
      stream.step(x.select(1, step), y);
      assertArrayEquals(whole.select(1, step).toArray(), y.toArray());
    }
  }
}
