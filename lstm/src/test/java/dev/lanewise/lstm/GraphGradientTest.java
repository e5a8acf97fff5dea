package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward, loss and backward of whole graphs against a double reference of them. */
class GraphGradientTest {

  @ParameterizedTest
  @MethodSource("dev.lanewise.lstm.GraphCase#all")
  void predictsWhatTheReferenceDoes(GraphCase of) {
    ReferenceGraph reference = new ReferenceGraph(of.model());
    Map<String, Tensor> y = of.model().predict(of.x(), of.masks());
    assertEquals(of.model().outputNames(), List.copyOf(y.keySet()));
    y.forEach(
        (name, tensor) -> {
          double[][][] expected = reference.output(name, of.x(), of.masks());
          double[][][] actual = ReferenceModel.timeMajor(tensor);
          assertEquals(expected.length, actual.length);
          for (int t = 0; t < expected.length; t++) {
            for (int b = 0; b < expected[t].length; b++) {
              assertArrayEquals(expected[t][b], actual[t][b], 2e-6, name + " " + t + ", " + b);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.lstm.GraphCase#all")
  void evaluatesToTheReferencesLoss(GraphCase of) {
    double expected = new ReferenceGraph(of.model()).loss(of);
    of.model().compile(Adam.of(), of.losses(), of.weights());
    Scores scores = of.model().evaluate(of.x(), of.masks(), of.y());
    assertEquals(expected, scores.loss(), 2e-6);
    double sum = scores.loss();
    for (Map.Entry<String, Scores> output : scores.outputs().entrySet()) {
      sum -= of.weights().getOrDefault(output.getKey(), 1.0) * output.getValue().loss();
    }
    assertEquals(scores.outputs().isEmpty() ? scores.loss() : 0, sum, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.lstm.GraphCase#all")
  void itsGradientsAreFiniteDifferences(GraphCase of) {
    ReferenceGraph reference = new ReferenceGraph(of.model());
    MemorySegment one = of.gradients(1);
    MemorySegment three = of.gradients(3);
    boolean any = false;
    for (Weight weight : of.model().weights()) {
      float[] actual = ReferenceModel.read(one, weight);
      assertArrayEquals(actual, ReferenceModel.read(three, weight), "threads");
      double[] values = reference.weight(weight.name());
      double largest = 0;
      double worst = 0;
      for (int i = 0; i < values.length; i++) {
        double kept = values[i];
        double delta = 1e-5;
        values[i] = kept + delta;
        double above = reference.loss(of);
        values[i] = kept - delta;
        double below = reference.loss(of);
        values[i] = kept;
        double difference = (above - below) / (2 * delta);
        largest = Math.max(largest, Math.abs(difference));
        worst = Math.max(worst, Math.abs(difference - actual[i]));
      }
      any |= largest > 0;
      assertTrue(
          worst <= 2e-5 * largest + 1e-8, weight.name() + ": error " + worst + " of " + largest);
    }
    assertTrue(any, "no weight has a gradient");
  }

  /** As two layers with the same weights leave it, in the order of the calls. */
  @Test
  void aSharedLayersGradientIsTheSumOfItsCalls() {
    Value a = Input.sequences("a", 3);
    Value b = Input.sequences("b", 3);
    Lstm twin = Lstm.of(4).toBuilder().name("twin").build();
    Model shared = Model.of(List.of(a, b), List.of(twin.apply(a), twin.apply(b))).build(1);
    Value other = twin.named("other").apply(b);
    Model apart = Model.of(List.of(a, b), List.of(twin.apply(a), other)).build(2);
    for (int i = 0; i < 3; i++) {
      apart.weights(0).get(i).set(shared.weights().get(i).value());
      apart.weights(1).get(i).set(shared.weights().get(i).value());
    }
    GraphCase ofTwo = GraphCase.of("apart", apart, Map.of());
    GraphCase ofOne = GraphCase.of("shared", shared, Map.of());
    MemorySegment two = ofTwo.gradients(2);
    MemorySegment one = ofOne.gradients(2);
    for (int i = 0; i < 3; i++) {
      float[] sum = ReferenceModel.read(two, apart.weights(0).get(i));
      float[] second = ReferenceModel.read(two, apart.weights(1).get(i));
      for (int k = 0; k < sum.length; k++) {
        sum[k] += second[k];
      }
      assertArrayEquals(sum, ReferenceModel.read(one, shared.weights().get(i)));
    }
  }

  @Test
  void anOutputWithoutALossChangesNoGradient() {
    Value x = Input.sequences("x", 3);
    Value read = Lstm.of(4).apply(x);
    Value wanted = Dense.of(2).apply(read).named("wanted");
    Value free = Dense.of(5).apply(read).named("free");
    Model both = Model.of(List.of(x), List.of(wanted, free)).build(1);
    Model alone = Model.of(x, wanted).build(1);
    MemorySegment expected = GraphCase.of("alone", alone, Map.of()).gradients(1);
    MemorySegment actual = GraphCase.of("both", both, Map.of()).without("free").gradients(1);
    for (int i = 0; i < alone.weights().size(); i++) {
      float[] of = ReferenceModel.read(expected, alone.weights().get(i));
      assertArrayEquals(of, ReferenceModel.read(actual, both.weights().get(i)));
    }
    for (Weight weight : both.weights(2)) {
      assertArrayEquals(
          new float[(int) weight.shape().size()], ReferenceModel.read(actual, weight));
    }
  }
}
