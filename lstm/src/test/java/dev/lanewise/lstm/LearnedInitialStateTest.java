package dev.lanewise.lstm;

import static dev.lanewise.lstm.StateCase.BATCH;
import static dev.lanewise.lstm.StateCase.FEATURES;
import static dev.lanewise.lstm.StateCase.STEPS;
import static dev.lanewise.lstm.StateCase.assertClose;
import static dev.lanewise.lstm.StateCase.assertSame;
import static dev.lanewise.lstm.StateCase.doubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers whose sequences begin from weights. */
class LearnedInitialStateTest {

  static Stream<StateCase> cases() {
    return Stream.concat(StateCase.all(), StateCase.dropping());
  }

  static Stream<StateCase> dropNothing() {
    return StateCase.all();
  }

  private static Layer learning(Layer layer) {
    return layer instanceof Bidirectional both
        ? Bidirectional.of((Recurrent) learning(both.layer()), both.merge())
        : ((Recurrent) layer).toBuilder().learnedInitialState(true).build();
  }

  private static boolean isInitial(Weight weight) {
    return weight.name().contains("/initial_");
  }

  /** Of the weights that are states: h of each direction, then c, as {@link Layer#stateUnits}. */
  private static List<Weight> initial(List<Weight> weights) {
    List<Weight> all = new ArrayList<>();
    for (String kind : List.of("/initial_h", "/initial_c")) {
      weights.stream().filter(each -> each.name().endsWith(kind)).forEach(all::add);
    }
    return all;
  }

  /** (rows, units), each row the weight. */
  private static Tensor repeated(Weight weight, int rows) {
    return weight.value().expandDims(0).tile(rows, 1);
  }

  /** With weights that are drawn, the states too. */
  private static Sequential built(Layer... layers) {
    Sequential model = Sequential.of(layers).build(FEATURES, 1);
    int seed = 50;
    for (Weight weight : model.weights()) {
      if (isInitial(weight)) {
        weight.set(ReferenceModel.random(seed++, weight.shape().toArray()));
      }
    }
    return model;
  }

  /** The same model but for the states, which are 0. */
  private static Sequential plain(Sequential model, Layer... layers) {
    Sequential plain = Sequential.of(layers).build(FEATURES, 2);
    List<Weight> from = model.weights().stream().filter(each -> !isInitial(each)).toList();
    for (int i = 0; i < from.size(); i++) {
      plain.weights().get(i).set(from.get(i).value());
    }
    return plain;
  }

  @Test
  void addsWeightsThatBeginAtZero() {
    Layer layer = Lstm.builder(3).projection(2).learnedInitialState(true).name("l").build();
    Sequential model = Sequential.of(layer, RepeatVector.of(2), learning(Gru.of(4))).build(2, 1);
    List<Weight> states = initial(model.weights());
    assertEquals(
        List.of("l/initial_h (2)", "gru/initial_h (4)", "l/initial_c (3)"),
        states.stream().map(each -> each.name() + " " + each.shape()).toList());
    states.forEach(each -> assertTrue(each.trainable()));
    states.forEach(each -> assertEquals(0, each.value().get(0)));
    Sequential without = Sequential.of(Lstm.builder(3).projection(2).build()).build(2, 1);
    Sequential with = Sequential.of(layer).build(2, 1);
    assertEquals(without.parameterCount() + 5, with.parameterCount());
    assertEquals("Lstm \"l\" (units=3, projection=2, learnedInitialState=true)", layer.toString());
  }

  @Test
  void isOffAndLeftOutOfFilesUnlessSet() {
    for (Recurrent layer : List.of(Lstm.of(2), Gru.of(2), SimpleRnn.of(2))) {
      Setting setting =
          LayerType.of(layer).settings().stream()
              .filter(each -> each.name().equals("learnedInitialState"))
              .findFirst()
              .orElseThrow();
      assertEquals(Optional.of(false), setting.byDefault());
      assertEquals(false, layer.learnedInitialState());
      assertTrue(setting.isLeftOut(setting.of(layer)));
    }
  }

