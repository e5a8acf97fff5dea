package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private static Sequential small(Optimizer optimizer) {
    return Sequential.of(Lstm.builder(9).returnSequences(true).build(), Lstm.of(5), Dense.of(2))
        .build(3, 42)
        .compile(optimizer, Loss.MEAN_SQUARED_ERROR);
  }

  /** Adam, momentum and clipping against the formulas in double, from the reference's gradients. */
  @Test
  void takesTheStepsThatTheFormulasSay() {
    assertSteps(Adam.of(0.01), 1);
    assertSteps(Sgd.of(0.1), 1);
    assertSteps(Sgd.builder().learningRate(0.1).momentum(0.9).build(), 1);
    assertSteps(Sgd.builder().learningRate(0.1).globalClipNorm(0.01).build(), 0.01);
    assertSteps(Adam.builder().learningRate(0.01).beta1(0.5).beta2(0.9).epsilon(0.01).build(), 1);
  }

  private static void assertSteps(Optimizer optimizer, double clip) {
    Sequential model = small(optimizer);
    Tensor x = ReferenceModel.random(1, 6, 4, 3);
    Tensor y = ReferenceModel.random(2, 6, 2);
    ReferenceModel reference = new ReferenceModel(model);
    List<String> names = model.weights().stream().map(Weight::name).toList();
    double[][] m = new double[names.size()][1000];
    double[][] v = new double[names.size()][1000];
    for (int step = 1; step <= 5; step++) {
      reference.backward(ReferenceModel.timeMajor(x), ReferenceModel.timeMajor(y));
      double norm = 0;
      for (String name : names) {
        norm += Arrays.stream(reference.gradient(name)).map(g -> g * g).sum();
      }
      double scale = clip == 1 ? 1 : Math.min(1, clip / Math.sqrt(norm));
      for (int w = 0; w < names.size(); w++) {
        double[] values = reference.weight(names.get(w));
        double[] gradient = reference.gradient(names.get(w));
        for (int i = 0; i < values.length; i++) {
          values[i] += change(optimizer, step, gradient[i] * scale, m[w], v[w], i);
        }
      }
    }
    model.fit(x, y, FitOptions.builder().epochs(5).batchSize(6).build());
    for (Weight weight : model.weights()) {
      double[] expected = reference.weight(weight.name());
      float[] actual = weight.value().toArray();
      for (int i = 0; i < actual.length; i++) {
        assertEquals(expected[i], actual[i], 2e-6, optimizer + " " + weight + " " + i);
      }
    }
  }

  private static double change(
      Optimizer optimizer, int step, double g, double[] m, double[] v, int i) {
    switch (optimizer) {
      case Sgd sgd -> {
        m[i] = sgd.momentum() * m[i] - sgd.learningRate() * g;
        return m[i];
      }
      case Adam adam -> {
        m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
        v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
        double rate =
            adam.learningRate()
                * Math.sqrt(1 - Math.pow(adam.beta2(), step))
                / (1 - Math.pow(adam.beta1(), step));
        return -rate * m[i] / (Math.sqrt(v[i]) + adam.epsilon());
      }
    }
  }

  @Test
  void keepsTheOptimizersMomentsFromFitToFitAndDropsThemAtCompile() {
    Tensor x = ReferenceModel.random(1, 8, 4, 3);
    Tensor y = ReferenceModel.random(2, 8, 2);
    FitOptions once = FitOptions.builder().shuffle(false).build();
    Sequential twice = small(Adam.of());
    twice.fit(x, y, once);
    twice.fit(x, y, once);
    Sequential together = small(Adam.of());
    together.fit(x, y, FitOptions.builder().shuffle(false).epochs(2).build());
    assertArrayEquals(ReferenceModel.weights(together), ReferenceModel.weights(twice));
    Sequential again = small(Adam.of());
    again.fit(x, y, once);
    again.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    again.fit(x, y, once);
    assertFalse(Arrays.equals(ReferenceModel.weights(together), ReferenceModel.weights(again)));
  }
}
