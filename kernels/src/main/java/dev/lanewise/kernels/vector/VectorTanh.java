package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y = tanh(x)}. */
public final class VectorTanh implements ActivationKernel {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (; from != end; from += Lanes.BYTES) {
      Memory.store(activate(Memory.load(from)), from + apart);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(from, scratch, tail);
      Memory.store(activate(Memory.load(scratch)), scratch);
      Scratch.copy(scratch, from + apart, tail);
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
    long from = Memory.address(y, yOffset);
    long toDy = Memory.address(dy, dyOffset) - from;
    long toDx = Memory.address(dx, dxOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (; from != end; from += Lanes.BYTES) {
      Memory.store(slope(Memory.load(from), Memory.load(from + toDy)), from + toDx);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(from, scratch, tail);
      Scratch.copy(from + toDy, scratch + Lanes.BYTES, tail);
      Memory.store(slope(Memory.load(scratch), Memory.load(scratch + Lanes.BYTES)), scratch);
      Scratch.copy(scratch, from + toDx, tail);
    }
  }

  private static FloatVector activate(FloatVector x) {
    return VectorMath.tanh(x);
  }

  private static FloatVector slope(FloatVector y, FloatVector dy) {
    return dy.mul(y.neg().fma(y, FloatVector.broadcast(Lanes.FLOAT, 1f)));
  }
}
