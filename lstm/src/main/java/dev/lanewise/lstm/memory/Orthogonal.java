package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * A matrix with orthonormal rows, uniform among all of those (Saxe et al., 2014). Keras makes it
 * so: QR of a normal matrix (columns, rows), the signs such that R's diagonal is positive,
 * transposed.
 *
 * <p>That Q is what the modified Gram-Schmidt process gives, vector by vector. A normal matrix four
 * times as long as wide is so well conditioned that in double it is orthogonal to 1e-14.
 */
public record Orthogonal(int rows, int columns) implements Initializer {
  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    double[][] vectors = new double[rows][columns];
    for (double[] vector : vectors) {
      for (int i = 0; i < columns; i++) {
        vector[i] = random.nextGaussian();
      }
    }
    for (int row = 0; row < rows; row++) {
      double[] vector = vectors[row];
      for (int earlier = 0; earlier < row; earlier++) {
        subtractProjection(vectors[earlier], vector);
      }
      double scale = 1 / Math.sqrt(dot(vector, vector));
      for (int i = 0; i < columns; i++) {
        vector[i] *= scale;
        weight.setAtIndex(JAVA_FLOAT, (long) row * columns + i, (float) vector[i]);
      }
    }
  }

  private static void subtractProjection(double[] unit, double[] vector) {
    double length = dot(unit, vector);
    for (int i = 0; i < vector.length; i++) {
      vector[i] -= length * unit[i];
    }
  }

  /** Four chains side by side: one chain alone waits for each addition. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
