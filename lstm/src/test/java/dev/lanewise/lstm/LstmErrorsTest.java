package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Every message, word for word. */
class LstmErrorsTest {

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void refusesNow(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call::run).getMessage());
  }

  private static Sequential model() {
    return Sequential.of(Lstm.of(64), Dense.of(1)).build(5, 0);
  }

  private static Sequential compiled() {
    return model().compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
  }

  @Test
  void featuresThatTheLayerDoesNotTake() {
    refuses(
        "Lstm \"lstm\": input is (32, 10, 128) but this layer takes features=200: axis 2 is 128."
            + " Give it the features that it was built with, or build(128, seed)",
        () -> Sequential.of(Lstm.of(64)).build(200, 0).predict(Tensor.zeros(32, 10, 128)));
    refuses(
        "Dense \"dense\": input is (4, 2) but this layer takes features=3: axis 1 is 2. Give it"
            + " the features that it was built with, or build(2, seed)",
        () -> Sequential.of(Dense.of(1)).build(3, 0).predict(Tensor.zeros(4, 2)));
  }

  @Test
  void twoAxesWhereAnLstmNeedsThree() {
    String start = "Sequential needs (batch, timesteps, features), got the 2-D ";
    String rows = "One sequence whose rows are timesteps: Sequences.rows(x) -> (1, 10, 5)";
    String series =
        "Five series, one a column: Sequences.columns(x) -> (5, 10, 1); reshape(5, 10, 1) would"
            + " scramble them. Ten series, one a row: x.expandDims(2) -> (10, 5, 1)";
    String columns =
        "One sequence whose columns are timesteps: Sequences.columnsAsTime(x) -> (1, 5, 10)";
    String other = "For a model of other features: ";
    Tensor x = Tensor.zeros(10, 5);
    refuses(
        start
            + ("(10, 5). This model takes features=5. " + rows + ". ")
            + (other + series + ". " + columns),
        () -> model().predict(x));
    refuses(
        start
            + ("(10, 5). This model takes features=10. " + columns + ". ")
            + (other + rows + ". " + series),
        () -> Sequential.of(Lstm.of(2)).build(10, 0).predict(x));
    refuses(
        start
            + "(10, 5). This model takes features=7, which no axis is. "
            + (rows + ". " + series + ". " + columns),
        () -> Sequential.of(Lstm.of(2)).build(7, 0).predict(x));
    refuses(
        start
            + "(10, 1). This model takes features=5, which no axis is. One sequence whose rows are"
            + " timesteps: Sequences.rows(x) -> (1, 10, 1)",
        () -> model().predict(Tensor.zeros(10, 1)));
  }

  @Test
  void otherAxesWhereAnLstmNeedsThree() {
    refuses(
        "Sequential needs (batch, timesteps, features), got the 1-D (10). One sequence of one"
            + " feature: x.reshape(1, 10, 1) -> (1, 10, 1)",
        () -> model().predict(Tensor.zeros(10)));
    refuses(
        "Sequential needs (batch, timesteps, features), got the 4-D (3, 15, 1, 5). Axis 2 has length"
            + " 1: x.squeeze(2) drops it",
        () -> model().predict(Tensor.zeros(3, 15, 1, 5)));
    refuses(
        "Sequential needs (batch, timesteps, features), got the 4-D (3, 15, 2, 5)",
        () -> model().predict(Tensor.zeros(3, 15, 2, 5)));
    refuses(
        "Sequential needs (batch, features) or (batch, timesteps, features), got the 1-D (3)",
        () -> Sequential.of(Dense.of(1)).build(3, 0).predict(Tensor.zeros(3)));
    refuses(
        "Sequential: input is (3, 0, 5): axis 1 is timesteps=0, expected 1 or more",
        () -> model().predict(Tensor.zeros(3, 0, 5)));
  }

  @Test
  void anLstmWithoutATimeAxis() {
    refuses(
        "Sequential.of: Lstm(units=32) needs (batch, timesteps, features), but Lstm(units=64) before it returns"
            + " only its last step, (batch, 64). Let that one return every step:"
            + " Lstm.builder(64).returnSequences(true).build()",
        () -> Sequential.of(Lstm.of(64), Lstm.of(32)));
    refuses(
        "Sequential.of: Lstm \"b\" (units=32) needs (batch, timesteps, features), but Lstm \"a\" (units=64)"
            + " before it returns only its last step, (batch, 64). Let that one return every step:"
            + " Lstm.builder(64).returnSequences(true).name(\"a\").build()",
        () ->
            Sequential.of(
                Lstm.builder(64).name("a").build(),
                Dense.of(3),
                Lstm.builder(32).name("b").build()));
    refuses(
        "Sequential.of: SimpleRnn(units=32) needs (batch, timesteps, features), but Gru(units=64) before it returns"
            + " only its last step, (batch, 64). Let that one return every step:"
            + " Gru.builder(64).returnSequences(true).build()",
        () -> Sequential.of(Gru.of(64), SimpleRnn.of(32)));
  }

  @Test
  void modelsThatCannotBe() {
    refuses(
        "Sequential.of: no layers. For instance Sequential.of(Lstm.of(64), Dense.of(1))",
        Sequential::of);
    refuses(
        "Sequential.of: two layers are named \"a\"; names must differ",
        () ->
            Sequential.of(Dense.builder(1).name("a").build(), Dense.builder(1).name("a").build()));
    refuses("Lstm: units=0, expected 1 or more", () -> Lstm.of(0));
    refuses("Dense: units=-1, expected 1 or more", () -> Dense.of(-1));
    refuses(
        "Sequential.build: features=0, expected 1 or more: the length of the input's last axis",
        () -> Sequential.of(Lstm.of(1)).build(0, 0));
  }

  @Test
  void normalizationsThatCannotBe() {
    refuses(
        "Normalization.of: mean has 2 numbers, deviation 1; both need one for each feature",
        () -> Normalization.of(new float[2], new float[1]));
    refuses(
        "Normalization.inverse: feature 1 has mean 0.0 and deviation 0.0, expected finite numbers and"
            + " a deviation above 0. A feature that never changes has deviation 0: leave it out, or"
            + " give it deviation 1",
        () -> Normalization.inverse(new float[2], new float[] {1, 0}));
    refuses(
        "Normalization \"normalization\" has 2 means and deviations, but the layer"
            + " before it gives features=1",
        () ->
            Sequential.of(Dense.of(1), Normalization.inverse(new float[2], new float[] {1, 1}))
                .build(3, 0));
  }

  @Test
  void callsInTheWrongOrder() {
    Sequential unbuilt = Sequential.of(Lstm.of(2));
    refusesNow(
        "Sequential.predict before build: there are no weights yet. x is (32, 10, 128): call"
            + " build(128, seed), then fit, or read a trained model",
        () -> unbuilt.predict(Tensor.zeros(32, 10, 128)));
    refusesNow(
        "Sequential.weights before build: there are no weights yet. Call build(features, seed) first,"
            + " features being the length of x's last axis",
        unbuilt::weights);
    refusesNow(
        "Sequential.fit before build: there are no weights yet. Call build(features, seed) first,"
            + " features being the length of x's last axis",
        () -> unbuilt.fit(Tensor.zeros(1, 1, 1), Tensor.zeros(1, 2), FitOptions.of()));
    refusesNow(
        "Sequential.fit before compile: call compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR) first",
        () -> model().fit(Tensor.zeros(1, 1, 5), Tensor.zeros(1, 1), FitOptions.of()));
    refusesNow(
        "Sequential.build: built already, for features=5. For new weights make a new model:"
            + " Sequential.of(model.layers()).build(features, seed)",
        () -> model().build(5, 0));
  }

  @Test
  void resultsOfAnotherShape() {
    refuses(
        "Predictor.predict: y is (32, 64) but the result is (32, 1)",
        () -> model().predictor().predict(Tensor.zeros(32, 2, 5), Tensor.zeros(32, 64)));
  }

  /** One a sample or one a step, with and without an axis of their own. */
  @Test
  void classNumbersBesideASoftmax() {
    Sequential last = Sequential.of(Lstm.of(2), Dense.of(3), Softmax.of()).build(5, 0);
    last.compile(Adam.of(), Loss.CATEGORICAL_CROSSENTROPY);
    String hint = ". Where y holds the numbers of classes: Labels.oneHot(%s, 3) -> %s";
    String shape =
        "Sequential.fit: y is %s, but for x (4, 6, 5) the model gives %s: y must have that shape";
    Tensor x = Tensor.zeros(4, 6, 5);
    refuses(
        shape.formatted("(4)", "(4, 3)") + hint.formatted("y", "(4, 3)"),
        () -> last.fit(x, Tensor.zeros(4), FitOptions.of()));
    refuses(
        shape.formatted("(4, 1)", "(4, 3)") + hint.formatted("y.squeeze(1)", "(4, 3)"),
        () -> last.fit(x, Tensor.zeros(4, 1), FitOptions.of()));
    Lstm steps = Lstm.builder(2).returnSequences(true).build();
    Sequential every = Sequential.of(steps, Dense.of(3), Softmax.of()).build(5, 0);
    every.compile(Adam.of(), Loss.CATEGORICAL_CROSSENTROPY);
    refuses(
        shape.formatted("(4, 6)", "(4, 6, 3)") + hint.formatted("y", "(4, 6, 3)"),
        () -> every.fit(x, Tensor.zeros(4, 6), FitOptions.of()));
    refuses(
        shape.formatted("(4, 6, 1)", "(4, 6, 3)") + hint.formatted("y.squeeze(2)", "(4, 6, 3)"),
        () -> every.fit(x, Tensor.zeros(4, 6, 1), FitOptions.of()));
    refuses(
        shape.formatted("(4, 2)", "(4, 3)"),
        () -> last.fit(x, Tensor.zeros(4, 2), FitOptions.of()));
  }

  @Test
  void targetsThatDoNotFit() {
    refuses(
        "Sequential.fit: x has 3 samples, y has 1: x is (3, 15, 5), y is (1, 1); axis 0 counts the"
            + " samples of both",
        () -> compiled().fit(Tensor.zeros(3, 15, 5), Tensor.zeros(1, 1), FitOptions.of()));
    refuses(
        "Sequential.fit: y is (90, 10), but for x (90, 10, 5) the model gives (90, 1): y must have"
            + " that shape or that without its last axis",
        () -> compiled().fit(Tensor.zeros(90, 10, 5), Tensor.zeros(90, 10), FitOptions.of()));
    Sequential every = Sequential.of(Lstm.builder(3).returnSequences(true).build()).build(5, 0);
    every.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    refuses(
        "Sequential.fit: y is (9, 3), but for x (9, 4, 5) the model gives (9, 4, 3): y must have that"
            + " shape. For the last step alone: returnSequences(false) in the last Lstm",
        () -> every.fit(Tensor.zeros(9, 4, 5), Tensor.zeros(9, 3), FitOptions.of()));
    Sequential two = Sequential.of(Lstm.of(2)).build(5, 0);
    two.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    refuses(
        "Sequential.evaluate: y is (4), but for x (4, 1, 5) the model gives (4, 2): y must have that"
            + " shape. Where y holds the numbers of classes: Labels.oneHot(y, 2) -> (4, 2)",
        () -> two.evaluate(Tensor.zeros(4, 1, 5), Tensor.zeros(4)));
    refuses(
        "Sequential.evaluate: y is (4, 9, 2), but for x (4, 9, 5) the model gives (4, 2): y must have"
            + " that shape. For the last step alone: y.select(1, -1); for every step:"
            + " returnSequences(true) in the last Lstm",
        () -> two.evaluate(Tensor.zeros(4, 9, 5), Tensor.zeros(4, 9, 2)));
    refuses(
        "Sequential.fit: x is (1, 2, 5) and validationSplit=0.5: no sample is left to train on",
        () ->
            compiled()
                .fit(
                    Tensor.zeros(1, 2, 5),
                    Tensor.zeros(1),
                    FitOptions.builder().validationSplit(0.5).build()));
  }

  @Test
  void numbersThatAreNotFinite() {
    Tensor x = Tensor.zeros(4, 6, 5);
    x.set(Float.NaN, 3, 4, 0);
    Tensor y = Tensor.zeros(4, 1);
    refuses(
        "Sequential.fit: x holds NaN at sample 3, step 4, feature 0. One such number spoils every"
            + " weight: drop the sample, or fill the gap",
        () -> compiled().fit(x, y, FitOptions.of()));
    y.set(Float.NEGATIVE_INFINITY, 2, 0);
    refuses(
        "Sequential.fit: y holds -Infinity at sample 2, feature 0. One such number spoils every"
            + " weight: drop the sample, or fill the gap",
        () -> compiled().fit(Tensor.zeros(4, 6, 5), y, FitOptions.of()));
    refuses(
        "Sequential.fit validationData: x holds NaN at sample 3, step 4, feature 0. One such number"
            + " spoils every weight: drop the sample, or fill the gap",
        () ->
            compiled()
                .fit(
                    Tensor.zeros(4, 6, 5),
                    Tensor.zeros(4, 1),
                    FitOptions.builder().validationData(x, y).build()));
  }

  @Test
  void lossesAndGradientsThatExplode() {
    Lstm relu = Lstm.builder(2).activation(Activation.RELU).build();
    Sequential model = Sequential.of(relu, Dense.of(1)).build(1, 0);
    model.compile(Sgd.of(0.5), Loss.MEAN_SQUARED_ERROR);
    fill(model.weights().getLast(), Float.MAX_VALUE); // so that the loss overflows no double
    String place = " in epoch 0, batch 0, counted from 0";
    String tail =
        ". The weights are those of before this batch. Try a"
            + " learning rate below 0.5; globalClipNorm(1.0) on the optimizer's builder; data scaled"
            + " to about -1..1; activation TANH instead of RELU in Lstm \"lstm\", whose state is"
            + " unbounded";
    Tensor x = Tensor.zeros(1, 1, 1);
    ArithmeticException thrown =
        assertThrows(
            ArithmeticException.class, () -> model.fit(x, Tensor.zeros(1), FitOptions.of()));
    assertEquals(
        "Sequential.fit: the gradients overflow" + place + ", first that of lstm/kernel" + tail,
        thrown.getMessage());
    fill(model.weights().getLast(), Float.NaN);
    thrown =
        assertThrows(
            ArithmeticException.class, () -> model.fit(x, Tensor.zeros(1), FitOptions.of()));
    assertEquals(
        "Sequential.fit: the loss is NaN"
            + place
            + ". Dense \"dense\" is the first to give it"
            + tail,
        thrown.getMessage());
  }

  @Test
  void adviceThatWasTakenIsNotGivenAgain() {
    Sequential model =
        Sequential.of(Normalization.of(new float[1], new float[] {1}), Lstm.of(2), Dense.of(1))
            .build(1, 0);
    model.compile(Adam.builder().globalClipNorm(1).build(), Loss.MEAN_SQUARED_ERROR);
    fill(model.weights().getLast(), Float.NaN);
    ArithmeticException thrown =
        assertThrows(
            ArithmeticException.class,
            () -> model.fit(Tensor.zeros(1, 1, 1), Tensor.zeros(1), FitOptions.of()));
    assertEquals(
        "Sequential.fit: the loss is NaN in epoch 0, batch 0, counted from 0. Dense \"dense\" is the"
            + " first to give it. The weights are those of before this batch. Try a learning rate"
            + " below 0.001",
        thrown.getMessage());
  }

  @Test
  void settingsOutOfRange() {
    refuses("Adam: learningRate=0.0, expected a finite number above 0", () -> Adam.of(0));
    refuses("Adam: beta1=1.0, expected at least 0 and below 1", () -> Adam.builder().beta1(1));
    refuses("Adam: beta2=-1.0, expected at least 0 and below 1", () -> Adam.builder().beta2(-1));
    refuses("Adam: epsilon=0.0, expected a finite number above 0", () -> Adam.builder().epsilon(0));
    refuses(
        "Adam: globalClipNorm=NaN, expected a finite number above 0",
        () -> Adam.builder().globalClipNorm(Double.NaN));
    refuses(
        "Sgd: learningRate=Infinity, expected a finite number above 0",
        () -> Sgd.of(Double.POSITIVE_INFINITY));
    refuses("Sgd: momentum=1.0, expected at least 0 and below 1", () -> Sgd.builder().momentum(1));
    refuses("FitOptions: epochs=0, expected 1 or more", () -> FitOptions.builder().epochs(0));
    refuses("FitOptions: batchSize=0, expected 1 or more", () -> FitOptions.builder().batchSize(0));
    refuses("FitOptions: threads=-1, expected 0 or more", () -> FitOptions.builder().threads(-1));
    refuses(
        "FitOptions: validationSplit=1.0, expected at least 0 and below 1",
        () -> FitOptions.builder().validationSplit(1));
    refuses(
        "PredictorOptions: threads=-1, expected 0 or more",
        () -> PredictorOptions.builder().threads(-1));
  }

  private static void fill(Weight weight, float value) {
    weight.set(Tensor.zeros(weight.shape().toArray()).fill(value));
  }

  @Test
  void optionsOfAnLstm() {
    refuses(
        "Lstm: clip=0.0, expected a number above 0, or infinity for none",
        () -> Lstm.builder(4).clip(0));
    refuses(
        "Lstm: clip=NaN, expected a number above 0, or infinity for none",
        () -> Lstm.builder(4).clip(Float.NaN));
    refuses(
        "Lstm: projection=5, expected 1 to the 4 units, or 0 for none",
        () -> Lstm.builder(4).projection(5).build());
    refuses(
        "Lstm: projection=-1, expected 1 to the 4 units, or 0 for none",
        () -> Lstm.builder(4).projection(-1).build());
  }
}
