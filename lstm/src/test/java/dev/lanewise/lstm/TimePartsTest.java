package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits whose states go on from part to part of a sequence, and from batch to batch. */
class TimePartsTest {
  private static final int SAMPLES = 6;
  private static final int STEPS = 12;
  private static final int FEATURES = 3;
  private static final Tensor X = ReferenceModel.random(1, SAMPLES, STEPS, FEATURES);
  private static final Tensor Y = ReferenceModel.random(2, SAMPLES, STEPS, 1);

  private static Stream<Recurrent.Builder<?>> kinds() {
    return StateCase.kinds(5);
  }

  private static Sequential model(Recurrent.Builder<?> kind) {
    Recurrent layer = kind.returnSequences(true).build();
    return Sequential.of(layer, Dense.of(1))
        .build(FEATURES, 7)
        .compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
  }

  private static FitOptions.Builder options() {
    return FitOptions.builder().batchSize(SAMPLES).shuffle(false).seed(3);
  }

  private static float[] fit(Sequential model, FitOptions.Builder options) {
    model.fit(X, Y, options.build());
    return ReferenceModel.weights(model);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onePartIsTheWholeSequence(Recurrent.Builder<?> kind) {
    float[] whole = fit(model(kind), options().epochs(3));
    assertArrayEquals(whole, fit(model(kind), options().epochs(3).truncate(STEPS)));
    assertFalse(Arrays.equals(whole, fit(model(kind), options().epochs(3).truncate(4))));
  }

  /** The same by hand: each part is a fit that is handed the states, which a prediction gave. */
  @ParameterizedTest
  @MethodSource("kinds")
  void eachPartBeginsWhereTheOneBeforeEnded(Recurrent.Builder<?> kind) {
    Sequential parts = model(kind);
    Model byHand = handed(kind.returnSequences(true).build());
    for (int i = 0; i < byHand.weights().size(); i++) {
      byHand.weights().get(i).set(parts.weights().get(i).value());
    }
    Map<String, Tensor> states = new HashMap<>();
    for (Value input : byHand.inputs()) {
      if (!input.hasTime()) {
        states.put(input.name(), Tensor.zeros(SAMPLES, input.features()));
      }
    }
    for (int first = 0; first < STEPS; first += 4) {
      Map<String, Tensor> x = new HashMap<>(states);
      x.put("x", X.slice(1, first, first + 4));
      Map<String, Tensor> ends = byHand.predict(x);
      states.replaceAll((name, _) -> Objects.requireNonNull(ends.get("end of " + name)));
      byHand.fit(x, Map.of("y", Y.slice(1, first, first + 4)), options().build());
    }
    float[] expected = ReferenceModel.weights(byHand);
    assertArrayEquals(expected, fit(parts, options().truncate(4)), 1e-5f);
  }

  private static Model handed(Recurrent layer) {
    Value x = Input.sequences("x", FEATURES);
    Value h = Input.rows("h", layer.outputs());
    List<Value> inputs = new ArrayList<>(List.of(x, h));
    States from = States.of(h);
    if (!layer.cellUnits().isEmpty()) {
      Value c = Input.rows("c", layer.units());
      inputs.add(c);
      from = States.of(h, c);
    }
    ValueWithStates all = layer.applyWithState(x, from);
    List<Value> outputs = new ArrayList<>();
    outputs.add(Dense.of(1).apply(all.y()).named("y"));
    outputs.add(all.states().h().getFirst().named("end of h"));
    all.states().c().forEach(c -> outputs.add(c.named("end of c")));
    return Model.of(inputs, outputs)
        .build(7)
        .compile(Adam.of(0.01), Map.of("y", Loss.MEAN_SQUARED_ERROR), Map.of());
  }

  /** Two halves of a sequence one after the other are two batches. */
  @ParameterizedTest
  @MethodSource("kinds")
  void batchesGoOnAsPartsDo(Recurrent.Builder<?> kind) {
    float[] parts = fit(model(kind), options().epochs(2).truncate(STEPS / 2));
    Tensor x = halves(X);
    Tensor y = halves(Y);
    Sequential stateful = model(kind);
    stateful.fit(x, y, options().epochs(2).stateful(true).build());
    assertArrayEquals(parts, ReferenceModel.weights(stateful));
    Sequential fromZero = model(kind);
    fromZero.fit(x, y, options().epochs(2).build());
    assertFalse(Arrays.equals(parts, ReferenceModel.weights(fromZero)));
  }

  /** (samples, steps, n) as (2 * samples, steps / 2, n): all first halves, then all second ones. */
  private static Tensor halves(Tensor all) {
    Tensor first = all.slice(1, 0, STEPS / 2);
    return Tensor.concat(0, first, all.slice(1, STEPS / 2, STEPS));
  }

  private static Sequential stack() {
    Lstm lower = Lstm.builder(20).returnSequences(true).dropout(0.2).recurrentDropout(0.1).build();
    Gru upper = Gru.builder(9).returnSequences(true).build();
    return Sequential.of(lower, LayerNormalization.of(), upper, Dense.of(1))
        .build(FEATURES, 7)
        .compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
  }

  @Test
  void threadsAndAnotherFitChangeNothing() {
    float[] one = fit(stack(), options().epochs(2).truncate(3).threads(1));
    Sequential model = stack();
    for (int epoch = 0; epoch < 2; epoch++) { // its memory is kept
      FitOptions.Builder options = options().epochs(epoch + 1).initialEpoch(epoch);
      fit(model, options.truncate(3).threads(3).ownThreads(true));
    }
    assertArrayEquals(one, ReferenceModel.weights(model));
  }

  /** Of sequences that end early, the parts after all ends teach nothing. */
  @Test
  void partsOfPaddingAloneAreLeftOut() {
    Mask mask = Mask.ofLengths(STEPS, 5, 3, 6, 2, 4, 1);
    Sequential padded = stack();
    History history = padded.fit(X, mask, Y, options().epochs(2).truncate(3).build());
    Sequential cut = stack();
    History expected =
        cut.fit(
            X.slice(1, 0, 6),
            Mask.ofLengths(6, 5, 3, 6, 2, 4, 1),
            Y.slice(1, 0, 6),
            options().epochs(1).truncate(3).build());
    assertEquals(expected.loss()[0], history.loss()[0]);
    double metric = expected.metric(Metric.MEAN_ABSOLUTE_ERROR)[0];
    assertEquals(metric, history.metric(Metric.MEAN_ABSOLUTE_ERROR)[0]);
  }

  @Test
  void tellsOfABatchOnceAndCountsItsSamplesOnce() {
    List<BatchProgress> told = new ArrayList<>();
    Sequential model = model(Lstm.builder(4));
    FitOptions.Builder options = FitOptions.builder().batchSize(4).truncate(6);
    History history = model.fit(X, Y, options.onBatch(told::add).build());
    assertEquals(List.of(4, 2), told.stream().map(BatchProgress::samples).toList());
    double mean = (told.get(0).loss() * 4 + told.get(1).loss() * 2) / 6;
    assertEquals(mean, history.loss()[0], 1e-12);
  }

  private static void refuses(String message, Sequential model, FitOptions.Builder options) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> fit(model, options)).getMessage());
  }

  @Test
  void refusesWhatCannotGoOn() {
    refuses(
        "FitOptions.truncate: sequences of 12 steps are no whole parts of 5: truncate(4) divides"
            + " them; or pad them, and mask the padding",
        stack(),
        options().truncate(5));
    Lstm each = Lstm.builder(4).returnSequences(true).build();
    Sequential both = Sequential.of(Bidirectional.of(each), Dense.of(1)).build(FEATURES, 7);
    both.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    refuses(
        "FitOptions.truncate: Bidirectional \"bidirectional\" reads whole sequences, so that nothing"
            + " goes on from one part of them to the next",
        both,
        options().truncate(4));
    refuses(
        "FitOptions.stateful: row i of a batch goes on in row i of the next, but 6 samples are no"
            + " whole batches of 4: give batchSize the series that run side by side, and samples that"
            + " fill the batches",
        stack(),
        options().batchSize(4).stateful(true));
    FitOptions.Builder shuffled = FitOptions.builder().stateful(true);
    assertEquals(
        "FitOptions: stateful(true) with shuffle(true) would hand the states of a sequence to"
            + " others: add shuffle(false)",
        assertThrows(IllegalArgumentException.class, shuffled::build).getMessage());
  }

  @Test
  void refusesTargetsOfTheEndAlone() {
    Sequential last = Sequential.of(Lstm.of(4), Dense.of(1)).build(FEATURES, 7);
    last.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = options().truncate(4).build();
    Tensor y = Y.select(1, 0);
    assertEquals(
        "FitOptions.truncate: output \"y\" has targets (6, 1), not one of each of the 12 steps: give"
            + " the last recurrent layer returnSequences(true), and y a value for each step",
        assertThrows(IllegalArgumentException.class, () -> last.fit(X, y, options)).getMessage());
  }
}
