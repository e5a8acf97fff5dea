package dev.lanewise.lstm;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A pooling in double, over the steps of each window that are there. */
final class ReferencePooling extends ReferenceLayer {
  private final Pooling1d layer;

  ReferencePooling(Pooling1d layer) {
    this.layer = layer;
  }

  /** Pads as TensorFlow documents it. */
  @Override
  double[][][] forward(double[][][] x) {
    live = null;
    boolean same = layer.padding() == Pooling1d.Padding.SAME;
    int strides = layer.strides();
    int size = layer.poolSize();
    int outputs =
        same ? (int) Math.ceil((double) x.length / strides) : (x.length - size) / strides + 1;
    int before = same ? Math.max((outputs - 1) * strides + size - x.length, 0) / 2 : 0;
    double[][][] y = new double[outputs][x[0].length][x[0][0].length];
    for (int t = 0; t < outputs; t++) {
      int start = t * strides - before;
      for (int b = 0; b < x[0].length; b++) {
        for (int i = 0; i < x[0][0].length; i++) {
          y[t][b][i] = pool(x, start, b, i);
        }
      }
    }
    return y;
  }

  private double pool(double[][][] x, int start, int b, int i) {
    DoubleStream there =
        IntStream.range(start, start + layer.poolSize())
            .filter(step -> step >= 0 && step < x.length)
            .mapToDouble(step -> x[step][b][i]);
    return (layer instanceof MaxPooling1d ? there.max() : there.average()).getAsDouble();
  }
}
