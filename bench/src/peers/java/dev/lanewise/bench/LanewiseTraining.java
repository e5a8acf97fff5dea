package dev.lanewise.bench;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/** Lanewise's {@code Sequential.fit}, an epoch a run. */
final class LanewiseTraining implements Peer {

  private final Sequential model;
  private final Tensor x;
  private final Tensor y;
  private final FitOptions options;
  private double loss;

  LanewiseTraining(TrainingTask task, int threads, boolean shuffle) {
    TrainShape shape = task.shape();
    int samples = TrainingBenchmark.BATCHES * shape.batch();
    model = Sequential.of(Lstm.of(shape.units()), Dense.of(1)).buildZeros(shape.features());
    LanewiseLayer.fill(model, task.parameters());
    model.compile(
        Adam.builder()
            .learningRate(TrainingTask.RATE)
            .beta1(TrainingTask.BETA1)
            .beta2(TrainingTask.BETA2)
            .epsilon(TrainingTask.EPSILON)
            .build(),
        Loss.MEAN_SQUARED_ERROR);
    x = Tensor.zeros(samples, shape.timesteps(), shape.features());
    x.copyFrom(Tensor.of(task.x(), samples, shape.timesteps(), shape.features()));
    y = Tensor.of(task.y(), samples, 1);
    options =
        FitOptions.builder()
            .batchSize(shape.batch())
            .threads(threads)
            .shuffle(shuffle)
            .seed(4)
            .build();
  }

  @Override
  public void run() {
    loss = model.fit(x, y, options).loss()[0];
  }

  @Override
  public float[] result() {
    return new float[] {(float) loss};
  }

  /** With what fit itself takes; vectors on the heap come to more. */
  @Override
  public long mostBytes() {
    return TrainingBenchmark.BATCHES * (16 << 10);
  }

  @Override
  public void close() {}
}
