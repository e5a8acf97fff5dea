package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What models that are graphs refuse, word for word. */
class GraphErrorsTest {
  private static final Value X = Input.sequences("x", 3);
  private static final Value SITE = Input.rows("site", 4);
  private static final Value IDS = Input.ids("ids");
  private static final Value READ = Lstm.of(4).apply(X);

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertTooEarly(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }

  private static Model two() {
    Value sum = Add.of().apply(READ, SITE).named("sum");
    return Model.of(List.of(X, SITE), List.of(sum, Dense.of(2).apply(READ))).build(1);
  }

  private static Map<String, Tensor> x(long... batches) {
    return Map.of("x", Tensor.zeros(batches[0], 5, 3), "site", Tensor.zeros(batches[1], 4));
  }

  @Test
  void namesAndLengthsOfInputs() {
    assertRefused(
        "Input: the name is empty; predict and fit take the input's tensor by it",
        () -> Input.rows("", 3));
    assertRefused("Input: features=0, expected 1 or more", () -> Input.sequences("x", 0));
    assertRefused("Input: timesteps=0, expected 1 or more", () -> Input.ids("x", 0));
    assertRefused(
        "Value.named: the input \"x\" cannot be called \"y\" too: give that name to Input",
        () -> X.named("y"));
  }

  @Test
  void valuesThatALayerDoesNotTake() {
    assertRefused(
        "Dense.apply: got 2 values, expected 1: [Input \"x\" -> (batch, timesteps, 3), Input"
            + " \"site\" -> (batch, 4)]. Put them together first, as by Concatenate.of().apply(a,"
            + " b) or Add.of().apply(a, b)",
        () -> Dense.of(1).apply(X, SITE));
    assertRefused("Dense.apply: got 0 values, expected 1: []", () -> Dense.of(1).apply());
    assertRefused("Add.apply: got 0 values, expected 1 or more", () -> Add.of().apply());
    assertRefused(
        "Embedding.apply: takes token ids, got Input \"x\" -> (batch, timesteps, 3). Call it on"
            + " Input.ids(name)",
        () -> Embedding.of(9, 2).apply(X));
    assertRefused(
        "Lstm \"l\".apply: takes numbers, got Input \"ids\" -> (batch, timesteps) of token ids."
            + " Call an Embedding on them first, and this layer on what it gives",
        () -> Lstm.of(4).named("l").apply(IDS));
    assertRefused(
        "Lstm.apply: needs (batch, timesteps, features), got Input \"site\" -> (batch, 4)."
            + " Input.sequences(name, features) has a time axis, and RepeatVector.of(n) gives one",
        () -> Lstm.of(4).apply(SITE));
    assertRefused(
        "Lstm.apply: needs (batch, timesteps, features), but Lstm(units=4) before"
            + " it returns only its last step, (batch, 4). Let that one return every step:"
            + " Lstm.builder(4).returnSequences(true).build()",
        () -> Lstm.of(2).apply(READ));
    assertRefused(
        "Flatten.apply: its output depends on the timesteps, which are not known of Input \"x\" ->"
            + " (batch, timesteps, 3). Input.sequences(name, timesteps, features) and"
            + " Input.ids(name, timesteps) say them",
        () -> Flatten.of().apply(X));
    assertRefused(
        "Embedding.apply: has inputLength=5, got Input \"ids\" -> (batch, timesteps) of token ids."
            + " Input.ids(name, 5) has that length",
        () -> Embedding.builder(9, 2).inputLength(5).build().apply(IDS));
  }

  @Test
  void valuesThatDoNotMerge() {
    String way =
        ". Dense.of(units) brings values to one width, RepeatVector.of(timesteps) gives a row the"
            + " time of a sequence";
    assertRefused(
        "Add.apply: takes values of equal shape, got [(batch, timesteps, 3), (batch, 4)]" + way,
        () -> Add.of().apply(X, SITE));
    assertRefused(
        "Concatenate.apply: takes values of equal shape but for the features, got [(batch,"
            + " timesteps, 3), (batch, 4)]. RepeatVector.of(timesteps) gives a row the time of a"
            + " sequence",
        () -> Concatenate.of().apply(X, SITE));
    Value wide = Dense.of(5).apply(X);
    assertRefused(
        "Concatenate.apply: takes sequences of equal features, got [(batch, timesteps, 3), (batch,"
            + " timesteps, 5)]. Dense.of(units) brings values to one width",
        () -> Concatenate.of(Concatenate.Axis.TIME).apply(X, wide));
    assertRefused(
        "Multiply.apply: takes values of equal shape, got [(batch, 2, 1), (batch, 3, 1)]" + way,
        () -> Multiply.of().apply(Input.sequences("a", 2, 1), Input.sequences("b", 3, 1)));
  }

