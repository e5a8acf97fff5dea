package dev.lanewise.bench;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch in inference mode: {@code at::lstm} over (timesteps, batch, features), which takes oneDNN
 * and packs its weights in each call; or {@code at::lstm_cell}, its fastest stream.
 */
final class PyTorchLayer implements Peer {

  private final LstmShape shape;
  private final InferenceMode mode;
  private final Tensor x;
  private final TensorVector weights;
  private final TensorVector zeros;
  private final Tensor[] cell;
  private Tensor h;
  private Tensor c;
  private Tensor y;

  PyTorchLayer(LstmShape shape, LstmParameters parameters, float[] x, int threads) {
    this.shape = shape;
    torch.set_num_threads(threads);
    mode = new InferenceMode(true);
    int batch = shape.batch();
    int units = shape.units();
    this.x =
        tensor(
            LstmParameters.swapped(x, batch, shape.timesteps(), shape.features()),
            shape.timesteps(),
            batch,
            shape.features());
    if (shape.isStep()) {
      this.x.squeeze_(0);
    }
    cell = weights(parameters);
    weights = new TensorVector(cell);
    zeros = new TensorVector(torch.zeros(1, batch, units), torch.zeros(1, batch, units));
    h = torch.zeros(batch, units);
    c = torch.zeros(batch, units);
    y = h;
  }

  /** Kernel, recurrent kernel, bias, and zeros for the second bias. */
  static Tensor[] weights(LstmParameters parameters) {
    int features = parameters.features();
    int units = parameters.units();
    return new Tensor[] {
      tensor(
          LstmParameters.transposed(parameters.kernel(), features, 4 * units),
          4L * units,
          features),
      tensor(
          LstmParameters.transposed(parameters.recurrent(), units, 4 * units), 4L * units, units),
      tensor(parameters.bias(), 4L * units),
      torch.zeros(4L * units)
    };
  }

  static Tensor tensor(float[] values, long... dims) {
    try (FloatPointer memory = new FloatPointer(values)) {
      return torch.from_blob(memory, dims).clone();
    }
  }

  static float[] floats(Tensor tensor) {
    try (Tensor dense = tensor.contiguous()) {
      float[] values = new float[Math.toIntExact(dense.numel())];
      dense.data_ptr_float().get(values);
      return values;
    }
  }

  @Override
  public void run() {
    if (shape.isStep()) {
      step();
    } else {
      forward();
    }
  }

  // What a result holds dies with it: a new Tensor shares the values and lives on.

  private void forward() {
    try (T_TensorTensorTensor_T result =
        torch.lstm(x, zeros, weights, true, 1, 0, false, false, false)) {
      y.close();
      y = new Tensor(result.get0());
    }
  }

  private void step() {
    try (TensorVector state = new TensorVector(h, c);
        T_TensorTensor_T result =
            torch.lstm_cell(
                x,
                state,
                cell[0],
                cell[1],
                new TensorOptional(cell[2]),
                new TensorOptional(cell[3]))) {
      h.close();
      c.close();
      h = new Tensor(result.get0());
      c = new Tensor(result.get1());
      y = h;
    }
  }

  @Override
  public float[] result() {
    return LstmParameters.swapped(floats(y), shape.timesteps(), shape.batch(), shape.units());
  }

  @Override
  public void close() {
    mode.close();
  }
}
