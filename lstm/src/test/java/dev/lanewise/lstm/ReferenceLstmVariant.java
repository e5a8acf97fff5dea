package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;

/** An LSTM with any of its options in double precision, unit by unit. */
final class ReferenceLstmVariant extends ReferenceLayer {
  private final Lstm layer;

  ReferenceLstmVariant(Lstm layer) {
    this.layer = layer;
  }

  /** Whether a layer has one of the options that {@link ReferenceLstm} knows nothing of. */
  static boolean isOne(Lstm layer) {
    return layer.peepholes()
        || layer.coupledGates()
        || layer.projection() > 0
        || Float.isFinite(layer.clip());
  }

  @Override
  double[][][] forward(double[][][] x) {
    int steps = x.length;
    int batch = x[0].length;
    double[][] h = new double[batch][layer.outputs()];
    double[][] c = new double[batch][layer.units()];
    double[][][] y = new double[steps][batch][];
    for (int step = 0; step < steps; step++) {
      int time = layer.goBackwards() ? steps - 1 - step : step;
      for (int b = 0; b < batch; b++) {
        boolean real = isLive(time, b);
        h[b] = real ? step(layer, this, x[time][b], h[b], c[b]) : h[b];
        y[step][b] = real || !layer.zeroOutputForMask() ? h[b] : new double[layer.outputs()];
      }
    }
    if (layer.returnSequences()) {
      return y;
    }
    live = null;
    return new double[][][] {h};
  }

  /** h_t of a row, from x_t and h_{t-1}; c becomes c_t. */
  static double[] step(Lstm layer, ReferenceLayer weights, double[] x, double[] h, double[] c) {
    int units = c.length;
    Activation a = layer.activation();
    Activation r = layer.recurrentActivation();
    double[] m = new double[units];
    int last = layer.coupledGates() ? 2 : 3; // o
    for (int u = 0; u < units; u++) {
      double seen = peephole(layer, weights, 0, u) * c[u];
      double i = activate(r, clipped(layer, z(layer, weights, x, h, u) + seen));
      double f = 1 - i;
      if (!layer.coupledGates()) {
        double ofF = peephole(layer, weights, 1, u) * c[u];
        f = activate(r, clipped(layer, z(layer, weights, x, h, units + u) + ofF));
      }
      double ofG = z(layer, weights, x, h, (last - 1) * units + u);
      double ofO = z(layer, weights, x, h, last * units + u);
      c[u] = f * c[u] + i * activate(a, clipped(layer, ofG));
      ofO += peephole(layer, weights, last - 1, u) * c[u];
      m[u] = activate(r, clipped(layer, ofO)) * activate(a, c[u]);
    }
    return layer.projection() == 0 ? m : projected(weights, m, layer.projection());
  }

  private static double[] projected(ReferenceLayer weights, double[] m, int width) {
    double[] h = new double[width];
    for (int out = 0; out < width; out++) {
      for (int u = 0; u < m.length; u++) {
        h[out] += m[u] * weights.weight("projection_kernel", u * width + out);
      }
    }
    return h;
  }

  /** {@code b + x W + h U} of a column. */
  private static double z(Lstm layer, ReferenceLayer weights, double[] x, double[] h, int column) {
    int columns = (layer.coupledGates() ? 3 : 4) * layer.units();
    double sum = weights.weight("bias", column);
    for (int f = 0; f < x.length; f++) {
      double read = x[f] * weights.dropped.x(column / layer.units(), f);
      sum += read * weights.weight("kernel", f * columns + column);
    }
    for (int u = 0; u < h.length; u++) {
      double before = h[u] * weights.dropped.h(column / layer.units(), u);
      sum += before * weights.weight("recurrent_kernel", u * columns + column);
    }
    return sum;
  }

  private static double peephole(Lstm layer, ReferenceLayer weights, int row, int unit) {
    return weights.weight("peephole", row * layer.units() + unit); // 0 where there is none
  }

  private static double clipped(Lstm layer, double z) {
    return Math.clamp(z, -(double) layer.clip(), (double) layer.clip());
  }
}
