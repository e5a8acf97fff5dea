package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.RmsPropKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * One RMSprop update (Tieleman and Hinton, 2012), centered as in Graves, 2013, equations 38 to 41.
 */
public final class VectorRmsProp implements RmsPropKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    long from = Memory.address(g, gOffset);
    long toV = Memory.address(v, vOffset) - from;
    long toW = Memory.address(w, wOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, rate, oneMinusRho, inside, after, toV, toW);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      long next = scratch + Lanes.BYTES;
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toV, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toW, scratch + 2 * Lanes.BYTES, tail);
      whole(scratch, next, rate, oneMinusRho, inside, after, Lanes.BYTES, 2 * Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toV, tail);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toW, tail);
    }
  }

  @Override
  public void centered(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment w,
      long wOffset) {
    long from = Memory.address(g, gOffset);
    long toV = Memory.address(v, vOffset) - from;
    long toA = Memory.address(a, aOffset) - from;
    long toW = Memory.address(w, wOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    wholeCentered(from, end, rate, oneMinusRho, inside, after, toV, toA, toW);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toV, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toA, scratch + 2 * Lanes.BYTES, tail);
      Scratch.copy(end + toW, scratch + 3 * Lanes.BYTES, tail);
      wholeCentered(
          scratch,
          scratch + Lanes.BYTES,
          rate,
          oneMinusRho,
          inside,
          after,
          Lanes.BYTES,
          2 * Lanes.BYTES,
          3 * Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toV, tail);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toA, tail);
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
      float oneMinusRho,
      float inside,
      float after,
      long toV,
      long toW) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector gradient = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector square = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toV) & MASK, ORDER);
      FloatVector change = gradient.fma(gradient, square.neg());
      square = change.fma(FloatVector.broadcast(FLOAT, oneMinusRho), square);
      square.intoMemorySegment(ALL, (at + toV) & MASK, ORDER);
      FloatVector step = gradient.mul(rate).div(square.add(inside).sqrt().add(after));
      FloatVector.fromMemorySegment(FLOAT, ALL, (at + toW) & MASK, ORDER)
          .sub(step)
          .intoMemorySegment(ALL, (at + toW) & MASK, ORDER);
    }
  }

  private static void wholeCentered(
      long from,
      long end,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      long toV,
      long toA,
      long toW) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector gradient = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector square = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toV) & MASK, ORDER);
      FloatVector mean = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toA) & MASK, ORDER);
      FloatVector change = gradient.fma(gradient, square.neg());
      square = change.fma(FloatVector.broadcast(FLOAT, oneMinusRho), square);
      mean = gradient.sub(mean).fma(FloatVector.broadcast(FLOAT, oneMinusRho), mean);
      square.intoMemorySegment(ALL, (at + toV) & MASK, ORDER);
      mean.intoMemorySegment(ALL, (at + toA) & MASK, ORDER);
      FloatVector variance = mean.neg().fma(mean, square).max(0f);
      FloatVector step = gradient.mul(rate).div(variance.add(inside).sqrt().add(after));
      FloatVector.fromMemorySegment(FLOAT, ALL, (at + toW) & MASK, ORDER)
          .sub(step)
          .intoMemorySegment(ALL, (at + toW) & MASK, ORDER);
    }
  }
}
