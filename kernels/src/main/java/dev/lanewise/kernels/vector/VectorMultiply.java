package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.MultiplyKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.VectorMask;

/** {@code y = a * b}. */
public final class VectorMultiply implements MultiplyKernel {

  @Override
  public void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long from = Memory.address(a, aOffset);
    long toB = Memory.address(b, bOffset) - from;
    long toY = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (; from != end; from += Lanes.BYTES) {
      Memory.store(Memory.load(from).mul(Memory.load(from + toB)), from + toY);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      VectorMask<Float> mask = Lanes.FLOAT.indexInRange(0, tail);
      Memory.store(Memory.load(from, mask).mul(Memory.load(from + toB, mask)), from + toY, mask);
    }
  }
}
