package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialTest {

  private static List<String> names(Layer... layers) {
    return Sequential.of(layers).layers().stream().map(Layer::name).toList();
  }

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  @Test
  void namesLayersAsKerasDoes() {
    assertEquals(
        List.of("lstm", "dense", "lstm_1", "dense_1"),
        names(every(2), Dense.of(2), Lstm.of(2), Dense.of(2)));
    assertEquals(
        List.of("encoder", "lstm_1", "lstm", "lstm_2"),
        names(
            every(2).toBuilder().name("encoder").build(),
            every(2),
            every(2).toBuilder().name("lstm").build(),
            Lstm.of(2)));
    assertEquals(List.of("normalization"), names(Normalization.of(new float[1], new float[] {1})));
  }

  @Test
  void keepsEverySettingOfALayerThatItNames() {
    Lstm layer =
        Lstm.builder(3)
            .activation(Activation.RELU)
            .recurrentActivation(Activation.HARD_SIGMOID)
            .useBias(false)
            .unitForgetBias(false)
            .returnSequences(true)
            .goBackwards(true)
            .build();
    Lstm named = (Lstm) Sequential.of(layer).layers().getFirst();
    assertEquals("lstm", named.name());
    assertEquals(3, named.units());
    assertEquals(Activation.RELU, named.activation());
    assertEquals(Activation.HARD_SIGMOID, named.recurrentActivation());
    assertFalse(named.useBias());
    assertFalse(named.unitForgetBias());
    assertTrue(named.returnSequences());
    assertTrue(named.goBackwards());
    Dense dense = Dense.builder(4).activation(Activation.TANH).useBias(false).build();
    Dense namedDense = (Dense) Sequential.of(dense).layers().getFirst();
    assertEquals(4, namedDense.units());
    assertEquals(Activation.TANH, namedDense.activation());
    assertFalse(namedDense.useBias());
    Normalization inverse = Normalization.inverse(new float[] {1}, new float[] {2});
    Normalization namedInverse = (Normalization) Sequential.of(inverse).layers().getFirst();
    assertTrue(namedInverse.isInverse());
    assertArrayEquals(new float[] {1}, namedInverse.mean());
    assertArrayEquals(new float[] {2}, namedInverse.deviation());
  }

  @Test
  void listsWeightsUnderKerasNamesAndShapes() {
    Sequential model =
        Sequential.of(
                Normalization.of(new float[5], new float[] {1, 1, 1, 1, 1}),
                every(3),
                Lstm.builder(2).useBias(false).build(),
                Dense.of(1))
            .build(5, 0);
    assertEquals(
        List.of(
            "normalization/mean (5)",
            "normalization/deviation (5)",
            "lstm/kernel (5, 12)",
            "lstm/recurrent_kernel (3, 12)",
            "lstm/bias (12)",
            "lstm_1/kernel (3, 8)",
            "lstm_1/recurrent_kernel (2, 8)",
            "dense/kernel (2, 1)",
            "dense/bias (1)"),
        model.weights().stream().map(Weight::toString).toList());
    assertEquals(
        List.of(false, false, true, true, true, true, true, true, true),
        model.weights().stream().map(Weight::trainable).toList());
    assertEquals(10 + 60 + 36 + 12 + 24 + 16 + 2 + 1, model.parameterCount());
    assertEquals(5, model.features());
  }

  @Test
  void summarizesAsATable() {
    Sequential model =
        Sequential.of(
            Normalization.of(new float[2], new float[] {1, 1}),
            every(128),
            Lstm.builder(64).name("decoder").build(),
            Dense.of(1));
    assertEquals(
        """
        Layer (type)                   Output shape  Parameters  Settings
        -----------------------------------------------------------------
        normalization (Normalization)  (?)                    ?  mean=float[2], deviation=float[2]
        lstm (Lstm)                    (?)                    ?  units=128, returnSequences=true
        decoder (Lstm)                 (?)                    ?  units=64
        dense (Dense)                  (?)                    ?  units=1
        -----------------------------------------------------------------
        Not built: call build(features, seed)""",
        model.summary());
    model.build(2, 0);
    assertEquals(
        """
        Layer (type)                   Output shape             Parameters  Settings
        ----------------------------------------------------------------------------
        normalization (Normalization)  (batch, timesteps, 2)             4  mean=float[2], deviation=float[2]
        lstm (Lstm)                    (batch, timesteps, 128)      67,072  units=128, returnSequences=true
        decoder (Lstm)                 (batch, 64)                  49,408  units=64
        dense (Dense)                  (batch, 1)                       65  units=1
        ----------------------------------------------------------------------------
        Total parameters: 116,549
        Trainable parameters: 116,545
        Non-trainable parameters: 4""",
        model.summary());
  }

  @Test
  void summarizesTimestepsWhereTheyAreFixed() {
    List<List<String>> free =
        Sequential.of(every(3), Dense.of(2)).build(4, 5, 0).layerSummaries().stream()
            .map(LayerSummary::output)
            .toList();
    assertEquals(
        List.of(List.of("batch", "timesteps", "3"), List.of("batch", "timesteps", "2")), free);
    List<List<String>> fixed =
        Sequential.of(every(3), Permute.of(2, 1), Flatten.of())
            .build(4, 5, 0)
            .layerSummaries()
            .stream()
            .map(LayerSummary::output)
            .toList();
    assertEquals(
        List.of(List.of("batch", "4", "3"), List.of("batch", "3", "4"), List.of("batch", "12")),
        fixed);
  }

  @Test
  void knowsItsOutputShape() {
    Sequential last = Sequential.of(Lstm.of(4), Dense.of(2)).build(3, 0);
    assertEquals(Shape.of(7, 2), last.outputShape(Shape.of(7, 9, 3)));
    Sequential all = Sequential.of(every(4), Dense.of(2)).build(3, 0);
    assertEquals(Shape.of(7, 9, 2), all.outputShape(Shape.of(7, 9, 3)));
    Sequential dense = Sequential.of(Dense.of(2)).build(3, 0);
    assertEquals(Shape.of(7, 2), dense.outputShape(Shape.of(7, 3)));
    assertEquals(Shape.of(7, 9, 2), dense.outputShape(Shape.of(7, 9, 3)));
    assertEquals(Shape.of(7, 9, 2), dense.predict(Tensor.zeros(7, 9, 3)).shape());
    assertEquals(Shape.of(7, 2), dense.predict(Tensor.zeros(7, 3)).shape());
  }

  @Test
  void predictSeesWeightsThatWereWrittenTo() {
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 0);
    Tensor x = ReferenceModel.random(1, 2, 3, 3);
    Predictor first = model.predictor();
    float[] before = model.predict(x).toArray();
    assertSame(first, model.predictor());
    Weight bias = model.weights().getLast();
    bias.set(0.5f, 0);
    float[] after = model.predict(x).toArray();
    assertEquals(before[0] + 0.5f, after[0], 1e-6);
    assertArrayEquals(before, first.predict(x).toArray());
  }

  @Test
  void predictSeesWhatSetCopies() {
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 0);
    Tensor x = ReferenceModel.random(1, 2, 3, 3);
    Sequential other = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 5);
    model.predict(x);
    for (int i = 0; i < model.weights().size(); i++) {
      model.weights().get(i).set(other.weights().get(i).value());
    }
    assertArrayEquals(other.predict(x).toArray(), model.predict(x).toArray());
  }

  @Test
  void aWeightIsReadOnlyButForSet() {
    Weight kernel = Sequential.of(Dense.of(2)).build(3, 0).weights().getFirst();
    String message =
        assertThrows(UnsupportedOperationException.class, () -> kernel.value().fill(1))
            .getMessage();
    assertTrue(message.contains("a model's weight, which Weight.set(..) changes"), message);
    assertThrows(UnsupportedOperationException.class, () -> kernel.value().set(1, 0, 0));
    assertEquals(
        "Weight.set: \"dense/kernel\" is (3, 2), got (2, 3)",
        assertThrows(IllegalArgumentException.class, () -> kernel.set(Tensor.zeros(2, 3)))
            .getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> kernel.set(1, 3, 0));
  }

  @Test
  void predictSeesEachUpdateOfAFit() {
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 0);
    Tensor x = ReferenceModel.random(1, 8, 3, 3);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    List<Float> seen = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(2)
            .batchSize(4)
            .onBatch(_ -> seen.add(model.predict(x).get(0, 0)))
            .build();
    model.fit(x, ReferenceModel.random(2, 8, 1), options);
    assertEquals(4, seen.stream().distinct().count(), seen.toString());
    assertEquals(seen.getLast(), model.predict(x).get(0, 0));
  }

  @Test
  void predictSeesWeightsThatWereTrained() {
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 0);
    Tensor x = ReferenceModel.random(1, 8, 3, 3);
    float[] before = model.predict(x).toArray();
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    model.fit(x, ReferenceModel.random(2, 8, 1), FitOptions.of());
    assertFalse(Arrays.equals(before, model.predict(x).toArray()));
  }

  @Test
  void evaluatesTheMeanOverAllElements() {
    Sequential model = Sequential.of(Dense.of(2)).buildZeros(3);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    Tensor y = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    assertEquals((1 + 4 + 9 + 16) / 4.0, model.evaluate(Tensor.zeros(2, 3), y).loss());
    assertThrows(
        IllegalStateException.class, () -> Sequential.of(Dense.of(1)).build(1, 0).evaluate(y, y));
  }
}
