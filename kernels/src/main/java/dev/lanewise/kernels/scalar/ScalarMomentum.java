package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.MomentumKernel;
import java.lang.foreign.MemorySegment;

/** {@code v = momentum * v - rate * g; w += v}, and Nesterov's. */
public final class ScalarMomentum implements MomentumKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    for (long i = 0; i < n; i++) {
      float last = Floats.get(v, vOffset + i);
      float next = momentum * last - rate * Floats.get(g, gOffset + i);
      Floats.set(v, vOffset + i, next);
      Floats.set(w, wOffset + i, Floats.get(w, wOffset + i) + next);
    }
  }

  @Override
  public void nesterov(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    for (long i = 0; i < n; i++) {
      float step = rate * Floats.get(g, gOffset + i);
      float next = momentum * Floats.get(v, vOffset + i) - step;
      Floats.set(v, vOffset + i, next);
      Floats.set(w, wOffset + i, Floats.get(w, wOffset + i) + (momentum * next - step));
    }
  }
}
