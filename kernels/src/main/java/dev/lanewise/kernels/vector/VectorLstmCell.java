package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.LstmCellKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * One LSTM timestep, a strip of units at a time: the recurrent product of the strip's four gates,
 * then their nonlinearities and the cell while they are still in L1.
 */
public final class VectorLstmCell implements LstmCellKernel {

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  @Override
  public void forward(
      int rows,
      int units,
      MemorySegment recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment h,
      long hOffset) {
    long a = Memory.address(hPrevious, hPreviousOffset);
    long previous = Memory.address(cPrevious, cPreviousOffset);
    long z = Memory.address(gates, gatesOffset);
    long state = Memory.address(c, cOffset);
    long output = Memory.address(h, hOffset);
    long apart = (long) units * Float.BYTES; // from gate to gate, and from row to row of the states
    long stripOfU = units * STRIP_BYTES;
    long b = recurrent.address();
    int whole = units / Lanes.COUNT;
    int strip = 0;
    if (rows == 1) {
      for (; strip + 1 < whole; strip += 2) {
        long at = strip * Lanes.BYTES;
        SgemmTiles.rows1strips2(
            a, apart, Float.BYTES, units, b, stripOfU, z + at, 0, z + at, 0, apart, Lanes.BYTES);
        cell(1, z + at, apart, previous + at, state + at, output + at);
        cell(
            1,
            z + at + Lanes.BYTES,
            apart,
            previous + at + Lanes.BYTES,
            state + at + Lanes.BYTES,
            output + at + Lanes.BYTES);
        b += 2 * stripOfU;
      }
    }
    for (; strip < whole; strip++) {
      long at = strip * Lanes.BYTES;
      product(rows, units, a, b, z + at, apart);
      cell(rows, z + at, apart, previous + at, state + at, output + at);
      b += stripOfU;
    }
    int left = units - whole * Lanes.COUNT;
    if (left > 0) {
      long at = strip * Lanes.BYTES;
      VectorSgemm.edge(
          rows,
          units,
          4,
          left,
          a,
          apart,
          Float.BYTES,
          b,
          z + at,
          4 * apart,
          z + at,
          4 * apart,
          apart);
      edgeCell(rows, left, z + at, apart, previous + at, state + at, output + at);
    }
  }

  /**
   * {@code z += h_{t-1} U} for one strip, in blocks of k that leave the strip's part in L1 where
   * rows use it again.
   */
  private static void product(int rows, int units, long a, long b, long z, long apart) {
    int kc = rows <= VectorSgemm.MR ? units : VectorSgemm.KC;
    for (int from = 0; from < units; from += kc) {
      int steps = Math.min(kc, units - from);
      VectorSgemm.strip(
          rows,
          steps,
          a + from * (long) Float.BYTES,
          apart,
          Float.BYTES,
          b + from * STRIP_BYTES,
          z,
          4 * apart,
          z,
          4 * apart,
          apart);
    }
  }

  private static void cell(int rows, long z, long apart, long previous, long c, long h) {
    long gates = z;
    long toPrevious = previous - c;
    long toH = h - c;
    long end = c + rows * apart;
    for (long at = c; at != end; at += apart) {
      FloatVector i = VectorMath.gateSigmoid(Memory.load(gates));
      FloatVector f = VectorMath.gateSigmoid(Memory.load(gates + apart));
      FloatVector g = VectorMath.gateTanh(Memory.load(gates + 2 * apart));
      FloatVector o = VectorMath.gateSigmoid(Memory.load(gates + 3 * apart));
      FloatVector next = f.fma(Memory.load(at + toPrevious), i.mul(g));
      Memory.store(i, gates);
      Memory.store(f, gates + apart);
      Memory.store(g, gates + 2 * apart);
      Memory.store(o, gates + 3 * apart);
      Memory.store(next, at);
      Memory.store(o.mul(VectorMath.gateTanh(next)), at + toH);
      gates += 4 * apart;
    }
  }

  private static void edgeCell(
      int rows, int left, long z, long apart, long previous, long c, long h) {
    VectorMask<Float> mask = Lanes.FLOAT.indexInRange(0, left);
    long gates = z;
    long toPrevious = previous - c;
    long toH = h - c;
    long end = c + rows * apart;
    for (long at = c; at != end; at += apart) {
      FloatVector i = VectorMath.gateSigmoid(Memory.load(gates, mask));
      FloatVector f = VectorMath.gateSigmoid(Memory.load(gates + apart, mask));
      FloatVector g = VectorMath.gateTanh(Memory.load(gates + 2 * apart, mask));
      FloatVector o = VectorMath.gateSigmoid(Memory.load(gates + 3 * apart, mask));
      FloatVector next = f.fma(Memory.load(at + toPrevious, mask), i.mul(g));
      Memory.store(i, gates, mask);
      Memory.store(f, gates + apart, mask);
      Memory.store(g, gates + 2 * apart, mask);
      Memory.store(o, gates + 3 * apart, mask);
      Memory.store(next, at, mask);
      Memory.store(o.mul(VectorMath.gateTanh(next)), at + toH, mask);
      gates += 4 * apart;
    }
  }

  @Override
  public void backward(
      int rows,
      int units,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment dh,
      long dhOffset,
      MemorySegment dc,
      long dcOffset,
      MemorySegment gates,
      long gatesOffset) {
    LstmCellGradient.apply(
        rows,
        units,
        Memory.address(cPrevious, cPreviousOffset),
        Memory.address(c, cOffset),
        Memory.address(dh, dhOffset),
        Memory.address(dc, dcOffset),
        Memory.address(gates, gatesOffset));
  }
}
