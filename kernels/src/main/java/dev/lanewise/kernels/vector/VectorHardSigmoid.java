package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code y = clip(slope * x + 0.5, 0, 1)}; NaN stays NaN. */
public final class VectorHardSigmoid implements ActivationKernel {

  private final float slope;

  /** With the slope of the line between the clips. */
  public VectorHardSigmoid(float slope) {
    this.slope = slope;
  }

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

  private FloatVector activate(FloatVector x) {
    FloatVector line =
        x.fma(FloatVector.broadcast(Lanes.FLOAT, slope), FloatVector.broadcast(Lanes.FLOAT, 0.5f));
    FloatVector below = line.blend(1f, line.compare(VectorOperators.GT, 1f));
    return below.blend(0f, line.compare(VectorOperators.LT, 0f));
  }

  private FloatVector slope(FloatVector y, FloatVector dy) {
    VectorMask<Float> inside =
        y.compare(VectorOperators.GT, 0f).and(y.compare(VectorOperators.LT, 1f));
    return FloatVector.zero(Lanes.FLOAT).blend(dy.mul(slope), inside);
  }
}
