package dev.lanewise.lstm;

/** A GRU in double precision, unit by unit. */
final class ReferenceGru extends ReferenceRecurrent {
  private final Gru layer;

  ReferenceGru(Gru layer) {
    super(layer);
    this.layer = layer;
  }

  @Override
  double[] step(double[] x, double[] h) {
    int columns = 3 * units;
    double[] next = new double[units];
    double[] reset = new double[units];
    for (int u = 0; u < units; u++) {
      double of = input(x, units + u, columns) + second(units + u);
      reset[u] = activate(layer.recurrentActivation(), of + product(h, units + u, columns));
    }
    double[] before = new double[units];
    for (int u = 0; u < units; u++) {
      before[u] = reset[u] * h[u];
    }
    for (int u = 0; u < units; u++) {
      double of = input(x, u, columns) + second(u) + product(h, u, columns);
      double z = activate(layer.recurrentActivation(), of);
      int candidate = 2 * units + u;
      double recurrent =
          layer.resetAfter()
              ? reset[u] * (product(h, candidate, columns) + second(candidate))
              : product(before, candidate, columns);
      double n = activate(layer.activation(), input(x, candidate, columns) + recurrent);
      next[u] = z * h[u] + (1 - z) * n;
    }
    return next;
  }

  /** The bias of the recurrent product, which only resetAfter has. */
  private double second(int column) {
    return layer.resetAfter() ? weight("bias", 3 * units + column) : 0;
  }
}
