package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.SumOfSquaresKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Sum of squares in sixteen interleaved chains whatever the width, one pass over the data for each
 * vector of chains.
 */
public final class VectorSumOfSquares implements SumOfSquaresKernel {

  private static final int CHAINS = 16;

  @Override
  public float apply(long n, MemorySegment x, long xOffset) {
    long from = Memory.address(x, xOffset);
    return switch (Lanes.COUNT) {
      case 16 -> pairwise(chains(n, from, 0));
      case 8 -> pairwise(chains(n, from, 0).add(chains(n, from, 1)));
      default ->
          pairwise(
              chains(n, from, 0)
                  .add(chains(n, from, 2))
                  .add(chains(n, from, 1).add(chains(n, from, 3))));
    };
  }

  /** The chains {@code part * lanes} and up, a vector of them. */
  private static FloatVector chains(long n, long from, int part) {
    long step = (long) CHAINS * Float.BYTES;
    long at = from + part * Lanes.BYTES;
    long end = at + n / CHAINS * step;
    FloatVector sum = FloatVector.zero(Lanes.FLOAT);
    for (; at != end; at += step) {
      FloatVector v = Memory.load(at);
      sum = v.fma(v, sum);
    }
    int tail = Math.clamp((int) (n % CHAINS) - part * Lanes.COUNT, 0, Lanes.COUNT);
    long scratch = Scratch.address();
    Memory.store(FloatVector.zero(Lanes.FLOAT), scratch);
    Scratch.copy(at, scratch, tail);
    FloatVector v = Memory.load(scratch);
    return v.fma(v, sum);
  }

  /** The upper half of the lanes added to the lower, down to one. */
  private static float pairwise(FloatVector v) {
    FloatVector sum = v;
    if (Lanes.COUNT >= 16) {
      sum = sum.add(sum.slice(8));
    }
    if (Lanes.COUNT >= 8) {
      sum = sum.add(sum.slice(4));
    }
    sum = sum.add(sum.slice(2));
    sum = sum.add(sum.slice(1));
    return sum.lane(0);
  }
}
