package dev.lanewise.cli.bench;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What a row times.
 *
 * @param call does the shape's work, once or several times
 * @param works how many times a call does it
 * @param result what the last call computed
 */
record Subject(Runnable call, int works, Supplier<float[]> result) {
  /** An epoch of so many steps: what fit does around them is in their time. */
  private static final int STEPS = 16;

  /** Operations of a call; fewer steps where they are large, for a quick table. */
  private static final double CALL_FLOPS = 8e9;

  /** Builds the layer with random weights, and random inputs. */
  static Subject of(BenchShape shape, int threads) {
    return switch (shape.work()) {
      case STEP -> step(shape, threads);
      case PREDICT -> predict(shape, threads);
      case TRAIN -> train(shape, threads);
    };
  }

  private static Subject step(BenchShape s, int threads) {
    Stream stream = predictor(s, threads, false).stream(s.batch(), threads);
    Tensor x = Inputs.tensor(2, s.batch(), s.features());
    Tensor y = Tensor.zeros(s.batch(), s.units());
    return new Subject(() -> stream.step(x, y), 1, y::toArray);
  }

  private static Subject predict(BenchShape s, int threads) {
    Predictor predictor = predictor(s, threads, true);
    Tensor x = Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
    Tensor y = Tensor.zeros(s.batch(), s.timesteps(), s.units());
    return new Subject(() -> predictor.predict(x, y), 1, y::toArray);
  }

  private static Predictor predictor(BenchShape s, int threads, boolean returnSequences) {
    return Sequential.of(s.cell().layer(s.units(), returnSequences))
        .build(s.features(), 1)
        .predictor(PredictorOptions.builder().threads(threads).build());
  }

  private static Subject train(BenchShape s, int threads) {
    Sequential model =
        Sequential.of(s.cell().layer(s.units(), false), Dense.of(1)).build(s.features(), 1);
    model.compile(Adam.of(1e-3), Loss.MEAN_SQUARED_ERROR);
    int steps = (int) Math.clamp(CALL_FLOPS / s.flops(), 1, STEPS);
    long samples = (long) steps * s.batch();
    Tensor x = Inputs.tensor(2, samples, s.timesteps(), s.features());
    Tensor y = Inputs.tensor(3, samples, 1);
    FitOptions options = FitOptions.builder().batchSize(s.batch()).threads(threads).seed(4).build();
    float[] loss = new float[1];
    Runnable epoch = () -> loss[0] = (float) model.fit(x, y, options).loss()[0];
    return new Subject(epoch, steps, loss::clone);
  }
}
