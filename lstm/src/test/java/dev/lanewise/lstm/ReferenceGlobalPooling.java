package dev.lanewise.lstm;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A pooling over time in double. A mean is one of the real steps. */
final class ReferenceGlobalPooling extends ReferenceLayer {
  private final boolean max;

  ReferenceGlobalPooling(boolean max) {
    this.max = max;
  }

  @Override
  double[][][] forward(double[][][] x) {
    double[][][] y = new double[1][x[0].length][x[0][0].length];
    for (int b = 0; b < x[0].length; b++) {
      for (int i = 0; i < x[0][0].length; i++) {
        y[0][b][i] = pool(x, b, i);
      }
    }
    live = null;
    return y;
  }

  private double pool(double[][][] x, int b, int i) {
    DoubleStream steps =
        IntStream.range(0, x.length).filter(t -> max || isLive(t, b)).mapToDouble(t -> x[t][b][i]);
    return max ? steps.max().getAsDouble() : steps.average().orElse(0);
  }
}