  /** The same bits as where the states are handed in; states of 0 are as none. */
  @ParameterizedTest
  @MethodSource("dropNothing")
  void predictsAsFromStatesThatAreHandedIn(StateCase tried) {
    Sequential model = built(learning(tried.layer()));
    Sequential plain = plain(model, tried.layer());
    int h = tried.layer().stateUnits().size();
    List<Tensor> rows =
        initial(model.weights()).stream().map(each -> repeated(each, BATCH)).toList();
    StreamState from = new StreamState(rows.subList(0, h), rows.subList(h, rows.size()));
    Mask mask = tried.mask();
    Tensor x = tried.x();
    Predictor one = plain.predictor();
    Predictor other = model.predictor();
    Prediction expected =
        mask == null ? one.predictWithState(x, from) : one.predictWithState(x, mask, from);
    Prediction actual = mask == null ? other.predictWithState(x) : other.predictWithState(x, mask);
    assertArrayEquals(expected.y().toArray(), actual.y().toArray());
    assertSame(arrays(expected.state()), arrays(actual.state()));
    initial(model.weights()).forEach(each -> each.set(Tensor.zeros(each.shape().toArray())));
    Tensor ofZero = mask == null ? model.predict(x) : model.predict(x, mask);
    Tensor ofNone = mask == null ? plain.predict(x) : plain.predict(x, mask);
    assertArrayEquals(ofNone.toArray(), ofZero.toArray());
  }

  private static List<float[]> arrays(StreamState state) {
    return Stream.concat(state.h().stream(), state.c().stream()).map(Tensor::toArray).toList();
  }

  @Test
  void statesThatAreHandedInComeFirst() {
    Sequential model = built(learning(Lstm.of(4)));
    Tensor x = ReferenceModel.random(1, 2, STEPS, FEATURES);
    StreamState from = model.predictor().predictWithState(x).state();
    Prediction expected = plain(model, Lstm.of(4)).predictor().predictWithState(x, from);
    Prediction actual = model.predictor().predictWithState(x, from);
    assertArrayEquals(expected.y().toArray(), actual.y().toArray());
  }

  /** Of several blocks of rows, on two threads. */
  @Test
  void holdsForManyRows() {
    Sequential model = built(learning(Lstm.of(7)), Dense.of(1));
    Tensor x = ReferenceModel.random(1, 300, STEPS, FEATURES);
    PredictorOptions two = PredictorOptions.builder().threads(2).build();
    Tensor all = model.predictor(two).predict(x);
    Tensor alone = model.predictor().predict(x.slice(0, 271, 272));
    assertArrayEquals(alone.toArray(), all.slice(0, 271, 272).toArray());
  }