  @Test
  void statesThatALayerDoesNotTake() {
    assertRefused(
        "Dense.applyWithState: the layer keeps no state; recurrent layers do. Call apply",
        () -> Dense.of(4).applyWithState(X));
    assertRefused(
        "Lstm.applyWithState: got 0 states c, expected 1, of units [4]: States.of(h, c)",
        () -> Lstm.of(4).applyWithState(X, States.of(READ)));
    assertRefused(
        "Gru.applyWithState: got 1 states c, expected 0: States.of(h)",
        () -> Gru.of(4).applyWithState(X, States.of(READ, READ)));
    assertRefused(
        "Bidirectional.applyWithState: got 1 states h, expected 2, of units [4, 4]",
        () -> Bidirectional.of(Gru.of(4)).applyWithState(X, States.of(READ)));
    assertRefused(
        "Lstm.applyWithState: the state h is (batch, 5), got Lstm -> (batch, 4)",
        () -> Lstm.of(5).applyWithState(X, States.of(READ, READ)));
    assertRefused(
        "Gru.applyWithState: the state h is (batch, 3), got Input \"x\" -> (batch, timesteps, 3)",
        () -> Gru.of(3).applyWithState(X, States.of(X)));
  }

  @Test
  void endsThatMakeNoModel() {
    Value y = Dense.of(1).apply(READ);
    assertRefused("Model.of: no inputs, expected 1 or more", () -> Model.of(List.of(), List.of(y)));
    assertRefused(
        "Model.of: no outputs, expected 1 or more", () -> Model.of(List.of(X), List.of()));
    assertRefused(
        "Model.of: Lstm -> (batch, 4) is among the inputs, but a layer gave it: inputs are made by"
            + " Input",
        () -> Model.of(READ, y));
    assertRefused(
        "Model.of: Input \"x\" -> (batch, timesteps, 3) is among the outputs, but no layer gave it",
        () -> Model.of(X, X));
    assertRefused(
        "Model.of: the outputs depend on Input \"site\" -> (batch, 4), which is not among the"
            + " inputs [x]",
        () -> Model.of(X, Add.of().apply(READ, SITE)));
    assertRefused(
        "Model.of: no output depends on Input \"site\" -> (batch, 4); leave it out",
        () -> Model.of(List.of(X, SITE), List.of(y)));
  }

  @Test
  void namesThatAreTakenTwice() {
    Value other = Input.sequences("x", 3);
    Value y = Dense.of(1).apply(READ).named("y");
    assertRefused(
        "Model.of: two inputs are called \"x\"; each needs a name of its own",
        () -> Model.of(List.of(X, other), List.of(Add.of().apply(X, other))));
    assertRefused(
        "Model.of: two outputs are called \"y\"; each needs a name of its own: value.named(..)",
        () -> Model.of(List.of(X), List.of(y, READ.named("y"))));
    assertRefused(
        "Model.of: two layers are called \"d\"; each needs a name of its own. A layer object that"
            + " is called twice is one layer",
        () -> Model.of(X, Dense.of(2).named("d").apply(Dense.of(2).named("d").apply(X))));
  }

  @Test
  void aLayerThatNeedsOtherWeightsEachTime() {
    Dense both = Dense.of(2);
    Value sum = Concatenate.of().apply(both.apply(READ), both.apply(Lstm.of(3).apply(X)));
    assertRefused(
        "Model.of: Dense \"dense\" is called on (batch, 4) and on (batch, 3): its weights are not"
            + " the same for both. Make a layer for each",
        () -> Model.of(X, sum));
  }

