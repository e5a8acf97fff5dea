package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
  private static Sequential model() {
    return Sequential.of(Lstm.of(5), Dense.of(2)).build(3, 42);
  }

  private static String layers(Model model) {
    return model.fingerprint().substring(0, 16);
  }

  private static String weights(Model model) {
    return model.fingerprint().substring(17);
  }

  static List<Layer> types() {
    return LayerTypeTest.layers();
  }

  /** What they hash is in no release to change: states that were kept hold it. */
  @Test
  void isWhatItWas() {
    Model model = model();
    assertEquals(
        """
        1
        3
        0 Lstm(units=5;)[0][]
        1 Dense(units=2;)[1][]
        [4]
        """,
        LayersText.of(model.plan("test")));
    model.weights().forEach(weight -> weight.set(Tensor.zeros(weight.shape().toArray())));
    assertEquals("1de2d4a85ebb7129-490f8783f6dafe92", model.fingerprint());
  }

  @Test
  void isOfLayersAndWeightsApart() {
    Model model = model();
    Model otherSeed = Sequential.of(Lstm.of(5), Dense.of(2)).build(3, 43);
    assertEquals(model.fingerprint(), model().fingerprint());
    assertEquals(layers(model), layers(otherSeed));
    assertNotEquals(weights(model), weights(otherSeed));
    assertNotEquals(layers(model), layers(Sequential.of(Lstm.of(5), Dense.of(3)).build(3, 42)));
    assertNotEquals(layers(model), layers(Sequential.of(Lstm.of(5), Dense.of(2)).build(4, 42)));
  }

  @Test
  void oneBitOfOneWeightChangesIt() {
    Model model = model();
    Set<String> seen = new HashSet<>();
    seen.add(model.fingerprint());
    for (Weight weight : model.weights()) {
      long[] last = weight.shape().toArray();
      for (int axis = 0; axis < last.length; axis++) {
        last[axis]--;
      }
      weight.set(Math.nextUp(weight.value().get(last)), last);
      seen.add(model.fingerprint());
    }
    assertEquals(1 + model.weights().size(), seen.size());
  }

  @Test
  void namesAndWhatIsForTrainingDoNotChangeIt() {
    Lstm other =
        Lstm.builder(5)
            .name("other")
            .dropout(0.5)
            .recurrentDropout(0.5)
            .kernelRegularizer(Regularizer.l2(0.5))
            .trainable(false)
            .build();
    Sequential same = Sequential.of(other, Dense.of(2)).build(3, 42);
    assertEquals(model().fingerprint(), same.fingerprint());
  }

  /** Each setting that changes what is predicted, and no other. */
  @ParameterizedTest
  @MethodSource("types")
  void settingsChangeTheText(Layer layer) {
    LayerType type = LayerType.of(layer);
    for (Setting changed : type.settings()) {
      Object other = LayerTypeTest.other(changed, changed.of(layer));
      Layer made = type.make(each -> each == changed ? other : each.of(layer));
      boolean same = LayersText.of(layer).equals(LayersText.of(made));
      boolean apart = changed.isForTraining() || changed.kind() == Setting.Kind.WEIGHT;
      assertEquals(apart, same, changed.name());
    }
  }

  @Test
  void theseSettingsAreForTraining() {
    Map<String, Boolean> all = new HashMap<>();
    for (LayerType type : LayerType.all()) {
      for (Setting setting : type.settings()) {
        Boolean before = all.put(setting.name(), setting.isForTraining());
        assertEquals(setting.isForTraining(), before == null ? setting.isForTraining() : before);
      }
    }
    all.values().removeIf(forTraining -> !forTraining);
    assertEquals(
        Set.of(
            "unitForgetBias",
            "dropout",
            "recurrentDropout",
            "trainable",
            "kernelRegularizer",
            "recurrentRegularizer",
            "biasRegularizer",
            "embeddingsRegularizer",
            "rate",
            "momentum"),
        all.keySet());
  }

  @Test
  void aGraphOfTheSameCallsIsTheSameModel() {
    Value x = Input.sequences("x", 3);
    Lstm lstm = Lstm.of(5);
    Value y = Dense.of(2).apply(lstm.apply(x));
    assertEquals(model().fingerprint(), Model.of(x, y).build(42).fingerprint());
  }

  @Test
  void whatIsReadCounts() {
    Value x = Input.sequences("x", 3);
    Lstm twin = Lstm.builder(3).returnSequences(true).build();
    Lstm other = twin.named("other");
    Model shared = Model.of(x, Add.of().apply(twin.apply(x), twin.apply(twin.apply(x))));
    Model apart = Model.of(x, Add.of().apply(twin.apply(x), twin.apply(other.apply(x))));
    Model turned = Model.of(x, Add.of().apply(twin.apply(twin.apply(x)), x));
    Set<String> all = new HashSet<>();
    for (Model each : List.of(shared, apart, turned)) {
      all.add(layers(each.build(1)));
    }
    assertEquals(3, all.size());
  }

  @Test
  void aPredictorHasThatOfTheModelItWasMadeOf() {
    Sequential model = model();
    String before = model.fingerprint();
    PredictorOptions narrow = PredictorOptions.builder().weights(WeightFormat.BFLOAT16).build();
    Predictor predictor = model.predictor(narrow);
    Predictor own = model.predictor();
    Predictor passing =
        Sequential.of(Lstm.of(5), Dense.of(2))
            .predictor(
                0,
                3,
                PredictorOptions.of(),
                weight ->
                    model.weights().stream()
                        .filter(each -> each.name().equals(weight.name()))
                        .forEach(each -> weight.set(each.value())));
    model.weights().getFirst().set(7, 0, 0);
    assertNotEquals(before, model.fingerprint());
    assertEquals(model.fingerprint(), model.predictor().fingerprint());
    for (Predictor each : List.of(predictor, own, passing)) {
      assertEquals(before, each.fingerprint());
    }
  }

  @Test
  void thereIsNoneBeforeBuilding() {
    Sequential model = Sequential.of(Lstm.of(5));
    assertEquals(
        "Sequential.fingerprint before build: there are no weights yet. Call build(features, seed)"
            + " first, features being the length of x's last axis",
        assertThrows(IllegalStateException.class, model::fingerprint).getMessage());
  }
}
