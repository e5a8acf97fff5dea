package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.AdamKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** One Adam update (Kingma and Ba, 2015, algorithm 1; the bias corrections are in the rate). */
public final class VectorAdam implements AdamKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    long from = Memory.address(g, gOffset);
    long toM = Memory.address(m, mOffset) - from;
    long toV = Memory.address(v, vOffset) - from;
    long toW = Memory.address(w, wOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, rate, oneMinusBeta1, oneMinusBeta2, epsilon, toM, toV, toW);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toM, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toV, scratch + 2 * Lanes.BYTES, tail);
      Scratch.copy(end + toW, scratch + 3 * Lanes.BYTES, tail);
      whole(
          scratch,
          scratch + Lanes.BYTES,
          rate,
          oneMinusBeta1,
          oneMinusBeta2,
          epsilon,
          Lanes.BYTES,
          2 * Lanes.BYTES,
          3 * Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toM, tail);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toV, tail);
      Scratch.copy(scratch + 3 * Lanes.BYTES, end + toW, tail);
    }
  }

  /**
   * Whole vectors, from one address to another; the other operands lie that many bytes from the
   * first.
   */
  private static void whole(
      long from,
      long end,
      float rate,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      long toM,
      long toV,
      long toW) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector gradient = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector first = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toM) & MASK, ORDER);
      FloatVector second = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toV) & MASK, ORDER);
      first = gradient.sub(first).fma(FloatVector.broadcast(FLOAT, oneMinusBeta1), first);
      FloatVector change = gradient.fma(gradient, second.neg());
      second = change.fma(FloatVector.broadcast(FLOAT, oneMinusBeta2), second);
      first.intoMemorySegment(ALL, (at + toM) & MASK, ORDER);
      second.intoMemorySegment(ALL, (at + toV) & MASK, ORDER);
      FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
      FloatVector.fromMemorySegment(FLOAT, ALL, (at + toW) & MASK, ORDER)
          .sub(step)
          .intoMemorySegment(ALL, (at + toW) & MASK, ORDER);
    }
  }
}
