package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ClipKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = min(max(x, -limit), limit)}, and its gradient. */
public final class ScalarClip implements ClipKernel {

  @Override
  public void apply(
      long n, float limit, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, yOffset + i, Math.min(Math.max(Floats.get(x, xOffset + i), -limit), limit));
    }
  }

  @Override
  public void gradient(
      long n,
      float limit,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      boolean within = Math.abs(Floats.get(y, yOffset + i)) < limit;
      Floats.set(dx, dxOffset + i, within ? Floats.get(dy, dyOffset + i) : 0f);
    }
  }
}
