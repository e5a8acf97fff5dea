package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Gate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sigmoids of a GRU's gates z and r, with {@code ScalarMath.gateSigmoid} written out for the
 * reason {@link LstmGates} gives.
 */
final class GruGates {

  private GruGates() {}

  /**
   * {@code count} vectors of each gate, {@code step} bytes apart.
   *
   * @param n address of the candidates; z and r follow {@code apart} bytes one from another
   */
  static void activate(long n, long apart, long step, long count) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Gate.LIMIT);
    FloatVector scale = FloatVector.broadcast(FLOAT, Gate.SIGMOID_SCALE);
    FloatVector rounder = FloatVector.broadcast(FLOAT, Gate.ROUNDER);
    FloatVector s1 = FloatVector.broadcast(FLOAT, Gate.S1);
    FloatVector s2 = FloatVector.broadcast(FLOAT, Gate.S2);
    FloatVector s3 = FloatVector.broadcast(FLOAT, Gate.S3);
    FloatVector s4 = FloatVector.broadcast(FLOAT, Gate.S4);
    FloatVector s5 = FloatVector.broadcast(FLOAT, Gate.S5);
    long first = n + apart;
    long end = first + count * step;
    for (long at = first; at != end; at += step) {
      FloatVector zz = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      IntVector zb = zz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
      FloatVector zr = zz.fma(scale, rounder.sub(zb.reinterpretAsFloats()));
      FloatVector zp = s5.fma(zr, s4).fma(zr, s3).fma(zr, s2).fma(zr, s1).fma(zr, one);
      FloatVector zs = zb.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector z = one.div(zs.fma(zp, one)).blend(one, zz.compare(VectorOperators.GT, limit));
      z.intoMemorySegment(ALL, at & MASK, ORDER);

      FloatVector rz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + apart) & MASK, ORDER);
      IntVector rb = rz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
      FloatVector rr = rz.fma(scale, rounder.sub(rb.reinterpretAsFloats()));
      FloatVector rp = s5.fma(rr, s4).fma(rr, s3).fma(rr, s2).fma(rr, s1).fma(rr, one);
      FloatVector rs = rb.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector r = one.div(rs.fma(rp, one)).blend(one, rz.compare(VectorOperators.GT, limit));
      r.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }
}
