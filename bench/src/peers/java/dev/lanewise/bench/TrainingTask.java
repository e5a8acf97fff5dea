package dev.lanewise.bench;

import java.util.Arrays;

/**
 * What every engine trains: an LSTM and a Dense(1) on its last state, mean squared error, Adam; the
 * batches in order, over and over.
 *
 * @param shape of a batch
 * @param parameters to begin with; the Dense's bias is 0
 * @param x (16 * batch, timesteps, features)
 * @param y (16 * batch, 1)
 */
record TrainingTask(TrainShape shape, LayerParameters parameters, float[] x, float[] y) {

  static final double RATE = 1e-3;
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-7;

  static TrainingTask random(TrainShape shape) {
    long samples = (long) TrainingBenchmark.BATCHES * shape.batch();
    return new TrainingTask(
        shape,
        LayerParameters.random(Cell.LSTM, shape.features(), shape.units(), 1),
        LayerParameters.uniform(samples * shape.timesteps() * shape.features(), 1, 2),
        LayerParameters.uniform(samples, 1, 3));
  }

  /** (batch, timesteps, features) of a batch. */
  float[] batch(int batch) {
    int length = shape.batch() * shape.timesteps() * shape.features();
    return Arrays.copyOfRange(x, batch * length, (batch + 1) * length);
  }

  /** (timesteps, batch, features) of a batch. */
  float[] timeMajor(int batch) {
    return LayerParameters.swapped(
        batch(batch), shape.batch(), shape.timesteps(), shape.features());
  }

  /** (batch) of a batch. */
  float[] targets(int batch) {
    return Arrays.copyOfRange(y, batch * shape.batch(), (batch + 1) * shape.batch());
  }
}
