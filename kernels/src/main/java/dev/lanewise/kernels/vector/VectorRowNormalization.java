package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.RowNormalizationKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Layer normalization (Ba, Kiros and Hinton, 2016), its sums in {@link Chains}. The gradients of
 * its weights are sums down the columns: {@link RowNormalizationWeights}.
 */
public final class VectorRowNormalization implements RowNormalizationKernel {

  @Override
  public void forward(
      long rows,
      int n,
      float epsilon,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment beta,
      long betaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment y,
      long yOffset) {
    long row = n * (long) Float.BYTES;
    long from = Memory.address(x, xOffset);
    long toY = Memory.address(y, yOffset) - from;
    long gammaAt = Memory.address(gamma, gammaOffset);
    long betaAt = Memory.address(beta, betaOffset);
    long kept = Memory.address(statistics, statisticsOffset);
    for (long i = 0; i < rows; i++, from += row, kept += 2 * Float.BYTES) {
      float mean = sum(from, n) / n;
      float inverse = 1f / (float) Math.sqrt(squares(from, n, mean) / n + epsilon);
      Memory.set(kept, mean);
      Memory.set(kept + Float.BYTES, inverse);
      normalize(from, n, mean, inverse, gammaAt - from, betaAt - from, toY);
    }
  }

  @Override
  public void backward(
      long rows,
      int n,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    long row = n * (long) Float.BYTES;
    long from = Memory.address(x, xOffset);
    long toDy = Memory.address(dy, dyOffset) - from;
    long toDx = Memory.address(dx, dxOffset) - from;
    long gammaAt = Memory.address(gamma, gammaOffset);
    long kept = Memory.address(statistics, statisticsOffset);
    long chains = Scratch.address();
    for (long i = 0; i < rows; i++, from += row, kept += 2 * Float.BYTES) {
      float mean = Memory.get(kept);
      float inverse = Memory.get(kept + Float.BYTES);
      gradientSums(from, n, mean, inverse, gammaAt - from, toDy, chains);
      float level = Chains.total(chains) / n;
      float slope = Chains.total(chains + Chains.BYTES) / n;
      gradient(from, n, mean, inverse, level, slope, gammaAt - from, toDy, toDx);
    }
  }

  @Override
  public void weights(
      long rows,
      int n,
      long ld,
      MemorySegment x,
      long xOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dgamma,
      long dgammaOffset,
      MemorySegment dbeta,
      long dbetaOffset) {
    RowNormalizationWeights.apply(
        rows,
        n,
        ld * Float.BYTES,
        Memory.address(x, xOffset),
        Memory.address(statistics, statisticsOffset),
        Memory.address(dy, dyOffset),
        Memory.address(dgamma, dgammaOffset),
        Memory.address(dbeta, dbetaOffset));
  }

  private static float sum(long from, int n) {
    long end = from + n / Chains.COUNT * Chains.BYTES;
    long chains = Scratch.address();
    for (long part = 0; part != Chains.BYTES; part += Lanes.BYTES) {
      sumChain(from + part, end + part, chains + part);
    }
    long toChains = chains - end;
    for (long at = end; at != from + n * (long) Float.BYTES; at += Float.BYTES) {
      Memory.set(at + toChains, Memory.get(at + toChains) + Memory.get(at));
    }
    return Chains.total(chains);
  }

