package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.ReferenceUpdate;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private static Sequential small(Optimizer optimizer) {
    return Sequential.of(Lstm.builder(9).returnSequences(true).build(), Lstm.of(5), Dense.of(2))
        .build(3, 42)
        .compile(optimizer, Loss.MEAN_SQUARED_ERROR);
  }

  /** Against the formulas in double, from the reference's gradients. */
  @Test
  void takesTheStepsThatTheFormulasSay() {
    assertSteps(Adam.of(0.01), ReferenceUpdate.adam(0.9, 0.999, 1e-7, false, 0));
    assertSteps(
        Adam.builder().learningRate(0.01).beta1(0.5).beta2(0.9).epsilon(0.01).build(),
        ReferenceUpdate.adam(0.5, 0.9, 0.01, false, 0));
    assertSteps(
        Adam.builder().learningRate(0.01).epsilon(0.01).epsilonIsCorrected(true).build(),
        ReferenceUpdate.adam(0.9, 0.999, 0.01, true, 0));
    assertSteps(AdamW.of(0.01), ReferenceUpdate.adam(0.9, 0.999, 1e-7, false, 0.004));
    assertSteps(
        AdamW.builder().learningRate(0.01).weightDecay(3).epsilonIsCorrected(true).build(),
        ReferenceUpdate.adam(0.9, 0.999, 1e-7, true, 3));
    assertSteps(Sgd.of(0.1), ReferenceUpdate.sgd(0, false));
    assertSteps(
        Sgd.builder().learningRate(0.1).momentum(0.9).build(), ReferenceUpdate.sgd(0.9, false));
    assertSteps(
        Sgd.builder().learningRate(0.1).momentum(0.9).nesterov(true).build(),
        ReferenceUpdate.sgd(0.9, true));
    assertSteps(
        RmsProp.builder().learningRate(0.01).rho(0.8).epsilon(1e-3).build(),
        ReferenceUpdate.rmsProp(0.8, 0, 1e-3, true, false));
    assertSteps(
        RmsProp.builder()
            .learningRate(0.01)
            .momentum(0.5)
            .centered(true)
            .epsilon(0.01)
            .epsilonIsInside(false)
            .build(),
        ReferenceUpdate.rmsProp(0.9, 0.5, 0.01, false, true));
  }

  @Test
  void takesTheStepsOfASchedule() {
    Schedule schedule = update -> 0.1 / (1 + update);
    assertSteps(
        Sgd.builder().learningRate(schedule).momentum(0.9).build(),
        ReferenceUpdate.sgd(0.9, false));
    assertSteps(
        Adam.builder().learningRate(update -> 0.01 / (1 + update)).build(),
        ReferenceUpdate.adam(0.9, 0.999, 1e-7, false, 0));
  }

  @Test
  void clipsBeforeTheStep() {
    ReferenceUpdate descent = ReferenceUpdate.sgd(0, false);
    assertSteps(Sgd.builder().learningRate(0.1).globalClipNorm(0.01).build(), descent);
    assertSteps(Sgd.builder().learningRate(0.1).clipNorm(0.01).build(), descent);
    assertSteps(Sgd.builder().learningRate(0.1).clipValue(0.01).build(), descent);
  }

  private static void assertSteps(Optimizer optimizer, ReferenceUpdate update) {
    Sequential model = small(optimizer);
    Tensor x = ReferenceModel.random(1, 6, 4, 3);
    Tensor y = ReferenceModel.random(2, 6, 2);
    ReferenceModel reference = new ReferenceModel(model);
    List<String> names = model.weights().stream().map(Weight::name).toList();
    double[][][] kept = new double[names.size()][1000][3];
    for (int step = 1; step <= 5; step++) {
      reference.backward(ReferenceModel.timeMajor(x), ReferenceModel.timeMajor(y));
      List<double[]> gradients = names.stream().map(reference::gradient).toList();
      double all = gradients.stream().mapToDouble(OptimizerTest::squares).sum();
      for (int w = 0; w < names.size(); w++) {
        double[] values = reference.weight(names.get(w));
        double[] gradient = gradients.get(w);
        double scale = Math.min(1, optimizer.globalClipNorm() / Math.sqrt(all));
        scale = Math.min(scale, optimizer.clipNorm() / Math.sqrt(squares(gradient)));
        for (int i = 0; i < values.length; i++) {
          double most = optimizer.clipValue();
          double g = Math.clamp(gradient[i] * scale, -most, most);
          double rate = optimizer.schedule().at(step - 1);
          values[i] += update.change(step, rate, g, values[i], kept[w][i]);
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

  private static double squares(double[] values) {
    return Arrays.stream(values).map(g -> g * g).sum();
  }

  @Test
  void countsUpdatesFromFitToFit() {
    List<Long> asked = new ArrayList<>();
    Schedule schedule =
        update -> {
          asked.add(update);
          return 0.01;
        };
    Sequential model = small(Adam.builder().learningRate(schedule).build());
    Tensor x = ReferenceModel.random(1, 8, 4, 3);
    Tensor y = ReferenceModel.random(2, 8, 2);
    FitOptions options = FitOptions.builder().batchSize(4).build();
    model.fit(x, y, options);
    model.fit(x, y, options);
    assertEquals(List.of(0L, 1L, 2L, 3L), asked);
    model.compile(Adam.builder().learningRate(schedule).build(), Loss.MEAN_SQUARED_ERROR);
    model.fit(x, y, options);
    assertEquals(List.of(0L, 1L, 2L, 3L, 0L, 1L), asked);
  }

  /** Moments and their count go on where the rate is 0 for an update. */
  @Test
  void anotherRateLosesNoMoments() {
    Schedule pausing = update -> update == 1 ? 0 : 0.01;
    Optimizer optimizer = Adam.builder().learningRate(pausing).build();
    assertSteps(optimizer, ReferenceUpdate.adam(0.9, 0.999, 1e-7, false, 0));
  }

  private static List<Optimizer> all() {
    return List.of(
        Adam.builder().learningRate(CosineDecay.of(1e-9, 1000)).build(),
        AdamW.builder().learningRate(1e-9).excludeFromWeightDecay("bias").build(),
        Sgd.builder().learningRate(1e-9).momentum(0.9).nesterov(true).clipValue(0.01).build(),
        RmsProp.builder().learningRate(1e-9).momentum(0.9).centered(true).clipNorm(0.01).build());
  }

  @Test
  @Tag("own-jvm")
  void aStepAllocatesNothing() {
    Tensor x = ReferenceModel.random(1, 16, 8, 3);
    Tensor y = ReferenceModel.random(2, 16, 2);
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    int[] order = new int[16];
    Arrays.setAll(order, i -> i);
    for (Optimizer optimizer : all()) {
      Sequential model = small(optimizer);
      ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
      TrainingData data =
          TrainingData.of("test", ReferenceModel.shapes(model), mse, Samples.of(x, null, y));
      OptimizerState state = optimizer.state(weights);
      try (Workers workers = new Workers(2)) {
        TrainingStep step = ReferenceModel.step(data, mse, weights, state, 16, 0, 2);
        step.team(workers);
        step.begin(0);
        step.source(data.feed(TimeParts.WHOLE));
        Runnable update =
            () -> {
              step.run(order, 0, 16);
              step.update(optimizer.rate(state.step()), optimizer.clipping());
            };
        assertEquals(0, Allocations.perCall(update), optimizer.toString());
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
