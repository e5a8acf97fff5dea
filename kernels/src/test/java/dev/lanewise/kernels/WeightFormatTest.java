package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The law: a product by narrow weights is the float32 product by the rounded weights. */
class WeightFormatTest {

  private static final KernelSet SCALAR = new ScalarKernels();

  /** The weights (k, n) that a format keeps, written down apart from how they are packed. */
  private static Block rounded(Arena arena, Block b, int k, int n, WeightFormat format) {
    Block rounded = Block.matrix(arena, k, n);
    for (int j = 0; j < n; j++) {
      float largest = 0;
      for (int p = 0; p < k; p++) {
        largest = Math.max(largest, Math.abs(b.get(p, j)));
      }
      float scale = largest / 127;
      for (int p = 0; p < k; p++) {
        float value = b.get(p, j);
        rounded.set(
            p,
            j,
            switch (format) {
              case FLOAT32 -> value;
              case BFLOAT16 -> nearest(value);
              case INT8 -> scale == 0 ? 0 : (float) Math.rint(value / scale) * scale;
            });
      }
    }
    return rounded;
  }

  /** The nearer of the bfloat16 below and the one above, by exact arithmetic. */
  private static float nearest(float value) {
    float toZero = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
    float away = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xffff0000) + 0x10000);
    BigDecimal exact = new BigDecimal(value);
    int order =
        exact
            .subtract(new BigDecimal(toZero))
            .abs()
            .compareTo(new BigDecimal(away).subtract(exact).abs());
    boolean even = (Float.floatToRawIntBits(toZero) & 0x10000) == 0;
    return order < 0 || (order == 0 && even) ? toZero : away;
  }

  private static Block weights(Arena arena, int k, int n, long seed) {
    Block b = Block.matrix(arena, k, n).random(new SplittableRandom(seed));
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j += 7) {
        b.set(p, j, j % 2 == 0 ? 0 : b.get(p, j) * 1e-20f); // columns of zeros, and of small ones
      }
    }
    return b;
  }

  @ParameterizedTest
  @EnumSource
  void aProductIsTheFloatProductByTheRoundedWeights(WeightFormat format) {
    for (int m : new int[] {0, 1, 2, 3, 4, 5, 9, 16, 130, 257}) {
      for (int n : Sizes.straddlingLanes()) {
        for (int k : new int[] {0, 1, 33, 128, 129, 257}) {
          try (Arena arena = Arena.ofConfined()) {
            Block b = weights(arena, k, n, 31L * n + k);
            Block r = rounded(arena, b, k, n, format);
            assertSameProducts(
                format + " m=" + m + " n=" + n + " k=" + k,
                arena,
                m,
                PackedMatrix.of(arena, k, n).pack(r.segment, r.offset, r.ld),
                PackedMatrix.of(arena, k, n, format).pack(b.segment, b.offset, b.ld));
            b.assertMarginUntouched();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProductInGatesIsTheFloatProductByTheRoundedWeights(WeightFormat format) {
    for (int gates : new int[] {3, 4}) {
      for (int m : new int[] {1, 2, 3, 4, 9}) {
        for (int units : Sizes.straddlingLanes()) {
          int n = gates * units;
          try (Arena arena = Arena.ofConfined()) {
            Block b = weights(arena, 130, n, units);
            Block r = rounded(arena, b, 130, n, format);
            assertSameProducts(
                format + " m=" + m + " units=" + units + " gates=" + gates,
                arena,
                m,
                SgemmTest.matrix(arena, 130, n, gates, WeightFormat.FLOAT32)
                    .pack(r.segment, r.offset, r.ld),
                SgemmTest.matrix(arena, 130, n, gates, format).pack(b.segment, b.offset, b.ld));
          }
        }
      }
    }
  }

  private static void assertSameProducts(
      String what, Arena arena, int m, PackedMatrix expected, PackedMatrix actual) {
    int k = expected.k();
    int n = expected.n();
    for (SgemmTest.Form form : SgemmTest.Form.values()) {
      SplittableRandom random = new SplittableRandom(m);
      Block a =
          Block.matrix(arena, form.transposed ? k : m, form.transposed ? m : k).random(random);
      Block bias = Block.vector(arena, n).random(random);
      Block c = Block.matrix(arena, m, n).random(random);
      Block d = Block.matrix(arena, m, n);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          d.set(i, j, c.get(i, j));
        }
      }
      form.run(m, a, expected, bias, c);
      form.run(m, a, actual, bias, d);
      assertArrayEquals(c.values(), d.values(), what + " " + form);
      d.assertMarginUntouched();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStepIsTheFloatStepByTheRoundedWeights(WeightFormat format) {
    for (Activation activation : new Activation[] {Activation.TANH, Activation.RELU}) {
      for (int rows : new int[] {0, 1, 2, 3, 4, 5, 16, 130}) {
        for (int units : Sizes.straddlingLanes()) {
          try (Arena arena = Arena.ofConfined()) {
            Block u = weights(arena, units, 4 * units, units);
            Block r = rounded(arena, u, units, 4 * units, format);
            PackedMatrix expected = PackedMatrix.ofGates(arena, units, 4 * units);
            PackedMatrix actual = PackedMatrix.ofGates(arena, units, 4 * units, format);
            assertArrayEquals(
                step(arena, rows, activation, expected.pack(r.segment, r.offset, r.ld)),
                step(arena, rows, activation, actual.pack(u.segment, u.offset, u.ld)),
                format + " " + activation + " rows=" + rows + " units=" + units);
          }
        }
      }
    }
  }

  /** Gates, then c, then h. */
  private static float[] step(Arena arena, int rows, Activation activation, PackedMatrix u) {
    int units = u.k();
    SplittableRandom random = new SplittableRandom(rows);
    Block h = Block.dense(arena, rows, units).random(random);
    Block c = Block.dense(arena, rows, units).random(random);
    Block gates = Block.dense(arena, rows, 4 * units).random(random);
    Block cNext = Block.dense(arena, rows, units).fill(Float.NaN);
    Block hNext = Block.dense(arena, rows, units).fill(Float.NaN);
    new LstmCell(units, activation, Activation.SIGMOID)
        .forward(
            rows,
            u,
            h.segment,
            h.offset,
            c.segment,
            c.offset,
            gates.segment,
            gates.offset,
            cNext.segment,
            cNext.offset,
            hNext.segment,
            hNext.offset);
    float[] all = new float[6 * rows * units];
    int at = 0;
    for (Block block : new Block[] {gates, cNext, hNext}) {
      block.assertMarginUntouched();
      float[] values = block.values();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void theScalarKernelGivesTheSameBits(WeightFormat format) {
    SgemmKernel scalar =
        format == WeightFormat.BFLOAT16 ? SCALAR.bfloat16Sgemm() : SCALAR.int8Sgemm();
    for (int m : new int[] {1, 2, 5}) {
      for (int units : Sizes.straddlingLanes()) {
        for (int k : new int[] {0, 1, 33, 129}) {
          for (int blocks : new int[] {1, 3, 4}) {
            int n = blocks * units;
            int strips = PackedStrips.strips(n, blocks, 1);
            try (Arena arena = Arena.ofConfined()) {
              Block a = Block.dense(arena, m, k).random(new SplittableRandom(m));
              Block b = weights(arena, k, n, n);
              Block c = Block.dense(arena, m, n);
              Block d = Block.dense(arena, m, n);
              MemorySegment zeros = arena.allocate(Math.max(1, n) * 4L, 4);
              MemorySegment packed =
                  arena.allocate(Math.max(1, strips * scalar.stripBytes(k, blocks)), 4);
              PackedStrips all = new PackedStrips(scalar, packed, k, units, blocks, 0, strips);
              scalar.pack(all, b.segment, b.offset, b.ld, 1);
              scalar.multiply(
                  m, a.segment, a.offset, a.ld, 1, all, units, zeros, 0, 0, c.segment, c.offset,
                  c.ld);
              PackedMatrix matrix =
                  SgemmTest.matrix(arena, k, n, blocks, format).pack(b.segment, b.offset, b.ld);
              Sgemm.multiply(m, a.segment, a.offset, a.ld, matrix, d.segment, d.offset, d.ld);
              assertArrayEquals(c.values(), d.values(), "m=" + m + " n=" + n + " k=" + k);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void packsTheTransposeAsTheMatrixItself(WeightFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      Block b = weights(arena, 17, 103, 1);
      Block turned = Block.matrix(arena, 103, 17);
      for (int p = 0; p < 17; p++) {
        for (int j = 0; j < 103; j++) {
          turned.set(j, p, b.get(p, j));
        }
      }
      PackedMatrix plain = PackedMatrix.of(arena, 17, 103, format);
      PackedMatrix transposed = PackedMatrix.of(arena, 17, 103, format);
      plain.pack(b.segment, b.offset, b.ld);
      transposed.packTransposed(turned.segment, turned.offset, turned.ld);
      assertEquals(-1, plain.memory().mismatch(transposed.memory()));
    }
  }

  /** The weights themselves: a product by ones, one row at a time. */
  private static float kept(WeightFormat format, float... column) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment b = arena.allocateFrom(JAVA_FLOAT, column);
      MemorySegment a = arena.allocate(column.length * 4L, 4);
      a.setAtIndex(JAVA_FLOAT, 0, 1);
      MemorySegment c = arena.allocate(4, 4);
      PackedMatrix packed = PackedMatrix.of(arena, column.length, 1, format).pack(b, 0, 1);
      Sgemm.multiply(1, a, 0, column.length, packed, c, 0, 1);
      return c.get(JAVA_FLOAT, 0);
    }
  }

  @Test
  void bfloat16RoundsToTheNearestAndTiesToEven() {
    assertEquals(1f, kept(WeightFormat.BFLOAT16, 1 + 0x1p-8f)); // a tie, 1 is even
    assertEquals(1 + 0x1p-6f, kept(WeightFormat.BFLOAT16, 1 + 3 * 0x1p-8f)); // a tie, odd below
    assertEquals(1 + 0x1p-7f, kept(WeightFormat.BFLOAT16, 1 + 0x1p-8f + 0x1p-23f));
    assertEquals(-2f, kept(WeightFormat.BFLOAT16, -2 + 0x1p-8f));
    assertEquals(Float.POSITIVE_INFINITY, kept(WeightFormat.BFLOAT16, Float.MAX_VALUE));
    assertEquals(0x1.fep127f, kept(WeightFormat.BFLOAT16, 0x1.fe8p127f));
  }

  @Test
  void bfloat16KeepsWhatIsNotFinite() {
    assertEquals(Float.NEGATIVE_INFINITY, kept(WeightFormat.BFLOAT16, Float.NEGATIVE_INFINITY));
    assertTrue(Float.isNaN(kept(WeightFormat.BFLOAT16, Float.NaN)));
    // A NaN of the lowest bits alone, and one that rounding up would make -0.
    assertTrue(Float.isNaN(kept(WeightFormat.BFLOAT16, Float.intBitsToFloat(0x7f800001))));
    assertTrue(Float.isNaN(kept(WeightFormat.BFLOAT16, Float.intBitsToFloat(0x7fffffff))));
  }

  @Test
  void int8ScalesAColumnByItsLargestMagnitude() {
    float scale = 2f / 127;
    assertEquals(127 * scale, kept(WeightFormat.INT8, 2f, 1f));
    assertEquals(64 * scale, kept(WeightFormat.INT8, 1f, -2f)); // 63.5, a tie to even
    assertEquals(-127 * scale, kept(WeightFormat.INT8, -2f, 2f));
    assertEquals(0f, kept(WeightFormat.INT8, 0.4f * scale, 2f));
    assertEquals(0f, kept(WeightFormat.INT8, 0f, 0f));
  }

  @Test
  void int8StaysFiniteAtBothEndsOfTheRange() {
    float most = kept(WeightFormat.INT8, Float.MAX_VALUE, 1);
    assertTrue(Float.isFinite(most) && most > 0.999f * Float.MAX_VALUE, () -> "got " + most);
    assertEquals(0f, kept(WeightFormat.INT8, Float.MIN_VALUE, 0)); // whose scale is 0
    assertEquals(127 * Float.MIN_VALUE, kept(WeightFormat.INT8, 180 * Float.MIN_VALUE, 0));
  }

  @Test
  void int8RefusesWhatIsNotFinite() {
    try (Arena arena = Arena.ofConfined()) {
      Block b = Block.matrix(arena, 5, 7).random(new SplittableRandom(1));
      b.set(3, 5, Float.NaN);
      PackedMatrix packed = PackedMatrix.of(arena, 5, 7, WeightFormat.INT8);
      assertEquals(
          "PackedMatrix.pack: element (3, 5) of B is NaN; INT8 takes finite weights, FLOAT32 and"
              + " BFLOAT16 any",
          assertThrows(IllegalArgumentException.class, () -> packed.pack(b.segment, b.offset, b.ld))
              .getMessage());
    }
  }

  @Test
  void saysItsFormatAndTakesItsBytes() {
    PackedMatrix f = PackedMatrix.of(Arena.ofAuto(), 64, 256);
    PackedMatrix h = PackedMatrix.of(Arena.ofAuto(), 64, 256, WeightFormat.BFLOAT16);
    PackedMatrix q = PackedMatrix.ofGates(Arena.ofAuto(), 64, 256, WeightFormat.INT8);
    assertEquals(WeightFormat.FLOAT32, f.format());
    assertEquals("(64, 256), BFLOAT16", h.toString());
    assertEquals("(64, 256) in gates, INT8", q.toString());
    int zeros = 256 * 4; // what a product without an addend begins from
    assertEquals(64 * 256 * 4 + zeros, f.byteSize());
    assertEquals(64 * 256 * WeightFormat.BFLOAT16.bytes() + zeros, h.byteSize());
    assertEquals(64 * 256 * WeightFormat.INT8.bytes() + 256 * 4 + zeros, q.byteSize());
  }
}
