package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.RowNormalizationKernel;
import java.lang.foreign.MemorySegment;

/** Layer normalization (Ba, Kiros and Hinton, 2016), its sums in sixteen interleaved chains. */
public final class ScalarRowNormalization implements RowNormalizationKernel {

  private static final int CHAINS = 16;

  @Override
  public void forward(
      long rows,
      int n,
      float epsilon,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment beta,
      long betaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment y,
      long yOffset) {
    for (long row = 0; row < rows; row++) {
      long from = xOffset + row * n;
      long to = yOffset + row * n;
      float mean = sum(n, x, from, 0, 1) / n;
      float variance = squares(n, x, from, mean, 0, 1) / n;
      float inverse = 1f / (float) Math.sqrt(variance + epsilon);
      Floats.set(statistics, statisticsOffset + 2 * row, mean);
      Floats.set(statistics, statisticsOffset + 2 * row + 1, inverse);
      for (int j = 0; j < n; j++) {
        float z = (Floats.get(x, from + j) - mean) * inverse;
        float scale = Floats.get(gamma, gammaOffset + j);
        Floats.set(y, to + j, Fma.of(z, scale, Floats.get(beta, betaOffset + j)));
      }
    }
  }

  @Override
  public void backward(
      long rows,
      int n,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long row = 0; row < rows; row++) {
      long at = xOffset + row * n;
      long from = dyOffset + row * n;
      long to = dxOffset + row * n;
      float mean = Floats.get(statistics, statisticsOffset + 2 * row);
      float inverse = Floats.get(statistics, statisticsOffset + 2 * row + 1);
      float level = products(n, dy, from, gamma, gammaOffset, 0, 1) / n;
      float slope = slopes(n, x, at, mean, inverse, gamma, gammaOffset, dy, from, 0, 1) / n;
      for (int j = 0; j < n; j++) {
        float z = (Floats.get(x, at + j) - mean) * inverse;
        float q = Floats.get(dy, from + j) * Floats.get(gamma, gammaOffset + j);
        Floats.set(dx, to + j, inverse * Fma.of(z, -slope, q - level));
      }
    }
  }

  @Override
  public void weights(
      long rows,
      int n,
      long ld,
      MemorySegment x,
      long xOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dgamma,
      long dgammaOffset,
      MemorySegment dbeta,
      long dbetaOffset) {
    for (int j = 0; j < n; j++) {
      float scale = Floats.get(dgamma, dgammaOffset + j);
      float shift = Floats.get(dbeta, dbetaOffset + j);
      for (long row = 0; row < rows; row++) {
        float mean = Floats.get(statistics, statisticsOffset + 2 * row);
        float inverse = Floats.get(statistics, statisticsOffset + 2 * row + 1);
        float z = (Floats.get(x, xOffset + row * ld + j) - mean) * inverse;
        float gradient = Floats.get(dy, dyOffset + row * ld + j);
        scale = Fma.of(gradient, z, scale);
        shift += gradient;
      }
      Floats.set(dgamma, dgammaOffset + j, scale);
      Floats.set(dbeta, dbetaOffset + j, shift);
    }
  }

  /** Of the chains {@code first}, {@code first + apart} and so on: halves first. */
  private static float sum(int n, MemorySegment x, long at, int first, int apart) {
    if (apart < CHAINS) {
      return sum(n, x, at, first, 2 * apart) + sum(n, x, at, first + apart, 2 * apart);
    }
    float sum = 0f;
    for (int j = first; j < n; j += CHAINS) {
      sum += Floats.get(x, at + j);
    }
    return sum;
  }

  /** The same of {@code (x - mean)^2}. */
  private static float squares(int n, MemorySegment x, long at, float mean, int first, int apart) {
    if (apart < CHAINS) {
      return squares(n, x, at, mean, first, 2 * apart)
          + squares(n, x, at, mean, first + apart, 2 * apart);
    }
    float sum = 0f;
    for (int j = first; j < n; j += CHAINS) {
      float d = Floats.get(x, at + j) - mean;
      sum = Fma.of(d, d, sum);
    }
    return sum;
  }

  /** The same of {@code a * b}. */
  private static float products(
      int n, MemorySegment a, long aAt, MemorySegment b, long bAt, int first, int apart) {
    if (apart < CHAINS) {
      return products(n, a, aAt, b, bAt, first, 2 * apart)
          + products(n, a, aAt, b, bAt, first + apart, 2 * apart);
    }
    float sum = 0f;
    for (int j = first; j < n; j += CHAINS) {
      sum = Fma.of(Floats.get(a, aAt + j), Floats.get(b, bAt + j), sum);
    }
    return sum;
  }

  /** The same of {@code dy * gamma * z}. */
  private static float slopes(
      int n,
      MemorySegment x,
      long at,
      float mean,
      float inverse,
      MemorySegment gamma,
      long gammaAt,
      MemorySegment dy,
      long dyAt,
      int first,
      int apart) {
    if (apart < CHAINS) {
      int next = 2 * apart;
      return slopes(n, x, at, mean, inverse, gamma, gammaAt, dy, dyAt, first, next)
          + slopes(n, x, at, mean, inverse, gamma, gammaAt, dy, dyAt, first + apart, next);
    }
    float sum = 0f;
    for (int j = first; j < n; j += CHAINS) {
      float z = (Floats.get(x, at + j) - mean) * inverse;
      sum = Fma.of(Floats.get(dy, dyAt + j) * Floats.get(gamma, gammaAt + j), z, sum);
    }
    return sum;
  }
}
