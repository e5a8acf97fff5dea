package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses of one's own: what they learn, and what is said where they go wrong. */
class OwnLossTest {
  private static final Tensor X = ReferenceModel.random(1, 12, 5, 3);
  private static final Tensor Y = ReferenceModel.random(2, 12, 2);
  private static final FitOptions OPTIONS = FitOptions.builder().epochs(3).batchSize(5).build();

  private static Sequential model() {
    return Sequential.of(Lstm.of(6), Dense.of(2)).build(3, 7);
  }

  private static float[] fitted(Sequential model, Loss loss, FitOptions options) {
    model.compile(Adam.of(0.01), loss).fit(X, Y, options);
    return ReferenceModel.weights(model);
  }

  private static double halfSquares(double[] p, double[] t, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      gradient[i] = p[i] - t[i];
      sum += 0.5 * gradient[i] * gradient[i];
    }
    return sum;
  }

  /** Of two elements, it is the mean of their squares. */
  @Test
  void trainsAsTheOneThatItIs() {
    float[] expected = fitted(model(), Loss.MEAN_SQUARED_ERROR, OPTIONS);
    float[] actual = fitted(model(), Loss.of("half squares", OwnLossTest::halfSquares), OPTIONS);
    assertArrayEquals(expected, actual, 1e-6f);
  }

  @Test
  void isItselfAlone() {
    RowFunction function = OwnLossTest::halfSquares;
    assertEquals(Loss.of("a", function), Loss.of("a", function));
    assertNotEquals(Loss.of("a", function), Loss.of("b", function));
    assertNotEquals(Loss.of("a", function), Loss.of("a", (_, _, _) -> 0));
    assertEquals("a", Loss.of("a", function).toString());
  }

  private static String thrown(Sequential model, RowFunction function) {
    float[] before = ReferenceModel.weights(model);
    Loss loss = Loss.of("mine", function);
    String message =
        assertThrows(ArithmeticException.class, () -> fitted(model, loss, OPTIONS)).getMessage();
    assertArrayEquals(before, ReferenceModel.weights(model));
    return message;
  }

  @Test
  void namesALossThatIsNaN() {
    assertEquals(
        "Sequential.fit: the loss is NaN in epoch 0, batch 0, counted from 0, of predictions that"
            + " are finite: the loss \"mine\" gave it. The weights are those of before this batch",
        thrown(model(), (_, _, _) -> Double.NaN));
  }

  @Test
  void namesAGradientThatIsNaNOrWasNotWritten() {
    String message =
        "Sequential.fit: the gradient of the loss \"mine\" is NaN or infinite in epoch 0, batch 0,"
            + " counted from 0, where the loss is finite: its function wrote that gradient, or left a"
            + " part of it unwritten. The weights are those of before this batch";
    assertEquals(
        message,
        thrown(
            model(),
            (p, t, gradient) -> {
              double sum = halfSquares(p, t, gradient);
              gradient[1] = Double.POSITIVE_INFINITY;
              return sum;
            }));
    assertEquals(
        message,
        thrown(
            model(),
            (p, t, gradient) -> {
              gradient[0] = p[0] - t[0];
              return gradient[0] * gradient[0] / 2;
            }));
  }

  /** On one thread and on three; the model can be fitted afterwards. */
  @Test
  void namesALossThatThrows() {
    IllegalStateException cause = new IllegalStateException("no such row");
    Loss loss =
        Loss.of(
            "mine",
            (_, _, _) -> {
              throw cause;
            });
    Tensor zeros = Tensor.zeros(12, 5, 3);
    for (int threads = 1; threads <= 3; threads += 2) {
      Sequential model = Sequential.of(Lstm.of(40), Dense.of(2)).build(3, 7);
      FitOptions options = FitOptions.builder().threads(threads).ownThreads(true).build();
      model.compile(Adam.of(0.01), loss);
      model.weights().getLast().set(Tensor.zeros(2)); // a bias
      float[] before = ReferenceModel.weights(model);
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class, () -> model.fit(zeros, Tensor.zeros(12, 2), options));
      assertEquals(
          "Loss.of: the function of the loss \"mine\" threw java.lang.IllegalStateException: no such"
              + " row for the prediction [0.0, 0.0] and the target [0.0, 0.0]",
          thrown.getMessage());
      assertSame(cause, thrown.getCause());
      assertArrayEquals(before, ReferenceModel.weights(model));
      Sequential other = Sequential.of(Lstm.of(40), Dense.of(2)).build(3, 7);
      assertArrayEquals(
          fitted(other, Loss.MEAN_SQUARED_ERROR, options),
          fitted(model, Loss.MEAN_SQUARED_ERROR, options));
    }
  }

  @Test
  void showsFourNumbersOfALongRow() {
    Sequential model = Sequential.of(Flatten.of(), Dense.of(6)).build(5, 3, 7);
    Loss loss = Loss.of("mine", (p, _, gradient) -> gradient[p.length]);
    model.compile(Sgd.of(0.1), loss);
    Tensor zeros = Tensor.zeros(12, 5, 3);
    assertEquals(
        "Loss.of: the function of the loss \"mine\" threw"
            + " java.lang.ArrayIndexOutOfBoundsException: Index 6 out of bounds for length 6 for the"
            + " prediction [0.0, 0.0, 0.0, 0.0, ...] and the target [0.0, 0.0, 0.0, 0.0, ...]",
        assertThrows(IllegalStateException.class, () -> model.evaluate(zeros, Tensor.zeros(12, 6)))
            .getMessage());
  }

  /** A loss without a gradient measures, as long as nothing is trained. */
  @Test
  void needsNoGradientToBeEvaluated() {
    Loss loss = Loss.of("distance", (p, t, _) -> Math.hypot(p[0] - t[0], p[1] - t[1]));
    Sequential model = model();
    model.compile(Sgd.of(0.1), loss);
    Tensor p = model.predict(X);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += Math.hypot(p.get(i, 0) - Y.get(i, 0), p.get(i, 1) - Y.get(i, 1));
    }
    assertEquals(sum / 12, model.evaluate(X, Y).loss(), 1e-9);
  }

  @Test
  void saysWhereTheSumOfFiniteLossesOverflows() {
    Value x = Input.rows("x", 3);
    Value a = Dense.of(1).apply(x).named("a");
    Value b = Dense.of(1).apply(x).named("b");
    Model model = Model.of(List.of(x), List.of(a, b)).build(0);
    model.compile(
        Sgd.of(0.1),
        Map.of("a", Loss.MEAN_SQUARED_ERROR, "b", Loss.MEAN_SQUARED_ERROR),
        Map.of("a", 1e308));
    Tensor far = Tensor.of(new float[] {1e6f, 1e6f}, 2, 1);
    assertEquals(
        "Sequential.fit: the loss is Infinity in epoch 0, batch 0, counted from 0, of predictions"
            + " that are finite: the losses, each finite, are too large together; lower the weights of"
            + " the outputs. The weights are those of before this batch",
        assertThrows(
                ArithmeticException.class,
                () ->
                    model.fit(
                        Map.of("x", Tensor.zeros(2, 3)),
                        Map.of("a", far, "b", far),
                        FitOptions.of()))
            .getMessage());
  }
}
