package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.SumOfMagnitudesKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Sum of absolute values in {@link Chains}. Each vector of them is a pass of its own over the data,
 * kept in scratch until they are added up.
 */
public final class VectorSumOfMagnitudes implements SumOfMagnitudesKernel {

  @Override
  public float apply(long n, MemorySegment x, long xOffset) {
    long from = Memory.address(x, xOffset);
    long end = from + n / Chains.COUNT * Chains.BYTES;
    long chains = Scratch.address();
    for (long part = 0; part != Chains.BYTES; part += Lanes.BYTES) {
      chain(from + part, end + part, chains + part);
    }
    int tail = (int) (n % Chains.COUNT);
    for (int i = 0; i < tail; i++) {
      long at = chains + i * (long) Float.BYTES;
      float v = Memory.get(end + i * (long) Float.BYTES);
      Memory.set(at, Memory.get(at) + Math.abs(v));
    }
    return Chains.total(chains);
  }

  /** A vector of chains. */
  private static void chain(long from, long end, long to) {
    FloatVector sum = FloatVector.zero(FLOAT);
    for (long at = from; at != end; at += Chains.BYTES) {
      FloatVector v = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      sum = sum.add(v.abs());
    }
    sum.intoMemorySegment(ALL, to & MASK, ORDER);
  }
}
