package dev.lanewise.bench;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's autograd over {@code at::lstm} and {@code at::linear}, and its Adam. */
final class PyTorchTraining implements Peer {

  private final int batches = TrainingBenchmark.BATCHES;
  private final Tensor[] x = new Tensor[batches];
  private final Tensor[] y = new Tensor[batches];
  private final TensorVector lstm;
  private final TensorVector zeros;
  private final Tensor dense;
  private final Tensor bias;
  private final Adam optimizer;
  private final DoublePointer epsilon;
  private long step;
  private double loss;

  PyTorchTraining(TrainingTask task, int threads) {
    TrainShape shape = task.shape();
    int units = shape.units();
    torch.set_num_threads(threads);
    for (int i = 0; i < batches; i++) {
      x[i] =
          PyTorchLayer.tensor(
              task.timeMajor(i), shape.timesteps(), shape.batch(), shape.features());
      y[i] = PyTorchLayer.tensor(task.targets(i), shape.batch(), 1);
    }
    Tensor[] weights = PyTorchLayer.weights(task.parameters());
    dense = PyTorchLayer.tensor(task.parameters().dense(), 1, units);
    bias = torch.zeros(1);
    // The second bias stays at zero: Lanewise has one.
    TensorVector trained = new TensorVector(weights[0], weights[1], weights[2], dense, bias);
    for (long i = 0; i < trained.size(); i++) {
      trained.get(i).requires_grad_(true);
    }
    lstm = new TensorVector(weights);
    zeros =
        new TensorVector(
            torch.zeros(1, shape.batch(), units), torch.zeros(1, shape.batch(), units));
    AdamOptions options = new AdamOptions(TrainingTask.RATE);
    // The C++ library's tuples begin with their last element.
    options.betas().put(0, TrainingTask.BETA2).put(1, TrainingTask.BETA1);
    optimizer = new Adam(trained, options);
    epsilon = new AdamOptions(optimizer.param_groups().get(0).options()).eps();
  }

  @Override
  @SuppressWarnings("try") // what a step makes is freed with its scope
  public void run() {
    double sum = 0;
    for (int i = 0; i < batches; i++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor states = torch.lstm(x[i], zeros, lstm, true, 1, 0, true, false, false).get0();
        Tensor error = torch.mse_loss(torch.linear(states.select(0, -1), dense, bias), y[i]);
        optimizer.zero_grad();
        error.backward();
        step++;
        // Added after the bias correction here, before it in Keras and in Lanewise.
        epsilon.put(TrainingTask.EPSILON / Math.sqrt(1 - Math.pow(TrainingTask.BETA2, step)));
        optimizer.step();
        sum += error.item_float();
      }
    }
    loss = sum / batches;
  }

  @Override
  public float[] result() {
    return new float[] {(float) loss};
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
