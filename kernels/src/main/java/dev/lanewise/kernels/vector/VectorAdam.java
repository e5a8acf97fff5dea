package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.AdamKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

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
    for (; from != end; from += Lanes.BYTES) {
      FloatVector gradient = Memory.load(from);
      FloatVector first = Memory.load(from + toM);
      FloatVector second = Memory.load(from + toV);
      first = gradient.sub(first).fma(FloatVector.broadcast(Lanes.FLOAT, oneMinusBeta1), first);
      FloatVector change = gradient.fma(gradient, second.neg());
      second = change.fma(FloatVector.broadcast(Lanes.FLOAT, oneMinusBeta2), second);
      Memory.store(first, from + toM);
      Memory.store(second, from + toV);
      FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
      Memory.store(Memory.load(from + toW).sub(step), from + toW);
    }
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      VectorMask<Float> mask = Lanes.FLOAT.indexInRange(0, tail);
      FloatVector gradient = Memory.load(from, mask);
      FloatVector first = Memory.load(from + toM, mask);
      FloatVector second = Memory.load(from + toV, mask);
      first = gradient.sub(first).fma(FloatVector.broadcast(Lanes.FLOAT, oneMinusBeta1), first);
      FloatVector change = gradient.fma(gradient, second.neg());
      second = change.fma(FloatVector.broadcast(Lanes.FLOAT, oneMinusBeta2), second);
      Memory.store(first, from + toM, mask);
      Memory.store(second, from + toV, mask);
      FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
      Memory.store(Memory.load(from + toW, mask).sub(step), from + toW, mask);
    }
  }
}
