package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs with one input and one output, step by step. */
class GraphStreamTest {
  private static final int BATCH = 3;
  private static final int STEPS = 7;

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  static java.util.stream.Stream<Model> models() {
    Value x = Input.sequences("x", 3);
    Value marked = Masking.of(0).apply(x);
    Lstm twin = every(3);
    return java.util.stream.Stream.of(
        Model.of(x, Add.of().apply(x, every(3).apply(x))),
        Model.of(
            x, Dense.of(2).apply(Multiply.of().apply(Lstm.of(4).apply(x), Gru.of(4).apply(x)))),
        Model.of(x, Average.of().apply(x, twin.apply(x), twin.apply(twin.apply(x)))),
        Model.of(x, Concatenate.of().apply(SimpleRnn.of(2).apply(x), Lstm.of(3).apply(x))),
        Model.of(x, Add.of().apply(marked, every(3).apply(marked))),
        Model.of(x, Multiply.of().apply(marked, every(3).apply(marked), x)),
        Model.of(x, Multiply.of().apply(marked, every(3).apply(marked))),
        Model.of(x, Multiply.of().apply(Lstm.of(4).apply(marked), Gru.of(4).apply(marked))),
        Model.of(x, Multiply.of().apply(Lstm.of(4).apply(marked), Gru.of(4).apply(x))),
        Model.of(
            x, Lstm.of(3).apply(Multiply.of().apply(every(3).apply(marked), every(3).apply(x)))));
  }

  /** Of sequences of which one ends in padding, where a layer marks it. */
  @ParameterizedTest
  @MethodSource("models")
  void theLastStepIsThatOfTheWholeSequence(Model model) {
    Predictor predictor = model.build(1).predictor();
    Tensor x = ReferenceModel.random(1, BATCH, STEPS, 3);
    x.select(0, 1).slice(0, STEPS - 2, STEPS).fill(0);
    x.select(0, 2).slice(0, 1, 3).fill(0);
    Stream stream = predictor.stream(BATCH);
    for (int step = 0; step < STEPS; step++) {
      Tensor whole = predictor.predict(x.slice(1, 0, step + 1));
      Tensor y = Tensor.zeros(BATCH, whole.dim(-1));
      stream.step(x.select(1, step), y);
      Tensor last = whole.rank() == 3 ? whole.select(1, -1) : whole;
      assertArrayEquals(last.toArray(), y.toArray(), "step " + step);
    }
  }

  @Test
  void goesOnFromAPrediction() {
    Value x = Input.sequences("x", 3);
    Predictor predictor =
        Model.of(x, Add.of().apply(x, every(3).apply(every(4).apply(x)))).build(1).predictor();
    Tensor values = ReferenceModel.random(1, BATCH, STEPS, 3);
    Prediction first = predictor.predictWithState(values.slice(1, 0, STEPS - 1));
    Stream stream = predictor.stream(BATCH);
    stream.restore(first.state());
    Tensor y = Tensor.zeros(BATCH, 3);
    stream.step(values.select(1, -1), y);
    assertArrayEquals(predictor.predict(values).select(1, -1).toArray(), y.toArray());
    StreamState whole = predictor.predictWithState(values).state();
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(whole.h().get(i).toArray(), stream.save().h().get(i).toArray());
      assertArrayEquals(whole.c().get(i).toArray(), stream.save().c().get(i).toArray());
    }
  }

  private static void assertRefused(String message, Model model) {
    Predictor predictor = model.build(1).predictor();
    Exception refused = assertThrows(IllegalArgumentException.class, () -> predictor.stream(1));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void refusesAGraphThatHandsStatesOn() {
    Value x = Input.sequences("x", 3);
    States ends = Lstm.of(4).applyWithState(x).states();
    String message =
        ": the model itself hands the states of Lstm \"lstm\" on; those that come in or go out are"
            + " inputs and outputs of it: Input.rows(name, units), applyWithState(x, from).states()";
    Model model = Model.of(x, every(4).applyWithState(x, ends).y());
    assertRefused("Predictor.stream" + message, model);
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> model.predictor().predictWithState(Tensor.zeros(1, 2, 3)));
    assertEquals("Predictor.predictWithState" + message, refused.getMessage());
    assertRefused("Predictor.stream" + message, Model.of(x, ends.h().getFirst()));
  }

  @Test
  void refusesWhatNeedsTheWholeSequence() {
    Value x = Input.sequences("x", 3);
    String whole =
        " needs the whole sequence, of which a stream has seen only a part. Predict whole"
            + " sequences: predict(x)";
    Value twice = Concatenate.of(Concatenate.Axis.TIME).apply(x, x);
    assertRefused("Predictor.stream: Concatenate \"concatenate\"" + whole, Model.of(x, twice));
    Value both = Bidirectional.of(Lstm.of(2)).apply(x);
    assertRefused(
        "Predictor.stream: Bidirectional \"bidirectional\"" + whole,
        Model.of(x, Add.of().apply(both, both)));
  }

  @Test
  void refusesSeveralInputsOrOutputs() {
    Value x = Input.sequences("x", 3);
    Value site = Input.rows("site", 3);
    Value read = Lstm.of(3).apply(x);
    String way = ". Such a model predicts by name: predict(Map.of(\"x\", x, ..))";
    assertRefused(
        "Predictor.stream: takes a model of one input and one output, this one takes [x, site] and"
            + " gives [add]"
            + way,
        Model.of(List.of(x, site), List.of(Add.of().apply(read, site))));
    Model two = Model.of(List.of(x), List.of(read, Dense.of(1).apply(read)));
    String rest =
        ": takes a model of one input and one output, this one takes [x] and gives [lstm, dense]"
            + way;
    assertRefused("Predictor.stream" + rest, two);
    Predictor predictor = two.predictor();
    Tensor values = Tensor.zeros(1, 2, 3);
    Map<String, Runnable> calls =
        Map.of(
            "Predictor.predict",
            () -> predictor.predict(values),
            "Predictor.predictWithState",
            () -> predictor.predictWithState(values),
            "Predictor.outputShape",
            () -> predictor.outputShape(values.shape()));
    calls.forEach(
        (operation, call) ->
            assertEquals(
                operation + rest,
                assertThrows(IllegalArgumentException.class, call::run).getMessage()));
  }
}
