package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import org.junit.jupiter.api.Test;

class KeptStepTest {

  private static final Compilation MSE = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);

  private final Sequential model = Sequential.of(Lstm.of(4), Dense.of(2)).build(3, 1);

  private TrainingData data(int steps) {
    Samples samples =
        Samples.of(ReferenceModel.random(1, 6, steps, 3), null, ReferenceModel.random(2, 6, 2));
    return TrainingData.of("test", ReferenceModel.shapes(model), MSE, samples);
  }

  private TrainingStep step(TrainingData data, int threads) {
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    OptimizerState state = Sgd.of(0.1).state(weights);
    return ReferenceModel.step(data, MSE, weights, state, 6, 9, threads);
  }

  @Test
  void givesAStepBackOnceAndOnlyForWhatItWasPlannedFor() {
    TrainingData five = data(5);
    TrainingStep step = step(five, 1);
    KeptStep kept = new KeptStep();
    assertNull(kept.take(five, TimeParts.WHOLE, 6, 9, 1));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertSame(step, kept.take(data(5), TimeParts.WHOLE, 6, 9, 1));
    assertNull(kept.take(five, TimeParts.WHOLE, 6, 9, 1));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertNull(kept.take(data(4), TimeParts.WHOLE, 6, 9, 1));
    assertNull(kept.take(five, TimeParts.WHOLE, 6, 9, 1));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertNull(kept.take(five, TimeParts.WHOLE, 5, 9, 1));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertNull(kept.take(five, TimeParts.WHOLE, 6, 8, 1));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertNull(kept.take(five, TimeParts.WHOLE, 6, 9, 2));
    kept.keep(step, five, TimeParts.WHOLE, 6, 9, 1);
    assertNull(kept.take(five, new TimeParts(1, 2, true), 6, 9, 1));
  }
}
