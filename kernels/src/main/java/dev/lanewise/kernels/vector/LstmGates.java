package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The nonlinearities of the four gates, in place: {@code ScalarMath.gateSigmoid} of i, f and o and
 * {@code gateTanh} of g, written out.
 *
 * <p>Written out because of how C2 inlines: by calls to helpers it stops half-way through a body of
 * this length, and boxes the vectors; and only a method too long to be inlined itself stays a
 * compilation of its own wherever it is called from.
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
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Exponential.GATE_LIMIT);
    FloatVector lowest = FloatVector.broadcast(FLOAT, -Exponential.GATE_LIMIT);
    FloatVector log2e = FloatVector.broadcast(FLOAT, Exponential.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(FLOAT, Exponential.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(FLOAT, -Exponential.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(FLOAT, -Exponential.LN2_LOW);
    FloatVector p0 = FloatVector.broadcast(FLOAT, Exponential.P0);
    FloatVector p1 = FloatVector.broadcast(FLOAT, Exponential.P1);
    FloatVector p2 = FloatVector.broadcast(FLOAT, Exponential.P2);
    FloatVector p3 = FloatVector.broadcast(FLOAT, Exponential.P3);
    FloatVector p4 = FloatVector.broadcast(FLOAT, Exponential.P4);
    FloatVector p5 = FloatVector.broadcast(FLOAT, Exponential.P5);
    long end = z + count * step;
    for (long at = z; at != end; at += step) {
      FloatVector iz = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector ix = iz.neg();
      ix = ix.blend(limit, ix.compare(VectorOperators.GT, limit));
      ix = ix.blend(lowest, ix.compare(VectorOperators.LT, lowest));
      FloatVector it = ix.fma(log2e, rounder);
      FloatVector in = it.sub(rounder);
      FloatVector ir = in.fma(ln2Low, in.fma(ln2High, ix));
      FloatVector ip = p0.fma(ir, p1).fma(ir, p2).fma(ir, p3).fma(ir, p4).fma(ir, p5);
      FloatVector iq = ip.fma(ir.mul(ir), ir);
      FloatVector is =
          it.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector i = one.div(is.fma(iq, is.add(one)));
      i.intoMemorySegment(ALL, at & MASK, ORDER);

      FloatVector fz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + apart) & MASK, ORDER);
      FloatVector fx = fz.neg();
      fx = fx.blend(limit, fx.compare(VectorOperators.GT, limit));
      fx = fx.blend(lowest, fx.compare(VectorOperators.LT, lowest));
      FloatVector ft = fx.fma(log2e, rounder);
      FloatVector fn = ft.sub(rounder);
      FloatVector fr = fn.fma(ln2Low, fn.fma(ln2High, fx));
      FloatVector fp = p0.fma(fr, p1).fma(fr, p2).fma(fr, p3).fma(fr, p4).fma(fr, p5);
      FloatVector fq = fp.fma(fr.mul(fr), fr);
      FloatVector fs =
          ft.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector f = one.div(fs.fma(fq, fs.add(one)));
      f.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);

      FloatVector gz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + 2 * apart) & MASK, ORDER);
      FloatVector gx = gz.mul(-2f);
      gx = gx.blend(limit, gx.compare(VectorOperators.GT, limit));
      gx = gx.blend(lowest, gx.compare(VectorOperators.LT, lowest));
      FloatVector gt = gx.fma(log2e, rounder);
      FloatVector gn = gt.sub(rounder);
      FloatVector gr = gn.fma(ln2Low, gn.fma(ln2High, gx));
      FloatVector gp = p0.fma(gr, p1).fma(gr, p2).fma(gr, p3).fma(gr, p4).fma(gr, p5);
      FloatVector gq = gp.fma(gr.mul(gr), gr);
      FloatVector gs =
          gt.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector gd = gs.fma(gq, gs.sub(one));
      FloatVector g = gd.neg().div(gd.add(2f));
      g.intoMemorySegment(ALL, (at + 2 * apart) & MASK, ORDER);

      FloatVector oz = FloatVector.fromMemorySegment(FLOAT, ALL, (at + 3 * apart) & MASK, ORDER);
      FloatVector ox = oz.neg();
      ox = ox.blend(limit, ox.compare(VectorOperators.GT, limit));
      ox = ox.blend(lowest, ox.compare(VectorOperators.LT, lowest));
      FloatVector ot = ox.fma(log2e, rounder);
      FloatVector on = ot.sub(rounder);
      FloatVector or = on.fma(ln2Low, on.fma(ln2High, ox));
      FloatVector op = p0.fma(or, p1).fma(or, p2).fma(or, p3).fma(or, p4).fma(or, p5);
      FloatVector oq = op.fma(or.mul(or), or);
      FloatVector os =
          ot.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector o = one.div(os.fma(oq, os.add(one)));
      o.intoMemorySegment(ALL, (at + 3 * apart) & MASK, ORDER);
    }
  }
}
