package dev.lanewise.lstm;

import java.util.function.DoubleUnaryOperator;

/** A function of each element in double. */
final class ReferenceElementwise extends ReferenceLayer {
  private final DoubleUnaryOperator function;

  ReferenceElementwise(DoubleUnaryOperator function) {
    this.function = function;
  }

  /** As Keras documents it. */
  static ReferenceElementwise of(Relu layer) {
    return new ReferenceElementwise(
        x ->
            x > layer.threshold()
                ? Math.min(x, layer.maxValue())
                : layer.negativeSlope() * (x - layer.threshold()));
  }

  @Override
  double[][][] forward(double[][][] x) {
    double[][][] y = new double[x.length][x[0].length][x[0][0].length];
    for (int t = 0; t < x.length; t++) {
      for (int b = 0; b < x[t].length; b++) {
        for (int i = 0; i < x[t][b].length; i++) {
          y[t][b][i] = function.applyAsDouble(x[t][b][i]);
        }
      }
    }
    return y;
  }
}
