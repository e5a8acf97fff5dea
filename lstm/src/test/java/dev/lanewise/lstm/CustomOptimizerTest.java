package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.AdamUpdate;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomOptimizerTest {
  private static final UpdateRule DESCENT =
      (_, rate, from, n, gradients, _, weights) ->
          AddScaled.apply(n, (float) -rate, gradients, from, weights, from);

  /** Keras's Adam again. */
  private static final class OwnAdam implements UpdateRule {
    @Override
    public List<String> slots() {
      return List.of("m", "v");
    }

    @Override
    public void update(
        long step,
        double learningRate,
        long from,
        long n,
        MemorySegment gradients,
        List<MemorySegment> slots,
        MemorySegment weights) {
      MemorySegment m = slots.getFirst();
      MemorySegment v = slots.getLast();
      AdamUpdate.apply(
          n,
          step,
          learningRate,
          0.9,
          0.999,
          1e-7,
          gradients,
          from,
          m,
          from,
          v,
          from,
          weights,
          from);
    }
  }

  /** Lion (Chen and others, 2023), by a loop. */
  private static final class Lion implements UpdateRule {
    @Override
    public List<String> slots() {
      return List.of("momentum");
    }

    @Override
    public void update(
        long step,
        double learningRate,
        long from,
        long n,
        MemorySegment gradients,
        List<MemorySegment> slots,
        MemorySegment weights) {
      MemorySegment momentum = slots.getFirst();
      for (long i = from; i < from + n; i++) {
        float g = gradients.getAtIndex(JAVA_FLOAT, i);
        float m = momentum.getAtIndex(JAVA_FLOAT, i);
        float change = (float) learningRate * Math.signum(0.9f * m + 0.1f * g);
        weights.setAtIndex(JAVA_FLOAT, i, weights.getAtIndex(JAVA_FLOAT, i) - change);
        momentum.setAtIndex(JAVA_FLOAT, i, 0.99f * m + 0.01f * g);
      }
    }
  }

  private static float[] trained(Optimizer optimizer, int threads) {
    Sequential model =
        Sequential.of(Lstm.builder(9).returnSequences(true).build(), Lstm.of(5), Dense.of(2))
            .build(3, 42)
            .compile(optimizer, Loss.MEAN_SQUARED_ERROR);
    Tensor x = ReferenceModel.random(1, 32, 4, 3);
    Tensor y = ReferenceModel.random(2, 32, 2);
    FitOptions options = FitOptions.builder().epochs(3).batchSize(8).threads(threads).build();
    model.fit(x, y, options);
    return ReferenceModel.weights(model);
  }

  @Test
  void aRuleGivesTheBitsOfTheOptimizerItWrites() {
    assertArrayEquals(trained(Sgd.of(0.1), 1), trained(CustomOptimizer.of(DESCENT, 0.1), 1));
    OwnAdam adam = new OwnAdam();
    assertArrayEquals(trained(Adam.of(), 1), trained(CustomOptimizer.builder(adam).build(), 1));
    assertSame(adam, CustomOptimizer.of(adam, 0.1).rule());
  }

  @Test
  void itsRateIsClippedAndScheduledAsAnyOther() {
    Schedule schedule = ExponentialDecay.of(0.1, 3, 0.5);
    assertArrayEquals(
        trained(Sgd.builder().learningRate(schedule).clipNorm(0.1).build(), 1),
        trained(CustomOptimizer.builder(DESCENT).learningRate(schedule).clipNorm(0.1).build(), 1));
  }

  @Test
  void oneRuleTrainsAnyNumberOfModels() {
    CustomOptimizer optimizer = CustomOptimizer.of(new OwnAdam(), 0.01);
    assertArrayEquals(trained(optimizer, 1), trained(optimizer, 2));
  }

  @Test
  void aLoopLearnsASine() {
    Sequential model =
        Sequential.of(Lstm.of(8), Dense.of(1))
            .build(1, 1)
            .compile(CustomOptimizer.of(new Lion(), 0.003), Loss.MEAN_SQUARED_ERROR);
    Tensor series = Tensor.zeros(128, 9, 1);
    for (int i = 0; i < 128; i++) {
      for (int t = 0; t < 9; t++) {
        series.set((float) Math.sin(0.7 * (i + t)), i, t, 0);
      }
    }
    Tensor y = series.select(1, 8);
    FitOptions options = FitOptions.builder().epochs(40).batchSize(16).build();
    History history = model.fit(series.slice(1, 0, 8), y, options);
    double first = history.epochs().getFirst().loss();
    double last = history.epochs().getLast().loss();
    assertTrue(last < first / 20, first + " " + last);
    assertEquals(40, history.epochs().size());
  }
}
