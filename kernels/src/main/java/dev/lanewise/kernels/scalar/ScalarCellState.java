package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.CellStateKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code c = f * cPrevious + i * g}. */
public final class ScalarCellState implements CellStateKernel {

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
    for (long j = 0; j < n; j++) {
      float added = Floats.get(i, iOffset + j) * Floats.get(g, gOffset + j);
      float kept = Floats.get(cPrevious, cPreviousOffset + j);
      Floats.set(c, cOffset + j, Fma.of(Floats.get(f, fOffset + j), kept, added));
    }
  }
}
