package dev.lanewise.lstm;

/** The walk of a recurrent layer over time in double precision, step by step and row by row. */
abstract class ReferenceRecurrent extends ReferenceLayer {
  private final Recurrent layer;
  final int units;

  ReferenceRecurrent(Recurrent layer) {
    this.layer = layer;
    this.units = layer.units();
  }

  /** h_t of a row, from x_t and h_{t-1}. */
  abstract double[] step(double[] x, double[] h);

  @Override
  final double[][][] forward(double[][][] x) {
    int steps = x.length;
    int batch = x[0].length;
    double[][] h = new double[batch][units];
    double[][][] y = new double[steps][batch][];
    for (int step = 0; step < steps; step++) {
      int time = layer.goBackwards() ? steps - 1 - step : step;
      for (int b = 0; b < batch; b++) {
        boolean real = isLive(time, b);
        h[b] = real ? step(x[time][b], h[b]) : h[b];
        y[step][b] = real || !layer.zeroOutputForMask() ? h[b] : new double[units];
      }
    }
    if (layer.returnSequences()) {
      return y;
    }
    live = null;
    return new double[][][] {h};
  }

  /** {@code b + x W} of a column of the kernel. */
  final double input(double[] x, int column, int columns) {
    double sum = weight("bias", column);
    for (int f = 0; f < x.length; f++) {
      sum += x[f] * dropped.x(column / units, f) * weight("kernel", f * columns + column);
    }
    return sum;
  }

  /** {@code h U} of a column of the recurrent kernel. */
  final double product(double[] h, int column, int columns) {
    double sum = 0;
    for (int u = 0; u < units; u++) {
      double before = h[u] * dropped.h(column / units, u);
      sum += before * weight("recurrent_kernel", u * columns + column);
    }
    return sum;
  }
}
