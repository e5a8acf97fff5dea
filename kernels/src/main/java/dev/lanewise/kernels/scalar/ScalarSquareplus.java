package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.Squareplus;
import java.lang.foreign.MemorySegment;

/** {@code y = (x + sqrt(x^2 + 4)) / 2}. */
public final class ScalarSquareplus implements ActivationKernel {

  /** Below 0 as {@code 2 / (|x| + sqrt(x^2 + 4))}, where the sum would cancel. */
  private static float squareplus(float v) {
    float a = Math.abs(v);
    float root = a > Squareplus.LIMIT ? a : (float) Math.sqrt(Fma.of(a, a, 4f));
    float mean = Fma.of(root, 0.5f, a * 0.5f);
    return v < 0f ? 1f / mean : mean;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, squareplus(v));
    }
  }

  @Override
  public void gradient(
      long n,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      float a = Floats.get(y, yOffset + i);
      float d = Floats.get(dy, dyOffset + i);
      Floats.set(dx, dxOffset + i, d / Fma.of(1f / a, 1f / a, 1f));
    }
  }
}
