package dev.lanewise.bench;

import java.util.Arrays;
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
 * and packs its weights in each call, and {@code at::gru}; or {@code at::lstm_cell} and {@code
 * at::gru_cell}, its fastest streams.
 */
final class PyTorchLayer implements Peer {

  /** PyTorch's gates of ours: i, f, g, o in both, and r, z, n of z, r, n. */
  private static final int[] LSTM_GATES = {0, 1, 2, 3};

  private static final int[] GRU_GATES = {1, 0, 2};

  private final LayerShape shape;
  private final InferenceMode mode;
  private final Tensor x;
  private final TensorVector weights;
  private final TensorVector zeros;
  private final Tensor[] cell;
  private Tensor h;
  private Tensor c;
  private Tensor y;

  PyTorchLayer(LayerShape shape, LayerParameters parameters, float[] x, int threads) {
    this.shape = shape;
    torch.set_num_threads(threads);
    mode = new InferenceMode(true);
    int batch = shape.batch();
    int units = shape.units();
    this.x =
        tensor(
            LayerParameters.swapped(x, batch, shape.timesteps(), shape.features()),
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

  /** Kernel, recurrent kernel, and two biases, of which the second of an LSTM is zeros. */
  static Tensor[] weights(LayerParameters parameters) {
    int[] order = parameters.cell() == Cell.GRU ? GRU_GATES : LSTM_GATES;
    int rows = order.length * parameters.units();
    float[] bias = Arrays.copyOf(parameters.bias(order), 2 * rows);
    return new Tensor[] {
      tensor(parameters.kernelRows(order), rows, parameters.features()),
      tensor(parameters.recurrentRows(order), rows, parameters.units()),
      tensor(Arrays.copyOf(bias, rows), rows),
      tensor(Arrays.copyOfRange(bias, rows, 2 * rows), rows)
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
    if (shape.cell() == Cell.GRU) {
      runGru();
    } else if (shape.isStep()) {
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

  private void runGru() {
    if (shape.isStep()) {
      Tensor next =
          torch.gru_cell(
              x, h, cell[0], cell[1], new TensorOptional(cell[2]), new TensorOptional(cell[3]));
      h.close();
      h = next;
      y = h;
    } else {
      try (T_TensorTensor_T result =
          torch.gru(x, zeros.get(0), weights, true, 1, 0, false, false, false)) {
        y.close();
        y = new Tensor(result.get0());
      }
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
    return LayerParameters.swapped(floats(y), shape.timesteps(), shape.batch(), shape.units());
  }

  @Override
  public void close() {
    mode.close();
  }
}
