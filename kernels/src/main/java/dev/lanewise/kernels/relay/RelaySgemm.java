package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Products. The strips are those of the vector body. */
final class RelaySgemm extends Relay<SgemmKernel> implements SgemmKernel {

  RelaySgemm(SgemmKernel first, SgemmKernel last) {
    super(first, last);
  }

  @Override
  public int lanes() {
    return last().lanes();
  }

  @Override
  public int rows() {
    return last().rows();
  }

  @Override
  public int fewRows() {
    return last().fewRows();
  }

  @Override
  public long stripBytes(int k, int blocks) {
    return last().stripBytes(k, blocks);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    last().pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  public void multiply(
      int m,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      PackedStrips b,
      long blockStride,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc) {
    runs(false, m, b.k(), b.units(), b.blocks())
        .multiply(
            m,
            a,
            aOffset,
            aRowStride,
            aColumnStride,
            b,
            blockStride,
            init,
            initOffset,
            initRowStride,
            c,
            cOffset,
            ldc);
  }

  @Override
  long small(boolean gradient, int rows, int k, int units, int blocks) {
    int columns = RehearsalShape.columns(rows, units, PackedStrips.columns(blocks, lanes()));
    int few = RehearsalShape.rows(rows, blocks);
    return RehearsalShape.key(gradient, few, RehearsalShape.STEPS, columns, blocks);
  }

  @Override
  Runnable rehearsal(RehearsalShape shape, Arena arena) {
    RelaySgemm taken = new RelaySgemm(last(), last());
    taken.takeOver();
    int k = shape.k();
    int m = shape.rows();
    PackedStrips b = strips(last(), k, shape.units(), shape.blocks(), arena);
    int n = b.n();
    MemorySegment a = Operands.floats((long) m * k, arena);
    MemorySegment bias = Operands.floats(n, arena);
    MemorySegment c = Operands.floats((long) m * n, arena);
    return () -> taken.multiply(m, a, 0, k, 1, b, shape.units(), bias, 0, 0, c, 0, n);
  }

  @Override
  long operations(RehearsalShape shape) {
    int vectors = Math.ceilDiv(shape.units() * shape.blocks(), lanes());
    return (long) shape.rows() * shape.k() * vectors;
  }

  /** A matrix as a kernel takes it. */
  static PackedStrips strips(SgemmKernel kernel, int k, int units, int blocks, Arena arena) {
    int n = units * blocks;
    int end = PackedStrips.strips(n, blocks, kernel.lanes());
    MemorySegment memory = arena.allocate(Math.max(64, end * kernel.stripBytes(k, blocks)), 64);
    PackedStrips strips = new PackedStrips(kernel, memory, k, units, blocks, 0, end);
    kernel.pack(strips, Operands.floats((long) k * n, arena), 0, n, 1);
    return strips;
  }
}
