package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The elementary functions, a vector at a time: operation for operation {@code ScalarMath}, which
 * explains them and holds their errors, so that both give the same bits. Each helper is small
 * enough that C2 inlines it wherever it is called.
 */
final class VectorMath {

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector held = hold(x, Exponential.LOW, Exponential.HIGH);
    FloatVector shifted = shift(held);
    IntVector n = shifted.reinterpretAsInts().sub(Exponential.ROUNDER_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    FloatVector p = expm1Reduced(reduce(held, shifted)).add(1f);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector one = FloatVector.broadcast(Lanes.FLOAT, 1f);
    return one.blend(e, x.compare(VectorOperators.LT, 0f)).div(e.add(1f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = gateTanh(x.abs());
    IntVector sign = x.reinterpretAsInts().and(0x80000000);
    IntVector bits = magnitude.reinterpretAsInts().and(0x7fffffff);
    return bits.or(sign).reinterpretAsFloats();
  }

  static FloatVector gateSigmoid(FloatVector x) {
    FloatVector held = hold(x.neg(), -Exponential.GATE_LIMIT, Exponential.GATE_LIMIT);
    FloatVector shifted = shift(held);
    FloatVector q = expm1Reduced(reduce(held, shifted));
    FloatVector s = powerOfTwo(shifted.reinterpretAsInts());
    return FloatVector.broadcast(Lanes.FLOAT, 1f).div(s.fma(q, s.add(1f)));
  }

  static FloatVector gateTanh(FloatVector x) {
    FloatVector held = hold(x.mul(-2f), -Exponential.GATE_LIMIT, Exponential.GATE_LIMIT);
    FloatVector shifted = shift(held);
    FloatVector q = expm1Reduced(reduce(held, shifted));
    FloatVector s = powerOfTwo(shifted.reinterpretAsInts());
    FloatVector d = s.fma(q, s.sub(1f));
    return d.neg().div(d.add(2f));
  }

  /**
   * By comparisons, which let NaN through; {@code min} and {@code max} take four instructions each
   * on AVX2.
   */
  private static FloatVector hold(FloatVector x, float low, float high) {
    FloatVector below = x.blend(high, x.compare(VectorOperators.GT, high));
    return below.blend(low, x.compare(VectorOperators.LT, low));
  }

  private static FloatVector shift(FloatVector x) {
    return x.fma(
        FloatVector.broadcast(Lanes.FLOAT, Exponential.LOG2_E),
        FloatVector.broadcast(Lanes.FLOAT, Exponential.ROUNDER));
  }

  private static FloatVector reduce(FloatVector x, FloatVector shifted) {
    FloatVector n = shifted.sub(Exponential.ROUNDER);
    FloatVector high = n.fma(FloatVector.broadcast(Lanes.FLOAT, -Exponential.LN2_HIGH), x);
    return n.fma(FloatVector.broadcast(Lanes.FLOAT, -Exponential.LN2_LOW), high);
  }

  private static FloatVector expm1Reduced(FloatVector r) {
    FloatVector p = FloatVector.broadcast(Lanes.FLOAT, Exponential.P0);
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOAT, Exponential.P1));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOAT, Exponential.P2));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOAT, Exponential.P3));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOAT, Exponential.P4));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOAT, Exponential.P5));
    return p.fma(r.mul(r), r);
  }

  /** 2^n from the low bits of n; what is above them shifts out. */
  private static FloatVector powerOfTwo(IntVector n) {
    return n.lanewise(VectorOperators.LSHL, 23).add(Exponential.ONE_BITS).reinterpretAsFloats();
  }
}
