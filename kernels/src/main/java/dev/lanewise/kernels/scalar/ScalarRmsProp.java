package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.RmsPropKernel;
import java.lang.foreign.MemorySegment;

/**
 * One RMSprop update (Tieleman and Hinton, 2012), centered as in Graves, 2013, equations 38 to 41.
 */
public final class ScalarRmsProp implements RmsPropKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    for (long i = 0; i < n; i++) {
      float gradient = Floats.get(g, gOffset + i);
      float square = Floats.get(v, vOffset + i);
      square = Fma.of(Fma.of(gradient, gradient, -square), oneMinusRho, square);
      Floats.set(v, vOffset + i, square);
      float step = rate * gradient / ((float) Math.sqrt(square + inside) + after);
      Floats.set(w, wOffset + i, Floats.get(w, wOffset + i) - step);
    }
  }

  @Override
  public void centered(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment w,
      long wOffset) {
    for (long i = 0; i < n; i++) {
      float gradient = Floats.get(g, gOffset + i);
      float square = Floats.get(v, vOffset + i);
      float mean = Floats.get(a, aOffset + i);
      square = Fma.of(Fma.of(gradient, gradient, -square), oneMinusRho, square);
      mean = Fma.of(gradient - mean, oneMinusRho, mean);
      Floats.set(v, vOffset + i, square);
      Floats.set(a, aOffset + i, mean);
      // Equal gradients make it 0, which rounding takes below.
      float variance = Math.max(Fma.of(-mean, mean, square), 0f);
      float step = rate * gradient / ((float) Math.sqrt(variance + inside) + after);
      Floats.set(w, wOffset + i, Floats.get(w, wOffset + i) - step);
    }
  }
}
