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
 * The nonlinearities of the four gates, in place: {@code ScalarMath.gateSigmoid} of i, f and o and
 * {@code gateTanh} of g, written out.
 *
 * <p>Written out because of how C2 inlines. With calls to helpers it stops half-way through a body
 * of this length, and boxes the vectors. And only a method too long to be inlined itself stays a
 * compilation of its own wherever it is called from. In two loops, so that neither has more
 * constants than AVX2 has registers.
 *
 * <p>What bounds a loop is how many operations that wait for others a processor can hold. So what
 * lies beyond the limits is put right at the end, off the chain that everything waits for, and not
 * before it.
 *
 * <p>The functions' text stands once, in {@code FunctionText} of the tests, for this class, for
 * {@link LstmState} and {@link LstmCellGradient}.
 */
final class LstmGates {

  private LstmGates() {}

  /**
   * {@code count} vectors of each gate, {@code step} bytes apart: down the rows of one strip, or
   * along the units of one row.
   *
   * @param z address of the first vector of gate i; f, g and o follow {@code apart} bytes one from
   *     another
   */
  static void activate(long z, long apart, long step, long count) {
    sigmoids(z, apart, step, count);
    tanh(z + 2 * apart, step, count);
  }

  private static void sigmoids(long z, long apart, long step, long count) {
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
    long end = z + count * step;
    for (long at = z; at != end; at += step) {
      FloatVector iz = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      IntVector ib = iz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
      FloatVector ir = iz.fma(scale, rounder.sub(ib.reinterpretAsFloats()));
      FloatVector ip = s5.fma(ir, s4).fma(ir, s3).fma(ir, s2).fma(ir, s1).fma(ir, one);
      FloatVector is = ib.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector i = one.div(is.fma(ip, one)).blend(one, iz.compare(VectorOperators.GT, limit));
      i.intoMemorySegment(ALL, at & MASK, ORDER);

      FloatVector fz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + apart) & MASK, ORDER);
      IntVector fb = fz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
      FloatVector fr = fz.fma(scale, rounder.sub(fb.reinterpretAsFloats()));
      FloatVector fp = s5.fma(fr, s4).fma(fr, s3).fma(fr, s2).fma(fr, s1).fma(fr, one);
      FloatVector fs = fb.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector f = one.div(fs.fma(fp, one)).blend(one, fz.compare(VectorOperators.GT, limit));
      f.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);

      FloatVector oz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + 3 * apart) & MASK, ORDER);
      IntVector ob = oz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
      FloatVector or = oz.fma(scale, rounder.sub(ob.reinterpretAsFloats()));
      FloatVector op = s5.fma(or, s4).fma(or, s3).fma(or, s2).fma(or, s1).fma(or, one);
      FloatVector os = ob.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector o = one.div(os.fma(op, one)).blend(one, oz.compare(VectorOperators.GT, limit));
      o.intoMemorySegment(ALL, (at + 3 * apart) & MASK, ORDER);
    }
  }

  private static void tanh(long z, long step, long count) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector minusOne = FloatVector.broadcast(FLOAT, -1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Gate.LIMIT);
    FloatVector lowest = FloatVector.broadcast(FLOAT, -Gate.LIMIT);
    FloatVector scale = FloatVector.broadcast(FLOAT, Gate.TANH_SCALE);
    FloatVector rounder = FloatVector.broadcast(FLOAT, Gate.ROUNDER);
    FloatVector t1 = FloatVector.broadcast(FLOAT, Gate.T1);
    FloatVector t2 = FloatVector.broadcast(FLOAT, Gate.T2);
    FloatVector t3 = FloatVector.broadcast(FLOAT, Gate.T3);
    FloatVector t4 = FloatVector.broadcast(FLOAT, Gate.T4);
    FloatVector t5 = FloatVector.broadcast(FLOAT, Gate.T5);
    FloatVector t6 = FloatVector.broadcast(FLOAT, Gate.T6);
    long end = z + count * step;
    for (long at = z; at != end; at += step) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector gt = x.fma(scale, rounder);
      FloatVector gr = x.fma(scale, rounder.sub(gt));
      FloatVector gp = t6.fma(gr, t5).fma(gr, t4).fma(gr, t3).fma(gr, t2).fma(gr, t1);
      FloatVector gs =
          gt.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector gd = gs.mul(gr).fma(gp, gs.sub(one));
      FloatVector g =
          gd.div(gd.add(2f))
              .blend(one, x.compare(VectorOperators.GT, limit))
              .blend(minusOne, x.compare(VectorOperators.LT, lowest));
      g.intoMemorySegment(ALL, at & MASK, ORDER);
    }
  }
}
