package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.SplitMix64;

/**
 * What a row of a recurrent layer drops in the first batch, drawn as the layer's own seed says: by
 * gate in the order of the weights' columns.
 */
final class ReferenceDropout {
  static final ReferenceDropout NONE = new ReferenceDropout(new double[0][], new double[0][]);

  private final double[][] x; // by gate, or one for all, or none
  private final double[][] h;

  private ReferenceDropout(double[][] x, double[][] h) {
    this.x = x;
    this.h = h;
  }

  /** Of a layer that is trained in a place of a seed. */
  static ReferenceDropout of(Recurrent layer, int features, long seed, int row) {
    boolean after = layer instanceof Gru gru && gru.resetAfter();
    int gates = gates(layer);
    boolean apart = layer.recurrentDropout() > 0;
    double[][] x = new double[0][];
    if (layer.dropout() > 0) {
      x = draw(apart ? gates : 1, features, layer.dropout(), seed(seed, 0), row);
      if (after && apart) { // drawn n, z, r
        x = new double[][] {x[1], x[2], x[0]};
      }
    }
    double[][] h =
        apart
            ? draw(gates, layer.outputs(), layer.recurrentDropout(), seed(seed, 1), row)
            : new double[0][];
    return new ReferenceDropout(x, h);
  }

  private static int gates(Recurrent layer) {
    return switch (layer) {
      case Lstm lstm -> lstm.coupledGates() ? 3 : 4;
      case Gru _ -> 3;
      case SimpleRnn _ -> 1;
    };
  }

  static long seed(long seed, int use) {
    return SplitMix64.stream(seed, use).nextLong();
  }

  private static double[][] draw(int masks, int width, double rate, long seed, int row) {
    SplitMix64 random = SplitMix64.stream(seed, row);
    double[][] all = new double[masks][width];
    for (double[] mask : all) {
      for (int i = 0; i < width; i++) {
        mask[i] = random.nextDouble() < rate ? 0 : 1 / (1 - rate);
      }
    }
    return all;
  }

  double x(int gate, int feature) {
    return x.length == 0 ? 1 : x[x.length == 1 ? 0 : gate][feature];
  }

  double h(int gate, int unit) {
    return h.length == 0 ? 1 : h[gate][unit];
  }
}
