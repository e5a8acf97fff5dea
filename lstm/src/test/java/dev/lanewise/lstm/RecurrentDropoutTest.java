package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recurrent layers drop; its gradients are tried by {@link TrainingStatesTest}. */
class RecurrentDropoutTest {
  private static final int BATCH = 6;
  private static final int STEPS = 4;
  private static final int WIDTH = 50;

  private static Stream<Recurrent.Builder<?>> kinds() {
    return StateCase.kinds(5);
  }

  private static TrainedAlone alone(Recurrent layer, long batches) {
    Tensor x = ReferenceModel.random(1, BATCH, STEPS, WIDTH);
    TrainedAlone alone = new TrainedAlone(layer, x, null, List.of(), false);
    alone.layer.begin(batches, BATCH);
    return alone.train(7, 0, BATCH);
  }

  /** Which features of which rows no gradient goes to at a step. */
  private static boolean[] dropped(TrainedAlone alone, int step) {
    float[] dx = alone.gradient(alone.below);
    boolean[] dropped = new boolean[BATCH * WIDTH];
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = dx[step * dropped.length + i] == 0;
    }
    return dropped;
  }

  private static void assertRate(boolean[] dropped) {
    int count = 0;
    for (boolean each : dropped) {
      count += each ? 1 : 0;
    }
    assertTrue(count > 35 && count < 85, count + " of 300"); // 60 are to be expected
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void dropsTheSameFeaturesAtAllSteps(Recurrent.Builder<?> kind) {
    Recurrent layer = kind.dropout(0.2).build();
    TrainedAlone alone = alone(layer, 3);
    boolean[] first = dropped(alone, 0);
    assertRate(first);
    for (int step = 1; step < STEPS; step++) {
      assertArrayEquals(first, dropped(alone, step));
    }
    boolean[] one = Arrays.copyOfRange(first, 0, WIDTH);
    assertFalse(Arrays.equals(one, Arrays.copyOfRange(first, WIDTH, 2 * WIDTH)));
    assertArrayEquals(first, dropped(alone(layer, 3), 0));
    assertFalse(Arrays.equals(first, dropped(alone(layer, 4), 0)));
  }

  /** With U = 1 and all else 0 a unit is 1 times its factor of each step, or 0. */
  @Test
  void dropsTheSameUnitsAtAllSteps() {
    SimpleRnn layer =
        SimpleRnn.builder(WIDTH)
            .activation(Activation.LINEAR)
            .returnSequences(true)
            .recurrentDropout(0.2)
            .build();
    TrainingBlock ones = TrainedAlone.Block.of(Tensor.zeros(BATCH, WIDTH).fill(1), false, null);
    Tensor x = Tensor.zeros(BATCH, STEPS, 1);
    TrainedAlone alone = new TrainedAlone(layer, x, null, List.of(ones), false);
    Tensor identity = Tensor.zeros(WIDTH, WIDTH);
    for (int i = 0; i < WIDTH; i++) {
      identity.set(1, i, i);
    }
    alone.weights.get(1).set(identity);
    alone.weights.get(2).set(Tensor.zeros(WIDTH));
    for (int i = 0; i < alone.layer.packs(); i++) {
      alone.layer.pack(i);
    }
    alone.forward(0, BATCH);
    float[] h = alone.values(alone.layer);
    boolean[] dropped = new boolean[BATCH * WIDTH];
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = h[i] == 0;
      for (int step = 0; step < STEPS; step++) {
        float kept = (float) Math.pow(1.25, step + 1);
        assertEquals(dropped[i] ? 0 : kept, h[step * dropped.length + i]);
      }
    }
    assertRate(dropped);
  }

  @Test
  void gatesAndDirectionsDropOthers() {
    Lstm layer = Lstm.builder(WIDTH).dropout(0.5).recurrentDropout(0.5).build();
    double[][] drawn = new double[4][WIDTH];
    for (int gate = 0; gate < 4; gate++) {
      for (int i = 0; i < WIDTH; i++) {
        drawn[gate][i] = ReferenceDropout.of(layer, WIDTH, 1, 0).h(gate, i);
      }
    }
    for (int gate = 1; gate < 4; gate++) {
      assertFalse(Arrays.equals(drawn[0], drawn[gate]));
    }
    assertTrue(ReferenceDropout.seed(1, 0) != ReferenceDropout.seed(1, 1));
  }

  private static Sequential model(double dropout, double recurrentDropout) {
    Lstm lstm = Lstm.builder(5).dropout(dropout).recurrentDropout(recurrentDropout).build();
    Recurrent all = lstm.toBuilder().returnSequences(true).build();
    Sequential model = Sequential.of(Bidirectional.of(all), lstm, Dense.of(1)).build(3, 7);
    return model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
  }

  private static final Tensor X = ReferenceModel.random(1, 21, 6, 3);
  private static final Tensor Y = ReferenceModel.random(2, 21, 1);

  private static float[] fit(Sequential model, FitOptions.Builder options) {
    model.fit(X, Y, options.batchSize(8).seed(5).build());
    return ReferenceModel.weights(model);
  }

  @Test
  void predictsAsIfThereWereNone() {
    Tensor expected = model(0, 0).predict(X);
    assertArrayEquals(expected.toArray(), model(0.3, 0.4).predict(X).toArray());
  }

  @Test
  void anyNumberOfThreadsDropsTheSame() {
    float[] one = fit(model(0.3, 0.4), FitOptions.builder().epochs(3).threads(1));
    assertArrayEquals(one, fit(model(0.3, 0.4), FitOptions.builder().epochs(3).threads(3)));
    assertFalse(Arrays.equals(one, fit(model(0, 0), FitOptions.builder().epochs(3))));
    assertFalse(Arrays.equals(one, fit(model(0.3, 0), FitOptions.builder().epochs(3))));
  }

  @Test
  void aFitThatGoesOnDropsTheSame() {
    float[] whole = fit(model(0.3, 0.4), FitOptions.builder().epochs(4));
    Sequential cut = model(0.3, 0.4);
    List<TrainingState> states = new ArrayList<>();
    Callback keeper =
        new Callback() {
          @Override
          public void afterEpoch(FitProgress fit) {
            states.add(fit.state());
          }
        };
    float[] half = fit(cut, FitOptions.builder().epochs(2).callback(keeper));
    TrainingState at = states.get(1);
    TrainingState alone =
        new TrainingState(at.epochs(), at.updates(), at.rateFactor(), at.moments(), List.of());
    Sequential again = model(0.3, 0.4);
    ReferenceModel.setWeights(again, half);
    assertArrayEquals(whole, fit(again, FitOptions.builder().epochs(4).resume(alone)));
  }

  @Test
  void refusesPartsThatAreNone() {
    assertEquals(
        "Lstm: dropout=1.0, expected at least 0 and below 1",
        refused(() -> Lstm.builder(2).dropout(1)));
    assertEquals(
        "Gru: recurrentDropout=-0.5, expected at least 0 and below 1",
        refused(() -> Gru.builder(2).recurrentDropout(-0.5)));
    assertEquals(
        "SimpleRnn: recurrentDropout=NaN, expected at least 0 and below 1",
        refused(() -> SimpleRnn.builder(2).recurrentDropout(Double.NaN)));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  // What Keras gives with the same masks

  private static final Map<String, Recurrent.Builder<?>> GOLDEN =
      Map.of(
          "lstm", Lstm.builder(3),
          "gru", Gru.builder(3),
          "reset-before", Gru.builder(3).resetAfter(false),
          "simple-rnn", SimpleRnn.builder(3));

  @Test
  void givesWhatKerasGives() throws IOException {
    Map<String, double[]> goldens = goldens();
    int compared = 0;
    for (Map.Entry<String, Recurrent.Builder<?>> kind : GOLDEN.entrySet()) {
      Recurrent.Builder<?> builder = kind.getValue().returnSequences(true);
      Map<String, Recurrent> layers =
          Map.of(
              "input", builder.dropout(0.4).build(),
              "state", builder.dropout(0).recurrentDropout(0.4).build(),
              "both", builder.dropout(0.3).recurrentDropout(0.5).build());
      for (Map.Entry<String, Recurrent> layer : layers.entrySet()) {
        String name = kind.getKey() + "-" + layer.getKey() + ",";
        for (Map.Entry<String, float[]> result : results(layer.getValue()).entrySet()) {
          double[] expected = goldens.get(name + result.getKey());
          StateCase.assertClose(name + result.getKey(), expected, result.getValue(), 2e-6);
          compared++;
        }
      }
    }
    assertEquals(goldens.size(), compared);
  }

  private static Map<String, float[]> results(Recurrent layer) {
    Tensor x = sines(5, 2, 4, 2);
    TrainedAlone alone = new TrainedAlone(layer, x, null, List.of(), false);
    for (int k = 0; k < 3; k++) {
      Weight weight = alone.weights.get(k);
      weight.set(sines(k, weight.shape().toArray()));
    }
    for (int i = 0; i < alone.layer.packs(); i++) {
      alone.layer.pack(i);
    }
    alone.forward(0, 2);
    Map<String, float[]> all = new LinkedHashMap<>();
    all.put("y", Tensor.of(alone.values(alone.layer), 4, 2, 3).permute(1, 0, 2).toArray());
    TrainedAlone.write(sines(6, 2, 4, 3).permute(1, 0, 2).toArray(), alone.layer.gradient());
    alone.backward(0, 2);
    all.put("x", Tensor.of(alone.gradient(alone.below), 4, 2, 2).permute(1, 0, 2).toArray());
    for (Weight weight : alone.weights) {
      all.put(weight.name().substring(weight.name().indexOf('/') + 1), alone.gradient(weight));
    }
    return all;
  }

  /** Element i of array k is sin(i + k) / 2. */
  private static Tensor sines(int k, long... shape) {
    float[] each = new float[Math.toIntExact(Tensor.zeros(shape).size())];
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) (Math.sin(i + k) / 2);
    }
    return Tensor.of(each, shape);
  }

  private static Map<String, double[]> goldens() throws IOException {
    Map<String, double[]> found = new LinkedHashMap<>();
    try (InputStream in = RecurrentDropoutTest.class.getResourceAsStream("dropout.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        String[] cells = line.split(",", -1);
        if (cells.length > 2) {
          double[] values = Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
          found.put(cells[0] + "," + cells[1], values);
        }
      }
    }
    return found;
  }
}
