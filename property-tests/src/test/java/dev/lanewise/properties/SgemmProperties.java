package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SgemmProperties {

  enum Begins {
    AT_C,
    AT_ONE_ROW,
    AT_ANOTHER_MATRIX
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Product.Any.class) Product p,
      @ForAll Begins begins,
      @ForAll boolean aTransposed,
      @ForAll boolean bTransposed) {
    Room.assertSameBits(
        p.values(),
        p.seed(),
        p.side(),
        (kernels, room) -> {
          SgemmKernel kernel = kernels.sgemm();
          int gap = p.gap();
          int lda = (aTransposed ? p.m() : p.k()) + gap;
          int ldb = (bTransposed ? p.k() : p.n()) + gap;
          int ldc = p.n() + gap;
          MemorySegment a =
              aTransposed
                  ? room.matrix(p.offset(), p.k(), p.m(), lda)
                  : room.matrix(p.offset(), p.m(), p.k(), lda);
          MemorySegment b =
              bTransposed ? room.matrix(0, p.n(), p.k(), ldb) : room.matrix(0, p.k(), p.n(), ldb);
          PackedStrips packed =
              room.packed(kernel, p.k(), p.n(), 1, b, bTransposed ? 1 : ldb, bTransposed ? ldb : 1);
          MemorySegment c = room.matrix(p.offset(), p.m(), p.n(), ldc);
          MemorySegment init =
              switch (begins) {
                case AT_C -> c;
                case AT_ONE_ROW -> room.matrix(p.offset(), 1, p.n(), p.n());
                case AT_ANOTHER_MATRIX -> room.matrix(p.offset(), p.m(), p.n(), ldc);
              };
          long aRow = aTransposed ? 1 : lda;
          long aColumn = aTransposed ? lda : 1;
          long initRow = begins == Begins.AT_ONE_ROW ? 0 : ldc;
          kernel.multiply(
              p.m(),
              a,
              p.offset(),
              aRow,
              aColumn,
              packed,
              p.n(),
              init,
              p.offset(),
              initRow,
              c,
              p.offset(),
              ldc);
        });
  }

  /** From every beginning, plain and transposed. */
  void allVectorIsScalarBitForBit(Product p) {
    for (Begins begins : Begins.values()) {
      vectorIsScalarBitForBit(p, begins, false, true);
      vectorIsScalarBitForBit(p, begins, true, false);
    }
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitInGates(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 3, max = 4) int gates,
      @ForAll @IntRange(min = 0, max = 270) int k,
      @ForAll boolean bTransposed) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          SgemmKernel kernel = kernels.sgemm();
          int n = gates * s.units();
          MemorySegment a = room.matrix(0, s.rows(), k, k);
          MemorySegment b = room.floats((long) k * n);
          PackedStrips packed =
              room.packed(kernel, k, n, gates, b, bTransposed ? 1 : n, bTransposed ? k : 1);
          MemorySegment c = room.matrix(s.offset(), s.rows(), n, n);
          kernel.multiply(
              s.rows(), a, 0, k, 1, packed, s.units(), c, s.offset(), n, c, s.offset(), n);
        });
  }

  /** A random A and B, and their product. */
  private static final class Factors implements AutoCloseable {

    final Arena arena = Arena.ofConfined();
    final Laid a;
    final Laid b;

    Factors(Product p) {
      SplittableRandom random = new SplittableRandom(p.seed());
      a = Laid.random(arena, p.m(), p.k(), p.values(), random);
      b = Laid.random(arena, p.k(), p.n(), p.values(), random);
    }

    Laid times(Laid left, Laid right) {
      Laid c = Laid.zeros(arena, left.rows(), right.columns());
      Sgemm.multiply(
          left.rows(), left.memory(), 0, left.columns(), packed(right), c.memory(), 0, c.columns());
      return c;
    }

    PackedMatrix packed(Laid matrix) {
      return PackedMatrix.of(arena, matrix.rows(), matrix.columns())
          .pack(matrix.memory(), 0, matrix.columns());
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @Property(tries = 1000)
  void cuttingKInTwoAndAddingIsTheSameBits(
      @ForAll(supplier = Product.Any.class) Product p,
      @ForAll @IntRange(min = 0, max = 270) int cut) {
    try (Factors f = new Factors(p)) {
      int first = Math.min(cut, p.k());
      int second = p.k() - first;
      Laid whole = f.times(f.a, f.b);
      Laid parts = Laid.zeros(f.arena, p.m(), p.n());
      Sgemm.multiply(
          p.m(), f.a.memory(), 0, p.k(), f.packed(f.b.rows(0, first)), parts.memory(), 0, p.n());
      // A's second half begins in the middle of its rows; an empty A has none.
      Sgemm.multiplyAdd(
          p.m(),
          f.a.memory(),
          p.m() == 0 || second == 0 ? 0 : first,
          p.k(),
          f.packed(f.b.rows(first, p.k())),
          parts.memory(),
          0,
          p.n());
      assertArrayEquals(whole.values(), parts.values());
    }
  }

  @Property(tries = 1000)
  void permutingRowsPermutesTheResult(@ForAll(supplier = Product.Any.class) Product p) {
    try (Factors f = new Factors(p)) {
      Laid c = f.times(f.a, f.b);
      Laid turned = Laid.zeros(f.arena, p.m(), p.k());
      int by = p.m() == 0 ? 0 : (int) Math.floorMod(p.seed(), (long) p.m());
      for (int i = 0; i < p.m(); i++) {
        for (int q = 0; q < p.k(); q++) {
          turned.set((i + by) % p.m(), q, f.a.get(i, q));
        }
      }
      Laid result = f.times(turned, f.b);
      for (int i = 0; i < p.m(); i++) {
        assertArrayEquals(c.row(i), result.row((i + by) % p.m()), "row " + i);
      }
    }
  }

  @Property(tries = 1000)
  void aRowAloneIsTheRowInABatch(@ForAll(supplier = Product.Any.class) Product p) {
    try (Factors f = new Factors(p)) {
      Laid c = f.times(f.a, f.b);
      for (int i = 0; i < Math.min(p.m(), 20); i++) {
        assertArrayEquals(c.row(i), f.times(f.a.rows(i, i + 1), f.b).values(), "row " + i);
      }
    }
  }

  @Property(tries = 1000)
  void aColumnAloneIsTheColumnInAMatrix(
      @ForAll(supplier = Product.Any.class) Product p,
      @ForAll @IntRange(min = 0, max = 149) int column) {
    try (Factors f = new Factors(p)) {
      Laid c = f.times(f.a, f.b);
      if (column < p.n()) {
        Laid one = Laid.zeros(f.arena, p.k(), 1);
        for (int q = 0; q < p.k(); q++) {
          one.set(q, 0, f.b.get(q, column));
        }
        assertArrayEquals(
            c.transpose(f.arena).row(column), f.times(f.a, one).values(), "column " + column);
      }
    }
  }

  @Property(tries = 1000)
  void transposedAIsATransposed(@ForAll(supplier = Product.Any.class) Product p) {
    try (Factors f = new Factors(p)) {
      Laid c = f.times(f.a, f.b);
      Laid result = Laid.zeros(f.arena, p.m(), p.n());
      Laid turned = f.a.transpose(f.arena);
      Sgemm.multiplyTransposed(
          p.m(), turned.memory(), 0, p.m(), f.packed(f.b), result.memory(), 0, p.n());
      assertArrayEquals(c.values(), result.values());
      Sgemm.multiplyAdd(p.m(), f.a.memory(), 0, p.k(), f.packed(f.b), c.memory(), 0, p.n());
      Sgemm.multiplyTransposedAdd(
          p.m(), turned.memory(), 0, p.m(), f.packed(f.b), result.memory(), 0, p.n());
      assertArrayEquals(c.values(), result.values());
    }
  }

  @Property(tries = 1000)
  void packedTransposedIsTransposedPacked(@ForAll(supplier = Product.Any.class) Product p) {
    try (Factors f = new Factors(p)) {
      Laid c = f.times(f.a, f.b);
      PackedMatrix packed =
          PackedMatrix.of(f.arena, p.k(), p.n())
              .packTransposed(f.b.transpose(f.arena).memory(), 0, p.k());
      Laid result = Laid.zeros(f.arena, p.m(), p.n());
      Sgemm.multiply(p.m(), f.a.memory(), 0, p.k(), packed, result.memory(), 0, p.n());
      assertArrayEquals(c.values(), result.values());
    }
  }

  @Property(tries = 1000)
  void noStepsLeaveWhatItBeganFrom(@ForAll(supplier = Product.Any.class) Product p) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(p.seed());
      PackedMatrix none = PackedMatrix.of(arena, 0, p.n());
      MemorySegment a = arena.allocate(0);
      Laid c = Laid.random(arena, p.m(), p.n(), p.values(), random);
      Laid bias = Laid.random(arena, 1, p.n(), p.values(), random);
      float[] before = c.values();
      Sgemm.multiplyAdd(p.m(), a, 0, 0, none, c.memory(), 0, p.n());
      assertArrayEquals(before, c.values());
      Sgemm.multiplyBias(p.m(), a, 0, 0, none, bias.memory(), 0, c.memory(), 0, p.n());
      for (int i = 0; i < p.m(); i++) {
        assertArrayEquals(bias.values(), c.row(i));
      }
      Sgemm.multiply(p.m(), a, 0, 0, none, c.memory(), 0, p.n());
      assertArrayEquals(new float[p.m() * p.n()], c.values());
    }
  }
}