  @Test
  void callsThatComeTooEarly() {
    Model model = Model.of(X, READ);
    assertTooEarly(
        "Model.weights before build: there are no weights yet. Call build(seed) first",
        model::weights);
    assertTooEarly(
        "Model.predictor before build: there are no weights yet. Call build(seed) first",
        () -> model.predict(Map.of("x", Tensor.zeros(1, 2, 3))));
    assertTooEarly(
        "Model.compile before build: there are no weights yet. Call build(seed) first",
        () -> model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR));
    model.build(1);
    assertTooEarly(
        "Model.build: built already. For new weights make a new model: Model.of(inputs,"
            + " outputs).build(seed)",
        () -> model.build(2));
    assertTooEarly(
        "Model.fit before compile: call compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR) first",
        () -> model.fit(Map.of(), Map.of(), FitOptions.of()));
  }

  @Test
  void lossesThatFitNoOutput() {
    Model model = two();
    Loss mse = Loss.MEAN_SQUARED_ERROR;
    assertRefused(
        "Model.compile: expected the losses of outputs [sum, dense], got [load]",
        () -> model.compile(Adam.of(), Map.of("load", mse), Map.of()));
    assertRefused(
        "Model.compile: expected the losses of outputs [sum, dense], got []",
        () -> model.compile(Adam.of(), Map.of(), Map.of()));
    assertRefused(
        "Model.compile: expected the weights of outputs [sum], got [dense]",
        () -> model.compile(Adam.of(), Map.of("sum", mse), Map.of("dense", 1.0)));
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(
          "Model.compile: the loss of \"sum\" counts " + weight + ", expected a number above 0",
          () -> model.compile(Adam.of(), Map.of("sum", mse), Map.of("sum", weight)));
    }
  }

  @Test
  void tensorsUnderOtherNames() {
    Model model = two();
    assertRefused(
        "Predictor.predict: expected the inputs [x, site], got [x]",
        () -> model.predict(Map.of("x", Tensor.zeros(1, 5, 3))));
    assertRefused(
        "Predictor.predict: expected the inputs [x, site], got []", () -> model.predict(Map.of()));
    assertRefused(
        "Predictor.predict: expected the masks among the inputs [x, site], got [y]",
        () -> model.predict(x(1, 1), Map.of("y", Mask.ofLengths(5, 2))));
    Map<String, Tensor> one = Map.of("sum", Tensor.zeros(1, 4));
    assertRefused(
        "Predictor.predict: expected the outputs [sum, dense], got [sum]",
        () -> model.predictor().predict(x(1, 1), Map.of(), one));
    model.compile(Adam.of(), Map.of("sum", Loss.MEAN_SQUARED_ERROR), Map.of());
    assertRefused(
        "Model.fit: expected the targets [sum], got [dense]",
        () -> model.fit(x(1, 1), Map.of("dense", Tensor.zeros(1, 2)), FitOptions.of()));
    assertRefused(
        "Model.evaluate: expected the inputs [x, site], got [site]",
        () -> model.evaluate(Map.of("site", Tensor.zeros(1, 4)), one));
  }

  @Test
  void tensorsOfOtherShapes() {
    Model model = two();
    assertRefused(
        "Predictor.predict: \"x\" is (2, 5, 3), \"site\" is (3, 4); axis 0 counts the samples of"
            + " both",
        () -> model.predict(x(2, 3)));
    Map<String, Tensor> y = Map.of("sum", Tensor.zeros(1, 4), "dense", Tensor.zeros(1, 3));
    assertRefused(
        "output \"dense\": Predictor.predict: y is (1, 3) but the result is (1, 2)",
        () -> model.predictor().predict(x(1, 1), Map.of(), y));
    Tensor shared = Tensor.zeros(1, 6);
    Map<String, Tensor> overlapping =
        Map.of("sum", shared.slice(1, 0, 4), "dense", shared.slice(1, 3, 5));
    assertRefused(
        "Predictor.predict: the outputs \"sum\" and \"dense\" share memory; each needs a tensor of"
            + " its own",
        () -> model.predictor().predict(x(1, 1), Map.of(), overlapping));
    assertRefused(
        "input \"x\": Predictor.predict: the mask is (1, 4), x is (1, 5, 3); the mask must be"
            + " (batch, timesteps) of x, (1, 5)",
        () -> model.predict(x(1, 1), Map.of("x", Mask.ofLengths(4, 2))));
    assertRefused(
        "input \"site\": Predictor.predict: the mask is (1, 4), x is (1, 4), which has no timesteps",
        () -> model.predict(x(1, 1), Map.of("site", Mask.ofLengths(4, 2))));
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    assertRefused(
        "output \"dense\": Model.fit: y is (1, 3), but for x (1, 5, 3) the model gives (1, 2): y must"
            + " have that shape",
        () -> model.fit(x(1, 1), y, FitOptions.of()));
  }
}
