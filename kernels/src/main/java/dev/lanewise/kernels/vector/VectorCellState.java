package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.CellStateKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@code c = f * cPrevious + i * g}. */
public final class VectorCellState implements CellStateKernel {

  @Override
  public void apply(
      long n,
      MemorySegment f,
      long fOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment i,
      long iOffset,
      MemorySegment g,
      long gOffset,
      MemorySegment c,
      long cOffset) {
    long from = Memory.address(f, fOffset);
    long toPrevious = Memory.address(cPrevious, cPreviousOffset) - from;
    long toI = Memory.address(i, iOffset) - from;
    long toG = Memory.address(g, gOffset) - from;
    long toC = Memory.address(c, cOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (; from != end; from += Lanes.BYTES) {
      FloatVector added = Memory.load(from + toI).mul(Memory.load(from + toG));
      FloatVector kept = Memory.load(from + toPrevious);
      Memory.store(Memory.load(from).fma(kept, added), from + toC);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      VectorMask<Float> mask = Lanes.FLOAT.indexInRange(0, tail);
      FloatVector added = Memory.load(from + toI, mask).mul(Memory.load(from + toG, mask));
      FloatVector kept = Memory.load(from + toPrevious, mask);
      Memory.store(Memory.load(from, mask).fma(kept, added), from + toC, mask);
    }
  }
}
