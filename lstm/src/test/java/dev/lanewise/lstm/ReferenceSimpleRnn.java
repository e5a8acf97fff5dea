package dev.lanewise.lstm;

/** A plain recurrent layer in double precision, unit by unit. */
final class ReferenceSimpleRnn extends ReferenceRecurrent {
  private final SimpleRnn layer;

  ReferenceSimpleRnn(SimpleRnn layer) {
    super(layer);
    this.layer = layer;
  }

  @Override
  double[] step(double[] x, double[] h) {
    double[] next = new double[units];
    for (int u = 0; u < units; u++) {
      next[u] = activate(layer.activation(), input(x, u, units) + product(h, u, units));
    }
    return next;
  }
}
