package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;

/** An LSTM and its backpropagation through time in double precision, unit by unit. */
final class ReferenceLstm extends ReferenceLayer {
  private final Lstm layer;
  private final int units;
  private final Activation a;
  private final Activation r;
  private double[][][] x = {};
  private double[][][] z = {}; // pre-activations by step, gates i, f, g, o
  private double[][][] c = {}; // by step, one more for the state 0
  private double[][][] h = {};

  ReferenceLstm(Lstm layer) {
    this.layer = layer;
    this.units = layer.units();
    this.a = layer.activation();
    this.r = layer.recurrentActivation();
  }

  @Override
  double[][][] forward(double[][][] input) {
    int steps = input.length;
    int batch = input[0].length;
    x = input.clone();
    if (layer.goBackwards()) {
      for (int t = 0; t < steps; t++) {
        x[t] = input[steps - 1 - t];
      }
    }
    boolean[][] real = new boolean[steps][batch];
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        real[t][b] = isLive(layer.goBackwards() ? steps - 1 - t : t, b);
      }
    }
    z = new double[steps][batch][4 * units];
    c = new double[steps + 1][batch][units];
    h = new double[steps + 1][batch][units];
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        if (!real[t][b]) {
          c[t + 1][b] = c[t][b].clone();
          h[t + 1][b] = h[t][b].clone();
          continue;
        }
        for (int gate = 0; gate < 4 * units; gate++) {
          double sum = weight("bias", gate);
          for (int f = 0; f < x[t][b].length; f++) {
            sum += x[t][b][f] * weight("kernel", f * 4 * units + gate);
          }
          for (int u = 0; u < units; u++) {
            sum += h[t][b][u] * weight("recurrent_kernel", u * 4 * units + gate);
          }
          z[t][b][gate] = sum;
        }
        for (int u = 0; u < units; u++) {
          double i = activate(r, z[t][b][u]);
          double f = activate(r, z[t][b][units + u]);
          double g = activate(a, z[t][b][2 * units + u]);
          double o = activate(r, z[t][b][3 * units + u]);
          c[t + 1][b][u] = f * c[t][b][u] + i * g;
          h[t + 1][b][u] = o * activate(a, c[t + 1][b][u]);
        }
      }
    }
    if (!layer.returnSequences()) {
      live = null;
      return new double[][][] {h[steps]};
    }
    double[][][] y = new double[steps][batch][];
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        boolean zero = layer.zeroOutputForMask() && !real[t][b];
        y[t][b] = zero ? new double[units] : h[t + 1][b].clone();
      }
    }
    return y;
  }

  @Override
  double[][][] backward(double[][][] dy) {
    int steps = x.length;
    int batch = x[0].length;
    int features = x[0][0].length;
    double[][][] dx = new double[steps][batch][features];
    for (int b = 0; b < batch; b++) {
      double[] dh = new double[units];
      double[] dc = new double[units];
      for (int t = steps - 1; t >= 0; t--) {
        if (layer.returnSequences() || t == steps - 1) {
          double[] from = dy[layer.returnSequences() ? t : 0][b];
          for (int u = 0; u < units; u++) {
            dh[u] += from[u];
          }
        }
        double[] dz = stepGradient(t, b, dh, dc);
        dh = new double[units];
        double[] dxRow = dx[layer.goBackwards() ? steps - 1 - t : t][b];
        for (int gate = 0; gate < 4 * units; gate++) {
          add("bias", gate, dz[gate]);
          for (int f = 0; f < features; f++) {
            add("kernel", f * 4 * units + gate, x[t][b][f] * dz[gate]);
            dxRow[f] += dz[gate] * weight("kernel", f * 4 * units + gate);
          }
          for (int u = 0; u < units; u++) {
            add("recurrent_kernel", u * 4 * units + gate, h[t][b][u] * dz[gate]);
            dh[u] += dz[gate] * weight("recurrent_kernel", u * 4 * units + gate);
          }
        }
      }
    }
    return dx;
  }

  /** The gradient of the pre-activations; dc becomes that of the step before. */
  private double[] stepGradient(int t, int b, double[] dh, double[] dc) {
    double[] dz = new double[4 * units];
    for (int u = 0; u < units; u++) {
      double zi = z[t][b][u];
      double zf = z[t][b][units + u];
      double zg = z[t][b][2 * units + u];
      double zo = z[t][b][3 * units + u];
      double cell = c[t + 1][b][u];
      double total = dc[u] + dh[u] * activate(r, zo) * slope(a, cell);
      dz[u] = total * activate(a, zg) * slope(r, zi);
      dz[units + u] = total * c[t][b][u] * slope(r, zf);
      dz[2 * units + u] = total * activate(r, zi) * slope(a, zg);
      dz[3 * units + u] = dh[u] * activate(a, cell) * slope(r, zo);
      dc[u] = total * activate(r, zf);
    }
    return dz;
  }
}
