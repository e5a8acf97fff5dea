package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.AdamKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** One Adam update (Kingma and Ba, 2015, algorithm 1; the bias corrections are in the rate). */
public final class ScalarAdam implements AdamKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    for (long i = 0; i < n; i++) {
      float gradient = Floats.get(g, gOffset + i);
      float first = Floats.get(m, mOffset + i);
      float second = Floats.get(v, vOffset + i);
      first = Fma.of(gradient - first, oneMinusBeta1, first);
      second = Fma.of(Fma.of(gradient, gradient, -second), oneMinusBeta2, second);
      Floats.set(m, mOffset + i, first);
      Floats.set(v, vOffset + i, second);
      float step = rate * first / ((float) Math.sqrt(second) + epsilon);
      Floats.set(w, wOffset + i, Floats.get(w, wOffset + i) - step);
    }
  }
}
