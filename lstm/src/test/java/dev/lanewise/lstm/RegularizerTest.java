package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularizerTest {
  private static final Tensor X = sines(50, 1, 6, 4, 3);
  private static final Tensor Y = sines(60, 4, 6, 2);

  /** Element i of array k is sin(i + k) / 2. */
  private static Tensor sines(int k, double scale, long... shape) {
    float[] each = new float[Math.toIntExact(Tensor.zeros(shape).size())];
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) scale * (float) (Math.sin(i + k) / 2);
    }
    return Tensor.of(each, shape);
  }

  private static <B extends Recurrent.Builder<B>> Recurrent all(B builder) {
    return builder
        .kernelRegularizer(Regularizer.l2(0.02))
        .recurrentRegularizer(Regularizer.l1(0.01))
        .biasRegularizer(new Regularizer(0.03, 0.05))
        .build();
  }

  private static Dense both(int units) {
    return Dense.builder(units)
        .kernelRegularizer(new Regularizer(0.01, 0.02))
        .biasRegularizer(Regularizer.l2(0.1))
        .build();
  }

  private static Model chain(Layer... layers) {
    return Sequential.of(layers).build(4, 3, 0);
  }

  private static Model twice() {
    Value x = Input.sequences("x", 3);
    Dense shared = both(3);
    Value y = Dense.of(2).apply(Lstm.of(4).apply(shared.apply(shared.apply(x))));
    return Model.of(x, y.named("y")).build(0);
  }

  private static Map<String, Model> models() {
    Conv1d conv =
        Conv1d.builder(4, 2)
            .kernelRegularizer(new Regularizer(0.01, 0.02))
            .biasRegularizer(Regularizer.l2(0.1))
            .build();
    Embedding embedding =
        Embedding.builder(4, 3).embeddingsRegularizer(new Regularizer(0.02, 0.01)).build();
    Layer lstm = all(Lstm.builder(5));
    Map<String, Model> models = new HashMap<>();
    models.put("lstm", chain(lstm, both(2)));
    models.put("gru", chain(all(Gru.builder(5)), Dense.of(2)));
    models.put("simple-rnn", chain(all(SimpleRnn.builder(5)), Dense.of(2)));
    models.put("bidirectional", chain(Bidirectional.of(all(Lstm.builder(3))), Dense.of(2)));
    models.put("conv1d", chain(conv, Lstm.of(3), Dense.of(2)));
    models.put("embedding", Sequential.of(embedding, Lstm.of(3), Dense.of(2)).build(0));
    models.put("clipped", chain(lstm, both(2)));
    models.put("adam", chain(lstm, both(2)));
    models.put("twice", twice());
    models.put("frozen", chain(both(3), lstm.trainable(false), Dense.of(2)));
    Layer fixed = BatchNormalization.of().trainable(false);
    models.put("fixed", chain(Dense.of(3), fixed, lstm, Dense.of(2)));
    return models;
  }

  private static Optimizer optimizer(String name) {
    return switch (name) {
      case "clipped" -> Sgd.builder().learningRate(0.5).globalClipNorm(0.2).build();
      case "adam" -> Adam.of(0.02);
      default -> Sgd.of(0.1);
    };
  }

  private static void setWeights(Model model) {
    List<Weight> weights = model.weights();
    for (int k = 0; k < weights.size(); k++) {
      float[] values = sines(k + 1, 1, weights.get(k).shape().toArray()).toArray();
      if (weights.get(k).name().endsWith("moving_variance")) {
        for (int i = 0; i < values.length; i++) {
          values[i] += 1;
        }
      }
      weights.get(k).set(Tensor.of(values, weights.get(k).shape().toArray()));
    }
  }

  private static double[] losses(String name, Model model, FitOptions.Builder options) {
    setWeights(model);
    model.compile(optimizer(name), Loss.MEAN_SQUARED_ERROR);
    Tensor x = X;
    if (name.equals("embedding")) {
      float[] ids = new float[24];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = i % 4;
      }
      x = Tensor.of(ids, 6, 4);
    }
    String input = model.inputNames().getFirst();
    String output = model.outputNames().getFirst();
    Map<String, Tensor> in = Map.of(input, x);
    Map<String, Tensor> out = Map.of(output, Y);
    options.epochs(5).batchSize(6).shuffle(false);
    double[] losses = Arrays.copyOf(model.fit(in, out, options.build()).loss(), 6);
    losses[5] = model.evaluate(in, out).loss();
    model.predict(in);
    assertEquals(losses[5], model.evaluate(in, out).loss(), 1e-12); // by the predictor that is kept
    return losses;
  }

  @Test
  void losesWhatKerasLoses() throws IOException {
    Map<String, double[]> goldens = goldens();
    Map<String, Model> models = models();
    assertEquals(goldens.keySet(), models.keySet());
    models.forEach(
        (name, model) -> {
          double[] expected = goldens.get(name);
          double[] actual = losses(name, model, FitOptions.builder());
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-6 * expected[i], name + " " + i);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "twice", "bidirectional"})
  void anyNumberOfThreadsGivesTheSameBits(String name) {
    Model one = models().get(name);
    double[] expected = losses(name, one, FitOptions.builder().threads(1));
    Model three = models().get(name);
    assertArrayEquals(expected, losses(name, three, FitOptions.builder().threads(3)));
    for (int i = 0; i < one.weights().size(); i++) {
      float[] weight = one.weights().get(i).value().toArray();
      assertArrayEquals(weight, three.weights().get(i).value().toArray());
    }
  }

  @Test
  void batchesThatAreOneUpdateCountItOnce() {
    double[] whole = losses("lstm", models().get("lstm"), FitOptions.builder());
    Model parts = models().get("lstm");
    setWeights(parts);
    parts.compile(optimizer("lstm"), Loss.MEAN_SQUARED_ERROR);
    FitOptions options =
        FitOptions.builder().epochs(5).batchSize(2).accumulate(3).shuffle(false).build();
    History history = ((Sequential) parts).fit(X, Y, options);
    for (int i = 0; i < 5; i++) {
      assertEquals(whole[i], history.loss()[i], 1e-5);
    }
  }

  @Test
  void validationLosesItToo() {
    Sequential model = (Sequential) chain(both(3), Lstm.of(2), Dense.of(2));
    setWeights(model);
    model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(1).batchSize(6).validationData(X, Y).build();
    double validation = model.fit(X, Y, options).validationLoss()[0];
    assertEquals(model.evaluate(X, Y).loss(), validation, 1e-12);
  }

  /** A layer that no loss depends on is held small by what it adds, the same in each update. */
  @Test
  void aLayerWithoutALossShrinks() {
    Value x = Input.sequences("x", 3);
    Dense kept = Dense.builder(3).kernelRegularizer(Regularizer.l2(0.5)).name("kept").build();
    Value one = Dense.of(2).apply(Lstm.of(2).apply(x)).named("one");
    Value other = kept.apply(Lstm.of(2).apply(x)).named("other");
    Model model = Model.of(List.of(x), List.of(one, other)).build(3);
    model.compile(Sgd.of(0.1), Map.of("one", Loss.MEAN_SQUARED_ERROR), Map.of());
    Weight weight =
        model.weights().stream()
            .filter(each -> each.name().equals("kept/kernel"))
            .findFirst()
            .orElseThrow();
    float[] before = weight.value().toArray();
    FitOptions options = FitOptions.builder().epochs(3).batchSize(6).build();
    model.fit(Map.of("x", X), Map.of("one", Y), options);
    float[] after = weight.value().toArray();
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] * 0.9 * 0.9 * 0.9, after[i], 1e-6);
    }
  }

  @Test
  void refusesFactorsThatAreNone() {
    assertEquals(
        "Regularizer: l1=-1.0, expected a finite number, 0 or more",
        refused(() -> Regularizer.l1(-1)));
    assertEquals(
        "Regularizer: l2=NaN, expected a finite number, 0 or more",
        refused(() -> Regularizer.l2(Double.NaN)));
  }

  @Test
  void saysItselfAsACallDoes() {
    assertEquals(
        "Dense(units=2, kernelRegularizer=Regularizer(0.01, 0.02), biasRegularizer=l2(0.1))",
        both(2).toString());
    assertEquals("l1(0.5)", Regularizer.l1(0.5).toString());
    assertEquals("NONE", new Regularizer(0, 0).toString());
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  /** As {@code make_penalty_goldens.py} wrote them. */
  private static Map<String, double[]> goldens() throws IOException {
    Map<String, double[]> found = new HashMap<>();
    try (InputStream in = RegularizerTest.class.getResourceAsStream("penalties.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.strip().split("\n", -1)) {
        String[] cells = line.split(",", -1);
        double[] losses = Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray();
        found.put(cells[0], losses);
      }
    }
    return found;
  }

  /** Predictions are finite, and so is their loss. */
  @Test
  void namesTheRegularizerThatGivesNaN() {
    float[] table = {1, 2, 3, 4, Float.NaN, 6}; // row 2 is looked up by no sample
    Embedding embedding =
        Embedding.given(Tensor.of(table, 3, 2)).embeddingsRegularizer(Regularizer.l1(0.1)).build();
    Sequential model = Sequential.of(embedding, Lstm.of(3), both(1)).build(1);
    model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
    Tensor ids = Tensor.of(new float[] {0, 1, 1, 0}, 2, 2);
    Executable fit = () -> model.fit(ids, Tensor.zeros(2, 1), FitOptions.of());
    assertEquals(
        "Sequential.fit: the loss is NaN in epoch 0, batch 0, counted from 0, of predictions that"
            + " are finite: the regularizer of the weight \"embedding/embeddings\" gave it, for the"
            + " losses are finite; look for NaN in that weight, or lower the regularizer's factors."
            + " The weights are those of before this batch",
        assertThrows(ArithmeticException.class, fit).getMessage());
  }
}