  /**
   * A vector of chains. It begins from its first element: a constant to begin from can be boxed.
   */
  private static void sumChain(long from, long end, long to) {
    if (from == end) {
      clear(to);
      return;
    }
    FloatVector sum = FloatVector.fromMemorySegment(FLOAT, ALL, from & MASK, ORDER).add(0f);
    for (long at = from + Chains.BYTES; at != end; at += Chains.BYTES) {
      sum = sum.add(FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER));
    }
    sum.intoMemorySegment(ALL, to & MASK, ORDER);
  }

  private static void clear(long to) {
    FloatVector.zero(FLOAT).intoMemorySegment(ALL, to & MASK, ORDER);
  }

  private static float squares(long from, int n, float mean) {
    long end = from + n / Chains.COUNT * Chains.BYTES;
    long chains = Scratch.address();
    for (long part = 0; part != Chains.BYTES; part += Lanes.BYTES) {
      squaresChain(from + part, end + part, mean, chains + part);
    }
    long toChains = chains - end;
    for (long at = end; at != from + n * (long) Float.BYTES; at += Float.BYTES) {
      float d = Memory.get(at) - mean;
      Memory.set(at + toChains, Math.fma(d, d, Memory.get(at + toChains)));
    }
    return Chains.total(chains);
  }

  private static void squaresChain(long from, long end, float mean, long to) {
    if (from == end) {
      clear(to);
      return;
    }
    FloatVector first = FloatVector.fromMemorySegment(FLOAT, ALL, from & MASK, ORDER).sub(mean);
    FloatVector sum = first.mul(first);
    for (long at = from + Chains.BYTES; at != end; at += Chains.BYTES) {
      FloatVector d = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).sub(mean);
      sum = d.fma(d, sum);
    }
    sum.intoMemorySegment(ALL, to & MASK, ORDER);
  }

  private static void normalize(
      long from, int n, float mean, float inverse, long toGamma, long toBeta, long toY) {
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .sub(mean)
          .mul(inverse)
          .fma(
              FloatVector.fromMemorySegment(FLOAT, ALL, (at + toGamma) & MASK, ORDER),
              FloatVector.fromMemorySegment(FLOAT, ALL, (at + toBeta) & MASK, ORDER))
          .intoMemorySegment(ALL, (at + toY) & MASK, ORDER);
    }
    for (long at = end; at != from + n * (long) Float.BYTES; at += Float.BYTES) {
      float z = (Memory.get(at) - mean) * inverse;
      Memory.set(at + toY, Math.fma(z, Memory.get(at + toGamma), Memory.get(at + toBeta)));
    }
  }

  /** The chains of {@code dy * gamma}, then those of its products by z. */
  private static void gradientSums(
      long from, int n, float mean, float inverse, long toGamma, long toDy, long chains) {
    long end = from + n / Chains.COUNT * Chains.BYTES;
    for (long part = 0; part != Chains.BYTES; part += Lanes.BYTES) {
      gradientChain(from + part, end + part, mean, inverse, toGamma, toDy, chains + part);
    }
    long toLevels = chains - end;
    long toSlopes = toLevels + Chains.BYTES;
    for (long at = end; at != from + n * (long) Float.BYTES; at += Float.BYTES) {
      float z = (Memory.get(at) - mean) * inverse;
      float gradient = Memory.get(at + toDy);
      float scale = Memory.get(at + toGamma);
      Memory.set(at + toLevels, Math.fma(gradient, scale, Memory.get(at + toLevels)));
      Memory.set(at + toSlopes, Math.fma(gradient * scale, z, Memory.get(at + toSlopes)));
    }
  }

  private static void gradientChain(
      long from, long end, float mean, float inverse, long toGamma, long toDy, long to) {
    if (from == end) {
      clear(to);
      clear(to + Chains.BYTES);
      return;
    }
    FloatVector scaled =
        FloatVector.fromMemorySegment(FLOAT, ALL, (from + toDy) & MASK, ORDER)
            .mul(FloatVector.fromMemorySegment(FLOAT, ALL, (from + toGamma) & MASK, ORDER));
    FloatVector levels = scaled.add(0f);
    FloatVector slopes =
        FloatVector.fromMemorySegment(FLOAT, ALL, from & MASK, ORDER)
            .sub(mean)
            .mul(inverse)
            .mul(scaled)
            .add(0f);
    for (long at = from + Chains.BYTES; at != end; at += Chains.BYTES) {
      FloatVector z =
          FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).sub(mean).mul(inverse);
      FloatVector gradient = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector scale = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toGamma) & MASK, ORDER);
      levels = gradient.fma(scale, levels);
      slopes = gradient.mul(scale).fma(z, slopes);
    }
    levels.intoMemorySegment(ALL, to & MASK, ORDER);
    slopes.intoMemorySegment(ALL, (to + Chains.BYTES) & MASK, ORDER);
  }

  private static void gradient(
      long from,
      int n,
      float mean,
      float inverse,
      float level,
      float slope,
      long toGamma,
      long toDy,
      long toDx) {
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector z =
          FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).sub(mean).mul(inverse);
      FloatVector q =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER)
              .mul(FloatVector.fromMemorySegment(FLOAT, ALL, (at + toGamma) & MASK, ORDER));
      z.fma(FloatVector.broadcast(FLOAT, -slope), q.sub(level))
          .mul(inverse)
          .intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
    for (long at = end; at != from + n * (long) Float.BYTES; at += Float.BYTES) {
      float z = (Memory.get(at) - mean) * inverse;
      float q = Memory.get(at + toDy) * Memory.get(at + toGamma);
      Memory.set(at + toDx, inverse * Math.fma(z, -slope, q - level));
    }
  }
}
