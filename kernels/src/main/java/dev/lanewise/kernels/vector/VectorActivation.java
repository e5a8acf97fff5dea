package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/**
 * What every vector activation shares: whole vectors in place, the last few elements in scratch.
 */
abstract class VectorActivation implements ActivationKernel {

  /**
   * {@code y = a(x)} from one address to another, whole vectors; y lies {@code apart} bytes from x.
   */
  abstract void activate(long from, long end, long apart);

  /**
   * {@code dx = dy * a'(x)} for y, or x, from one address to another; dy and dx lie that many bytes
   * from it.
   */
  abstract void slope(long from, long end, long toDy, long toDx);

  @Override
  public final void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    activate(from, end, apart);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      activate(scratch, scratch + Lanes.BYTES, 0);
      Scratch.copy(scratch, end + apart, tail);
    }
  }

  @Override
  public final void gradient(
      long n,
      MemorySegment of,
      long ofOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    long from = Memory.address(of, ofOffset);
    long toDy = Memory.address(dy, dyOffset) - from;
    long toDx = Memory.address(dx, dxOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    slope(from, end, toDy, toDx);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toDy, scratch + Lanes.BYTES, tail);
      slope(scratch, scratch + Lanes.BYTES, Lanes.BYTES, 0);
      Scratch.copy(scratch, end + toDx, tail);
    }
  }
}
