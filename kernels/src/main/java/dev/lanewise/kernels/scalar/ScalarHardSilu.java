package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y = x * clip(x / 6 + 0.5, 0, 1)}; NaN stays NaN. */
public final class ScalarHardSilu implements ActivationKernel {

  private static final float SLOPE = 1f / 6f;

  /** Held at -4, where it is 0 already: an infinity by 0 would be NaN. */
  private static float hardSilu(float v) {
    float held = v < -4f ? -4f : v;
    float line = Fma.of(SLOPE, held, 0.5f);
    return held * (line < 0f ? 0f : line > 1f ? 1f : line);
  }

  private static float slope(float v) {
    float line = Fma.of(SLOPE, v, 0.5f);
    return line <= 0f ? 0f : line >= 1f ? 1f : Fma.of(2f * SLOPE, v, 0.5f);
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, hardSilu(v));
    }
  }

  @Override
  public void gradient(
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      float d = Floats.get(dy, dyOffset + i);
      Floats.set(dx, dxOffset + i, d * slope(v));
    }
  }
}
