package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The backward against the double reference, and the reference's against finite differences of its
 * own forward.
 */
class GradientTest {

  private static Lstm lstm(int units, Activation activation, Activation recurrent) {
    return Lstm.builder(units).activation(activation).recurrentActivation(recurrent).build();
  }

  static Stream<List<Layer>> models() {
    Lstm every = Lstm.builder(6).returnSequences(true).build();
    Lstm backwards = Lstm.builder(5).goBackwards(true).build();
    Lstm everyBackwards = Lstm.builder(6).goBackwards(true).returnSequences(true).build();
    Lstm noBias = Lstm.builder(7).useBias(false).build();
    Normalization in = Normalization.of(new float[] {.1f, 0, -.1f}, new float[] {.5f, 2, 1});
    Normalization out = Normalization.inverse(new float[] {3, 4}, new float[] {2, .5f});
    Stream<List<Layer>> activations =
        Stream.of(Activation.values())
            .filter(a -> a != Activation.EXPONENTIAL) // grows from step to step without limit
            .filter(a -> !a.needsInput())
            // 0 and flat wherever so small a model goes
            .filter(a -> a != Activation.HARD_SHRINK && a != Activation.SOFT_SHRINK)
            .flatMap(
                a ->
                    Stream.of(
                        List.<Layer>of(lstm(5, a, Activation.SIGMOID), Dense.of(2)),
                        List.<Layer>of(lstm(5, Activation.TANH, a), Dense.of(2, a))));
    return Stream.concat(
        activations,
        Stream.of(
            List.of(Lstm.of(17)),
            List.of(Lstm.of(5), Dense.of(2, Activation.EXPONENTIAL)),
            List.of(Lstm.of(32), Dense.of(64)),
            List.of(noBias, Dense.builder(3).useBias(false).build()),
            List.of(every),
            List.of(backwards, Dense.of(1)),
            List.of(everyBackwards),
            List.of(every, Lstm.of(4), Dense.of(1)),
            List.of(everyBackwards, every, backwards, Dense.of(4, Activation.TANH), Dense.of(2)),
            List.of(every, Dense.of(4, Activation.SIGMOID), Lstm.of(3)),
            List.of(in, every, Dense.of(2), out),
            List.of(Dense.of(4, Activation.TANH), Dense.of(2))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void isThatOfTheDoubleReference(List<Layer> layers) {
    Sequential model = Sequential.of(layers).build(3, 11);
    Tensor x = ReferenceModel.random(1, 7, 5, 3);
    Tensor y = ReferenceModel.random(2, model.outputShape(x.shape()).toArray());
    assertGradients(model, x, y, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theReferenceIsItsOwnFiniteDifference(List<Layer> layers) {
    Sequential model = Sequential.of(layers).build(3, 11);
    Tensor x = ReferenceModel.random(1, 2, 4, 3);
    double[][][] in = ReferenceModel.timeMajor(x);
    double[][][] y =
        ReferenceModel.timeMajor(ReferenceModel.random(2, model.outputShape(x.shape()).toArray()));
    ReferenceModel reference = new ReferenceModel(model);
    reference.backward(in, y);
    double delta = 1e-6;
    for (Weight weight : model.weights()) {
      if (!weight.trainable()) {
        continue;
      }
      double[] values = reference.weight(weight.name());
      double[] gradient = reference.gradient(weight.name()).clone();
      for (int i = 0; i < values.length; i++) {
        double kept = values[i];
        values[i] = kept + delta;
        double above = reference.loss(in, y);
        values[i] = kept - delta;
        double below = reference.loss(in, y);
        values[i] = kept;
        double difference = (above - below) / (2 * delta);
        assertEquals(difference, gradient[i], 1e-7, weight.name() + "[" + i + "]");
      }
    }
  }

  /**
   * Units past a register, rows past a chunk of packed gradients, and a batch past a chunk of x.
   */
  @Test
  void holdsForLargerSizes() {
    Sequential model =
        Sequential.of(Lstm.builder(37).returnSequences(true).build(), Lstm.of(21), Dense.of(3))
            .build(19, 3);
    Tensor x = ReferenceModel.random(1, 70, 8, 19);
    assertGradients(model, x, ReferenceModel.random(2, 70, 3), 1e-5);
  }

  @Test
  void dropsNothingOverALongSequence() {
    Sequential model = Sequential.of(Lstm.of(9), Dense.of(1)).build(2, 3);
    Tensor x = ReferenceModel.random(1, 3, 700, 2);
    assertGradients(model, x, ReferenceModel.random(2, 3, 1), 1e-4);
  }

  /** The memory is laid out anew for the smaller batch, over the states of the larger one. */
  @Test
  void aBatchLeavesNoTraceInOneOfAnotherSize() {
    Lstm back = Lstm.builder(6).goBackwards(true).returnSequences(true).build();
    Sequential model = Sequential.of(back, Lstm.of(5), Dense.of(2)).build(3, 3);
    Tensor x = ReferenceModel.random(1, 7, 4, 3);
    Tensor y = ReferenceModel.random(2, 7, 2);
    MemorySegment fresh = ReferenceModel.gradients(model, x, y, 2);
    ModelWeights weights = ReferenceModel.shapes(model).initialized(3);
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    TrainingData data =
        TrainingData.of("test", ReferenceModel.shapes(model), mse, Samples.of(x, null, y));
    OptimizerState none = Sgd.of(Double.MIN_VALUE).state(weights);
    try (Workers workers = new Workers(2)) {
      TrainingStep step = ReferenceModel.step(data, mse, weights, none, 7, 0, 2);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      int[] order = {0, 1, 2, 3, 4, 5, 6};
      for (int size : new int[] {7, 3, 1, 2, 7}) {
        step.run(order, 0, size);
        step.update(Double.MIN_VALUE, Clipping.NONE);
      }
      assertEquals(-1, fresh.mismatch(step.gradients()));
    }
  }

  private static void assertGradients(Sequential model, Tensor x, Tensor y, double tolerance) {
    ReferenceModel reference = new ReferenceModel(model);
    reference.backward(ReferenceModel.timeMajor(x), ReferenceModel.timeMajor(y));
    for (int threads = 1; threads <= 3; threads++) {
      MemorySegment gradients = ReferenceModel.gradients(model, x, y, threads);
      for (Weight weight : model.weights()) {
        if (weight.trainable()) {
          double[] expected = reference.gradient(weight.name());
          float[] actual = ReferenceModel.read(gradients, weight);
          assertClose(weight.name(), expected, actual, tolerance);
        }
      }
    }
  }

  /** Relative to the largest element: those near 0 are differences of large ones. */
  private static void assertClose(
      String name, double[] expected, float[] actual, double tolerance) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(largest > 0, name + " has no gradient");
    assertTrue(worst <= tolerance * largest, name + ": error " + worst + " of " + largest);
  }
}