  static Stream<Recurrent.Builder<?>> kinds() {
    return StateCase.kinds(5);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aStreamBeginsFromThemAndGoesBackToThem(Recurrent.Builder<?> kind) {
    Recurrent layer = kind.returnSequences(true).learnedInitialState(true).build();
    Sequential model = built(layer, learning(Gru.builder(3).returnSequences(true).build()));
    Tensor x = ReferenceModel.random(1, 3, STEPS, FEATURES);
    Prediction whole = model.predictor().predictWithState(x);
    try (dev.lanewise.lstm.Stream stream = model.predictor().stream(3)) {
      StreamState first = stream.save();
      for (int round = 0; round < 3; round++) {
        Tensor one = Tensor.zeros(3, 3);
        int steps = round == 0 ? 2 : STEPS; // one round ends in the other of h's two places
        for (int step = 0; step < steps; step++) {
          stream.step(x.select(1, step).contiguous(), one);
          assertArrayEquals(whole.y().select(1, step).toArray(), one.toArray());
        }
        if (steps == STEPS) {
          assertSame(arrays(whole.state()), arrays(stream.save()));
        }
        stream.reset();
        assertSame(arrays(first), arrays(stream.save()));
      }
      Weight h = initial(model.weights()).getFirst();
      assertArrayEquals(repeated(h, 3).toArray(), first.h().getFirst().toArray());
    }
  }

  /** As where blocks that are handed in hold them, whose gradients are added up. */
  @ParameterizedTest
  @MethodSource("cases")
  void trainsAsFromStatesThatAreHandedIn(StateCase tried) {
    TrainedAlone learns = learns(tried).train(7, 0, 2, BATCH);
    List<Weight> states = initial(learns.weights);
    List<TrainingBlock> from = new ArrayList<>();
    for (Weight weight : states) {
      from.add(TrainedAlone.Block.of(repeated(weight, BATCH), true, null));
    }
    TrainedAlone handed = tried.alone(from, true);
    int given = 0;
    for (Weight weight : learns.weights) {
      if (!isInitial(weight)) {
        handed.weights.get(given++).set(weight.value());
      }
    }
    for (int i = 0; i < handed.layer.packs(); i++) {
      handed.layer.pack(i);
    }
    handed.train(7, 0, 2, BATCH);
    assertArrayEquals(handed.values(handed.layer), learns.values(learns.layer));
    assertArrayEquals(handed.gradient(handed.below), learns.gradient(learns.below));
    given = 0;
    for (Weight weight : learns.weights) {
      if (!isInitial(weight)) {
        Weight other = handed.weights.get(given++);
        assertArrayEquals(handed.gradient(other), learns.gradient(weight), weight.name());
      }
    }
    for (int i = 0; i < states.size(); i++) {
      float[] sum = new float[from.get(i).width()];
      float[] rows = handed.gradient(from.get(i));
      for (int at = 0; at < rows.length; at++) {
        sum[at % sum.length] += rows[at];
      }
      assertArrayEquals(sum, learns.gradient(states.get(i)), states.get(i).name());
    }
  }

  private static TrainedAlone learns(StateCase tried) {
    return new StateCase("", learning(tried.layer()), tried.masked()).alone(List.of(), true);
  }

  /** Against the double reference, whose rows all begin from the weight. */
  @ParameterizedTest
  @MethodSource("dropNothing")
  void gradientsAreFiniteDifferences(StateCase tried) {
    TrainedAlone alone = learns(tried);
    alone.forward(0, BATCH);
    alone.fillGradients(7);
    Map<String, double[]> loss = new LinkedHashMap<>();
    loss.put(ReferenceStates.Y, doubles(alone.gradient(alone.layer)));
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put(ReferenceStates.X, doubles(alone.values(alone.below)));
    for (Weight weight : alone.weights) {
      String name = weight.name().substring(weight.name().indexOf('/') + 1);
      all.put(name, doubles(weight.value().toArray()));
    }
    List<Weight> states = initial(alone.weights);
    for (int i = 0; i < states.size(); i++) {
      all.put(tried.states().get(i), doubles(repeated(states.get(i), BATCH).toArray()));
      loss.put(tried.states().get(i), doubles(alone.gradient(alone.layer.states().get(i))));
    }
    alone.backward(0, BATCH);
    boolean[] live = new boolean[STEPS * BATCH];
    Mask mask = tried.mask();
    for (int at = 0; at < live.length; at++) {
      live[at] = mask == null || mask.uses(at % BATCH, at / BATCH);
    }
    ReferenceStates walk = new ReferenceStates(all, live, BATCH);
    for (int i = 0; i < states.size(); i++) {
      double[] rows = all.get(tried.states().get(i));
      int width = rows.length / BATCH;
      double[] expected = new double[width];
      for (int unit = 0; unit < width; unit++) {
        double[] sides = new double[2];
        double kept = rows[unit];
        for (int side = 0; side < 2; side++) {
          set(rows, unit, width, kept + (side == 0 ? -1e-5 : 1e-5));
          sides[side] = loss(walk.run(tried.layer()), loss);
        }
        set(rows, unit, width, kept);
        expected[unit] = (sides[1] - sides[0]) / 2e-5;
      }
      float[] actual = alone.gradient(states.get(i));
      assertClose(states.get(i).name(), expected, actual, 2 * tried.rounding());
    }
  }

  private static void set(double[] rows, int unit, int width, double value) {
    for (int at = unit; at < rows.length; at += width) {
      rows[at] = value;
    }
  }

  private static double loss(Map<String, double[]> results, Map<String, double[]> weights) {
    double sum = 0;
    for (Map.Entry<String, double[]> each : weights.entrySet()) {
      double[] result = results.get(each.getKey());
      for (int i = 0; i < result.length; i++) {
        sum += each.getValue()[i] * result[i];
      }
    }
    return sum;
  }

  @Test
  void aCallThatIsHandedStatesGivesNoGradient() {
    StateCase tried = new StateCase("", learning(Lstm.of(5)), false);
    TrainedAlone alone = tried.alone().train(7, 0, BATCH);
    for (Weight weight : initial(alone.weights)) {
      assertArrayEquals(new float[5], alone.gradient(weight));
    }
  }

  /** On any number of threads; a layer that does not train keeps them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fitLearnsThem(boolean trainable) {
    List<float[]> learned = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      Layer layer = learning(Bidirectional.of(Lstm.of(6))).trainable(trainable);
      Sequential model = Sequential.of(layer, Dense.of(1)).build(FEATURES, 3);
      model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
      Tensor x = ReferenceModel.random(1, 20, STEPS, FEATURES);
      Tensor y = ReferenceModel.random(2, 20, 1);
      model.fit(x, y, FitOptions.builder().epochs(3).threads(threads).build());
      for (Weight weight : initial(model.weights())) {
        float[] values = weight.value().toArray();
        assertEquals(!trainable, Arrays.equals(new float[6], values), weight.name());
        learned.add(values);
      }
    }
    assertSame(learned.subList(0, 4), learned.subList(4, 8));
  }

  /** A network that sees nothing can only learn where it begins. */
  @Test
  void learnsWhatTheFirstStepGives() {
    Layer layer = SimpleRnn.builder(1).useBias(false).learnedInitialState(true).build();
    Sequential model = Sequential.of(layer).build(1, 3);
    model.compile(Adam.of(0.05), Loss.MEAN_SQUARED_ERROR);
    Tensor x = Tensor.zeros(4, 1, 1);
    Tensor y = Tensor.zeros(4, 1).fill(0.5f);
    double before = model.evaluate(x, y).loss();
    model.fit(x, y, FitOptions.builder().epochs(200).build());
    assertEquals(0.25, before);
    assertTrue(model.evaluate(x, y).loss() < 1e-4);
  }

  @Test
  void neitherTruncatesNorCarriesOn() {
    Layer layer = Gru.builder(2).returnSequences(true).learnedInitialState(true).build();
    Sequential model = Sequential.of(layer).build(1, 3);
    model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
    Tensor x = Tensor.zeros(2, 4, 1);
    Tensor y = Tensor.zeros(2, 4, 2);
    Map<String, FitOptions> options =
        Map.of(
            "truncate", FitOptions.builder().truncate(2).build(),
            "stateful", FitOptions.builder().stateful(true).shuffle(false).batchSize(2).build());
    options.forEach(
        (name, each) -> {
          Exception e = assertThrows(IllegalArgumentException.class, () -> model.fit(x, y, each));
          assertEquals(
              "FitOptions."
                  + name
                  + ": Gru \"gru\" learns the state that a sequence begins from, not one that goes"
                  + " on: leave the option out, or learnedInitialState",
              e.getMessage());
        });
  }

  @Test
  void equalsNoLayerThatBeginsFromZero() {
    assertNotEquals(Lstm.of(2), learning(Lstm.of(2)));
    assertEquals(learning(Lstm.of(2)), learning(Lstm.of(2)).trainable(true));
  }
}
