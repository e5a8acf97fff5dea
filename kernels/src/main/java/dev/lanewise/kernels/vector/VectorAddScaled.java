package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.AddScaledKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@code y += alpha * x}. */
public final class VectorAddScaled implements AddScaledKernel {

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long toY = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (; from != end; from += Lanes.BYTES) {
      FloatVector sum =
          Memory.load(from).fma(FloatVector.broadcast(Lanes.FLOAT, alpha), Memory.load(from + toY));
      Memory.store(sum, from + toY);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      VectorMask<Float> mask = Lanes.FLOAT.indexInRange(0, tail);
      FloatVector sum =
          Memory.load(from, mask)
              .fma(FloatVector.broadcast(Lanes.FLOAT, alpha), Memory.load(from + toY, mask));
      Memory.store(sum, from + toY, mask);
    }
  }
}
