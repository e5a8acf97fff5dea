package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A predictor with narrow weights is a float32 predictor of the rounded weights, bit for bit. */
class NarrowWeightsTest {
  private static final int[] BATCHES = {1, 2, 3, 5, 16, 130};
  private static final int STEPS = 5;

  private static Lstm sequences(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  /** Odd widths, below a vector and above, both directions, and other activations. */
  private static List<Sequential> models() {
    List<Sequential> models = new ArrayList<>();
    for (int units : new int[] {1, 3, 16, 37, 131}) {
      models.add(Sequential.of(sequences(units), Dense.of(3)).build(7, units));
    }
    models.add(
        Sequential.of(
                sequences(19),
                Lstm.builder(23)
                    .goBackwards(true)
                    .useBias(false)
                    .activation(Activation.RELU)
                    .returnSequences(true)
                    .build(),
                Dense.of(5, Activation.TANH))
            .build(150, 1));
    models.add(
        Sequential.of(Bidirectional.of(sequences(21)), Lstm.of(9), Dense.of(70)).build(11, 2));
    models.add(
        Sequential.of(
                plain(37),
                SimpleRnn.builder(19)
                    .goBackwards(true)
                    .useBias(false)
                    .activation(Activation.RELU)
                    .returnSequences(true)
                    .build(),
                Dense.of(3))
            .build(7, 3));
    models.add(Sequential.of(Bidirectional.of(plain(131)), SimpleRnn.of(9)).build(11, 2));
    return models;
  }

  private static SimpleRnn plain(int units) {
    return SimpleRnn.builder(units).returnSequences(true).build();
  }

  private static Predictor predictor(Sequential model, WeightFormat format, int threads) {
    return model.predictor(
        PredictorOptions.builder().threads(threads).ownThreads(true).weights(format).build());
  }

  /** Rounds every kernel of the model in place. */
  private static Sequential rounded(Sequential model, WeightFormat format) {
    for (Weight weight : model.weights()) {
      if (weight.name().endsWith("kernel")) {
        round(weight, format);
      }
    }
    return model;
  }

  private static void round(Weight weight, WeightFormat format) {
    Tensor kernel = weight.value();
    for (long j = 0; j < kernel.dim(1); j++) {
      float largest = 0;
      for (long p = 0; p < kernel.dim(0); p++) {
        largest = Math.max(largest, Math.abs(kernel.get(p, j)));
      }
      float scale = largest / 127;
      for (long p = 0; p < kernel.dim(0); p++) {
        float value = kernel.get(p, j);
        float near =
            switch (format) {
              case FLOAT32 -> value;
              case BFLOAT16 -> bfloat16(value);
              case INT8 -> (float) Math.rint(value / scale) * scale;
            };
        weight.set(near, p, j);
      }
    }
  }

  /** By float addition, which rounds to the nearest and ties to even: 16 bits are shifted out. */
  private static float bfloat16(float value) {
    float shift = Math.scalb(1.5f, Math.getExponent(value) + 16);
    return value + shift - shift;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void predictsAsAFloatPredictorOfTheRoundedWeights(WeightFormat format) {
    for (Sequential model : models()) {
      Predictor narrow = predictor(model, format, 1);
      float[] exact = model.predict(input(model, 3)).toArray();
      assertFalse(Arrays.equals(exact, narrow.predict(input(model, 3)).toArray()), "no rounding");
      rounded(model, format);
      for (int batch : BATCHES) {
        Tensor x = input(model, batch);
        String what = model.layers() + " batch " + batch;
        assertArrayEquals(model.predict(x).toArray(), narrow.predict(x).toArray(), what);
        int[] lengths = new int[batch];
        for (int row = 0; row < batch; row++) {
          lengths[row] = row % (STEPS + 1);
        }
        Mask mask = Mask.ofLengths(STEPS, lengths);
        assertArrayEquals(
            model.predict(x, mask).toArray(), narrow.predict(x, mask).toArray(), what + ", masked");
      }
    }
  }

  private static Tensor input(Sequential model, int batch) {
    int features = Math.toIntExact(model.weights().getFirst().value().dim(0));
    return ReferenceModel.random(batch, batch, STEPS, features);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void streamsAsItPredicts(WeightFormat format) {
    for (Recurrent layer : List.of(sequences(3), sequences(37), plain(3), plain(37))) {
      Sequential model = Sequential.of(layer, Dense.of(3)).build(7, layer.units());
      Predictor narrow = predictor(model, format, 1);
      rounded(model, format);
      for (int batch : BATCHES) {
        Tensor x = input(model, batch);
        Tensor expected = model.predict(x);
        Tensor streamed = Tensor.zeros(batch, STEPS, 3);
        Stream stream = narrow.stream(batch);
        for (int step = 0; step < STEPS; step++) {
          stream.step(x.select(1, step), streamed.select(1, step));
        }
        assertArrayEquals(expected.toArray(), streamed.toArray(), layer + ", batch " + batch);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfThreadsDoesNotMatter(WeightFormat format) {
    Sequential model = Sequential.of(sequences(33), plain(40), Lstm.of(20)).build(11, 5);
    Tensor x = ReferenceModel.random(1, 301, 40, 11);
    assertArrayEquals(
        predictor(model, format, 1).predict(x).toArray(),
        predictor(model, format, 3).predict(x).toArray());
  }

  @Test
  void embeddingsAndConvolutionsStayFloat() {
    Sequential model = Sequential.of(Embedding.of(9, 5), Conv1d.of(4, 2)).build(1);
    Tensor ids = Tensor.of(new float[] {1, 2, 3, 4, 5, 8}, 1, 6);
    assertArrayEquals(
        model.predict(ids).toArray(),
        predictor(model, WeightFormat.INT8, 1).predict(ids).toArray());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void aGruAndAnLstmWithOptionsAreRefusedByName(WeightFormat format) {
    Gru after = Gru.builder(4).returnSequences(true).build();
    Gru before = Gru.builder(3).resetAfter(false).name("old").build();
    refuses(after, format, "Gru \"gru\"");
    refuses(before, format, "Gru \"old\"");
    refuses(Bidirectional.of(after), format, "Gru \"bidirectional/forward\"");
    refuses(Lstm.builder(4).peepholes(true).name("peeping").build(), format, "Lstm \"peeping\"");
    refuses(Lstm.builder(4).projection(3).name("thin").build(), format, "Lstm \"thin\"");
  }

  private static void refuses(Layer layer, WeightFormat format, String name) {
    Sequential model = Sequential.of(sequences(5), layer, Dense.of(3)).build(4, 1);
    predictor(model, WeightFormat.FLOAT32, 1);
    assertEquals(
        "PredictorOptions.weights: "
            + name
            + " is read with float32 weights only, got WeightFormat."
            + format
            + ". Leave the weights at WeightFormat.FLOAT32",
        assertThrows(IllegalArgumentException.class, () -> predictor(model, format, 1))
            .getMessage());
  }

  @Test
  void int8RefusesAWeightThatIsNotFinite() {
    Sequential model = Sequential.of(Lstm.of(2), Dense.of(3)).build(4, 1);
    model.weights().get(1).set(Float.POSITIVE_INFINITY, 1, 6);
    PredictorOptions options = PredictorOptions.builder().weights(WeightFormat.INT8).build();
    assertEquals(
        "Predictor: weight lstm/recurrent_kernel holds Infinity at (1, 6), but WeightFormat.INT8"
            + " takes finite weights. FLOAT32 and BFLOAT16 take any",
        assertThrows(IllegalArgumentException.class, () -> model.predictor(options)).getMessage());
  }

  @Test
  void theFormatIsFloat32UnlessSet() {
    assertEquals(WeightFormat.FLOAT32, PredictorOptions.of().weights());
    assertThrows(NullPointerException.class, () -> PredictorOptions.builder().weights(null));
  }
}
