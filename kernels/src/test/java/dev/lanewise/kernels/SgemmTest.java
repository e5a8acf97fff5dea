package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SgemmTest {

  /** The five entries. */
  enum Form {
    MULTIPLY(false, Begins.AT_ZERO),
    MULTIPLY_ADD(false, Begins.AT_C),
    MULTIPLY_BIAS(false, Begins.AT_BIAS),
    MULTIPLY_TRANSPOSED(true, Begins.AT_ZERO),
    MULTIPLY_TRANSPOSED_ADD(true, Begins.AT_C);

    final boolean transposed;
    final Begins begins;

    Form(boolean transposed, Begins begins) {
      this.transposed = transposed;
      this.begins = begins;
    }

    void run(int m, Block a, PackedMatrix b, Block bias, Block c) {
      switch (this) {
        case MULTIPLY -> Sgemm.multiply(m, a.segment, a.offset, a.ld, b, c.segment, c.offset, c.ld);
        case MULTIPLY_ADD ->
            Sgemm.multiplyAdd(m, a.segment, a.offset, a.ld, b, c.segment, c.offset, c.ld);
        case MULTIPLY_BIAS ->
            Sgemm.multiplyBias(
                m,
                a.segment,
                a.offset,
                a.ld,
                b,
                bias.segment,
                bias.offset,
                c.segment,
                c.offset,
                c.ld);
        case MULTIPLY_TRANSPOSED ->
            Sgemm.multiplyTransposed(m, a.segment, a.offset, a.ld, b, c.segment, c.offset, c.ld);
        case MULTIPLY_TRANSPOSED_ADD ->
            Sgemm.multiplyTransposedAdd(m, a.segment, a.offset, a.ld, b, c.segment, c.offset, c.ld);
      }
    }
  }

  enum Begins {
    AT_ZERO,
    AT_C,
    AT_BIAS
  }

  private static final SgemmKernel SCALAR = new ScalarKernels(1).sgemm();

  @ParameterizedTest
  @EnumSource
  void isTheDoubleProductAndTheScalarKernelsBitsAtEverySize(Form form) {
    for (int m : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 2 * Sizes.LANES + 1}) {
      for (int n : Sizes.straddlingLanes()) {
        for (int k : Sizes.straddlingLanes()) {
          check(form, m, n, k, 1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheDoubleProductAndTheScalarKernelsBitsInGates(Form form) {
    for (int gates : new int[] {3, 4}) {
      for (int m : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13}) {
        for (int units : Sizes.straddlingLanes()) {
          for (int k : new int[] {0, 1, Sizes.LANES, 129}) {
            check(form, m, gates * units, k, gates);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameAcrossBlocksOfRowsAndOfK(Form form) {
    // A block has 256 rows and 128 steps of k.
    for (int m : new int[] {1, 8, 9, 256, 257, 261}) {
      for (int k : new int[] {127, 128, 129, 256, 257}) {
        check(form, m, 8 * Sizes.LANES + 5, k, 1);
        check(form, m, 3 * (2 * Sizes.LANES + 5), k, 3);
      }
    }
  }

  private static void check(Form form, int m, int n, int k, int blocks) {
    String what = form + " m=" + m + " n=" + n + " k=" + k + " blocks=" + blocks;
    SplittableRandom random = new SplittableRandom(31L * (31L * m + n) + k);
    try (Arena arena = Arena.ofConfined()) {
      Block a = Block.matrix(arena, form.transposed ? k : m, form.transposed ? m : k);
      a.random(random);
      Block b = Block.matrix(arena, k, n).random(random);
      Block bias = Block.vector(arena, n).random(random);
      Block c = Block.matrix(arena, m, n);
      c.fill(form.begins == Begins.AT_C ? 1f : Float.NaN);
      if (form.begins == Begins.AT_C) {
        c.random(random);
      }
      float[] before = c.values();
      PackedMatrix packed = matrix(arena, k, n, blocks, WeightFormat.FLOAT32);
      packed.memory().fill((byte) -1);
      packed.pack(b.segment, b.offset, b.ld);

      form.run(m, a, packed, bias, c);

      float[] init = new float[m * n];
      for (int i = 0; i < m * n; i++) {
        init[i] =
            switch (form.begins) {
              case AT_ZERO -> 0f;
              case AT_C -> before[i];
              case AT_BIAS -> bias.get(0, i % n);
            };
      }
      float[] expected = scalar(arena, form.transposed, m, n, k, blocks, a, b, init);
      assertArrayEquals(expected, c.values(), what);
      assertDoubleProduct(what, form.transposed, m, n, k, a, b, init, c);
      a.assertMarginUntouched();
      b.assertMarginUntouched();
      bias.assertMarginUntouched();
      c.assertMarginUntouched();
    }
  }

  /** Packed in gates, or not where there is one block. */
  static PackedMatrix matrix(Arena arena, int k, int n, int blocks, WeightFormat format) {
    return blocks == 1
        ? PackedMatrix.of(arena, k, n, format)
        : PackedMatrix.ofGates(arena, k, n, blocks, format);
  }

  private static float[] scalar(
      Arena arena,
      boolean transposed,
      int m,
      int n,
      int k,
      int blocks,
      Block a,
      Block b,
      float[] init) {
    int strips = PackedStrips.strips(n, blocks, 1);
    MemorySegment packed = arena.allocate(Math.max(4, strips * SCALAR.stripBytes(k, blocks)), 4);
    PackedStrips all = new PackedStrips(SCALAR, packed, k, n / blocks, blocks, 0, strips);
    SCALAR.pack(all, b.segment, b.offset, b.ld, 1);
    Block c = Block.of(arena, init);
    long row = transposed ? 1 : a.ld;
    long column = transposed ? a.ld : 1;
    SCALAR.multiply(
        m,
        a.segment,
        a.offset,
        row,
        column,
        all,
        n / blocks,
        c.segment,
        c.offset,
        n,
        c.segment,
        c.offset,
        n);
    return c.values();
  }

  private static void assertDoubleProduct(
      String what,
      boolean transposed,
      int m,
      int n,
      int k,
      Block a,
      Block b,
      float[] init,
      Block c) {
    double[] left = a.doubles();
    double[] right = b.doubles();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = init[i * n + j];
        double magnitude = Math.abs(sum);
        for (int p = 0; p < k; p++) {
          double term = left[transposed ? p * m + i : i * k + p] * right[p * n + j];
          sum += term;
          magnitude += Math.abs(term);
        }
        double tolerance = Tolerance.forward(k, magnitude);
        if (Math.abs(c.get(i, j) - sum) > tolerance) {
          Tolerance.assertClose(sum, c.get(i, j), tolerance, what + " at " + i + ", " + j);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gatesThatLieApartGiveTheSameProduct(WeightFormat format) {
    SplittableRandom random = new SplittableRandom(7);
    try (Arena arena = Arena.ofConfined()) {
      for (int gates : new int[] {3, 4}) {
        for (int units : Sizes.straddlingLanes()) {
          for (int m : new int[] {1, 2, 3, 5, 9}) {
            int k = 33;
            int stride = LstmCell.fastGateStride(units);
            Block a = Block.dense(arena, m, k).random(random);
            Block b = Block.matrix(arena, k, gates * units).random(random);
            Block dense = Block.dense(arena, m, gates * units).random(random);
            Block apart = Block.dense(arena, m, gates * stride).fill(Float.NaN);
            for (int i = 0; i < m; i++) {
              for (int j = 0; j < gates * units; j++) {
                apart.set(i, j / units * stride + j % units, dense.get(i, j));
              }
            }
            PackedMatrix packed = matrix(arena, k, gates * units, gates, format);
            packed.pack(b.segment, b.offset, b.ld);
            run(m, a, packed, dense, units);
            run(m, a, packed, apart, stride);
            for (int i = 0; i < m; i++) {
              for (int j = 0; j < gates * units; j++) {
                float there = apart.get(i, j / units * stride + j % units);
                assertEquals(dense.get(i, j), there, gates + " gates of " + units);
              }
            }
            apart.assertMarginUntouched();
          }
        }
      }
    }
  }

  private static void run(int m, Block a, PackedMatrix b, Block c, int stride) {
    Sgemm.run(
        m, a.segment, a.offset, a.ld, 1, b, stride, c.segment, c.offset, c.ld, c.segment, c.offset,
        c.ld);
  }

  @ParameterizedTest
  @EnumSource
  void partsTogetherAreTheWholeAndEachTouchesItsOwnColumnsAlone(Form form) {
    SplittableRandom random = new SplittableRandom(9);
    for (int blocks : new int[] {1, 3, 4}) {
      for (int units : new int[] {1, Sizes.LANES, 5 * Sizes.LANES, 6 * Sizes.LANES + 3}) {
        for (int m : new int[] {1, 2, 3, 5, 9}) {
          for (int parts : new int[] {1, 2, 3, 7}) {
            for (WeightFormat format : WeightFormat.values()) {
              checkParts(form, blocks, format, m, Math.max(2, blocks) * units, 19, parts, random);
            }
          }
        }
      }
    }
  }

  private static void checkParts(
      Form form,
      int blocks,
      WeightFormat format,
      int m,
      int n,
      int k,
      int parts,
      SplittableRandom random) {
    String what = form + ", blocks: " + blocks + ", " + format + " m=" + m + " n=" + n;
    try (Arena arena = Arena.ofConfined()) {
      Block a = Block.matrix(arena, form.transposed ? k : m, form.transposed ? m : k);
      a.random(random);
      Block b = Block.matrix(arena, k, n).random(random);
      Block bias = Block.vector(arena, n).random(random);
      PackedMatrix whole = matrix(arena, k, n, blocks, format);
      whole.pack(b.segment, b.offset, b.ld);
      float[] before = Block.matrix(arena, m, n).random(random).values();
      Block expected = matrix(arena, before, m, n);
      form.run(m, a, whole, bias, expected);
      Block all = matrix(arena, before, m, n);
      int[] writers = new int[m * n];
      for (int part = 0; part < parts; part++) {
        PackedMatrix some = whole.part(part, parts);
        form.run(m, a, some, bias, all);
        Block alone = matrix(arena, before, m, n);
        form.run(m, a, some, bias, alone);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            writers[i * n + j] += alone.get(i, j) == before[i * n + j] ? 0 : 1;
          }
        }
      }
      assertArrayEquals(expected.values(), all.values(), what);
      for (int writer : writers) {
        assertEquals(1, writer, what);
      }
      all.assertMarginUntouched();
    }
  }

  private static Block matrix(Arena arena, float[] values, int m, int n) {
    Block block = Block.matrix(arena, m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        block.set(i, j, values[i * n + j]);
      }
    }
    return block;
  }

  @Test
  void takesRowsThatAreFartherApartThanATileReaches() {
    long apart = (1L << 26) + 3; // elements: just over 256 MB
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment far = arena.allocate((apart + 64) * Float.BYTES, 64);
      Block b = Block.matrix(arena, 5, 7).random(new SplittableRandom(10));
      PackedMatrix packed = PackedMatrix.of(arena, 5, 7).pack(b.segment, b.offset, b.ld);
      MemorySegment near = arena.allocate(64 * Float.BYTES, 64);
      for (int p = 0; p < 5; p++) {
        far.setAtIndex(JAVA_FLOAT, p, 1f + p);
        far.setAtIndex(JAVA_FLOAT, apart + p, 2f - p);
        near.setAtIndex(JAVA_FLOAT, p, 1f + p);
        near.setAtIndex(JAVA_FLOAT, 5 + p, 2f - p);
      }
      Sgemm.multiply(2, near, 0, 5, packed, near, 16, 7);
      Sgemm.multiply(2, far, 0, apart, packed, far, 16, apart);
      for (int j = 0; j < 7; j++) {
        assertEquals(near.getAtIndex(JAVA_FLOAT, 16 + j), far.getAtIndex(JAVA_FLOAT, 16 + j));
        assertEquals(
            near.getAtIndex(JAVA_FLOAT, 23 + j), far.getAtIndex(JAVA_FLOAT, apart + 16 + j));
      }
    }
  }

  @Test
  void rejectsAPartThatThereIsNot() {
    try (Arena arena = Arena.ofConfined()) {
      PackedMatrix packed = PackedMatrix.of(arena, 2, 3);
      assertEquals(
          "PackedMatrix.part: no part 2 of 2: parts are 0 to parts - 1",
          message(IllegalArgumentException.class, () -> packed.part(2, 2)));
      assertEquals(
          "PackedMatrix.part: no part -1 of 2: parts are 0 to parts - 1",
          message(IllegalArgumentException.class, () -> packed.part(-1, 2)));
      assertEquals(
          "PackedMatrix.ofGates: n=268435456 is more than 67108860, 16777215 units",
          message(IllegalArgumentException.class, () -> PackedMatrix.ofGates(arena, 1, 1 << 28)));
    }
  }

  @Test
  void aNanReachesExactlyItsOwnRow() {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(8);
      Block a = Block.matrix(arena, 5, 20).random(random);
      Block b = Block.matrix(arena, 20, 70).random(random);
      Block c = Block.matrix(arena, 5, 70);
      a.set(3, 11, Float.NaN);
      PackedMatrix packed = PackedMatrix.of(arena, 20, 70).pack(b.segment, b.offset, b.ld);
      Form.MULTIPLY.run(5, a, packed, c, c);
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 70; j++) {
          assertEquals(i == 3, Float.isNaN(c.get(i, j)), i + ", " + j);
        }
      }
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsNegativeRows() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 2, 3);
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    assertEquals(
        "Sgemm: m=-1, expected 0 or more",
        message(
            IllegalArgumentException.class, () -> Sgemm.multiply(-1, room, 0, 2, b, room, 0, 3)));
    assertEquals(
        "Sgemm: m=-1, expected 0 or more",
        message(
            IllegalArgumentException.class,
            () -> Sgemm.multiplyTransposed(-1, room, 0, 2, b, room, 0, 3)));
  }

  @Test
  void rejectsLdaSmallerThanK() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 128, 3);
    MemorySegment room = Arena.ofAuto().allocate(4000, 4);
    assertEquals(
        "Sgemm: lda=100 < k=128 (A is row-major m x k)",
        message(
            IllegalArgumentException.class, () -> Sgemm.multiply(2, room, 0, 100, b, room, 0, 3)));
  }

  @Test
  void rejectsLdaSmallerThanMWhenTransposed() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(4000, 4);
    assertEquals(
        "Sgemm: lda=6 < m=7 (A is row-major k x m)",
        message(
            IllegalArgumentException.class,
            () -> Sgemm.multiplyTransposedAdd(7, room, 0, 6, b, room, 0, 3)));
  }

  @Test
  void rejectsLdcSmallerThanN() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 30);
    MemorySegment room = Arena.ofAuto().allocate(4000, 4);
    assertEquals(
        "Sgemm: ldc=29 < n=30 (C is row-major m x n)",
        message(
            IllegalArgumentException.class,
            () -> Sgemm.multiplyAdd(7, room, 0, 5, b, room, 0, 29)));
  }

  @Test
  void rejectsOperandsThatReachOutsideTheirSegments() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(4 * 100, 4);
    MemorySegment a = Arena.ofAuto().allocate(4 * 18, 4);
    // Three rows of 5, 7 apart, take 19.
    assertEquals(
        "Sgemm: A takes 19 elements from offset 0, but its segment holds 18",
        message(IndexOutOfBoundsException.class, () -> Sgemm.multiply(3, a, 0, 7, b, room, 0, 3)));
    assertEquals(
        "Sgemm: A takes 5 elements from offset -1, but its segment holds 18",
        message(IndexOutOfBoundsException.class, () -> Sgemm.multiply(1, a, -1, 5, b, room, 0, 3)));
    assertEquals(
        "Sgemm: C takes 9 elements from offset 92, but its segment holds 100",
        message(IndexOutOfBoundsException.class, () -> Sgemm.multiply(3, a, 0, 5, b, room, 92, 3)));
    assertEquals(
        "Sgemm: bias takes 3 elements from offset 16, but its segment holds 18",
        message(
            IndexOutOfBoundsException.class,
            () -> Sgemm.multiplyBias(3, a, 0, 5, b, a, 16, room, 0, 3)));
    assertEquals(
        "Sgemm: A takes 5 elements from offset 9223372036854775807, but its segment holds 18",
        message(
            IndexOutOfBoundsException.class,
            () -> Sgemm.multiply(1, a, Long.MAX_VALUE, 5, b, room, 0, 3)));
    // Transposed: five rows of 3, 4 apart, take 19.
    assertEquals(
        "Sgemm: A takes 19 elements from offset 0, but its segment holds 18",
        message(
            IndexOutOfBoundsException.class,
            () -> Sgemm.multiplyTransposed(3, a, 0, 4, b, room, 0, 3)));
  }

  @Test
  void takesOperandsThatFillTheirSegments() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment a = Arena.ofAuto().allocate(4 * 19, 4);
    MemorySegment c = Arena.ofAuto().allocate(4 * 11, 4);
    c.fill((byte) 1);
    Sgemm.multiply(3, a, 0, 7, b, c, 0, 4);
    assertEquals(0f, c.getAtIndex(JAVA_FLOAT, 10));
  }

  @Test
  void rejectsAHeapSegment() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    MemorySegment heap = MemorySegment.ofArray(new float[100]);
    assertEquals(
        "Sgemm: A is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(
            IllegalArgumentException.class, () -> Sgemm.multiply(1, heap, 0, 5, b, room, 0, 3)));
    assertEquals(
        "Sgemm: C is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(
            IllegalArgumentException.class, () -> Sgemm.multiply(1, room, 0, 5, b, heap, 0, 3)));
  }

  @Test
  void rejectsAClosedArena() {
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    PackedMatrix gone;
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(400, 4);
      gone = PackedMatrix.of(arena, 5, 3);
    }
    assertEquals(
        "Sgemm: the arena of A is closed",
        message(IllegalStateException.class, () -> Sgemm.multiply(1, closed, 0, 5, b, room, 0, 3)));
    assertEquals(
        "Sgemm: the arena of C is closed",
        message(IllegalStateException.class, () -> Sgemm.multiply(1, room, 0, 5, b, closed, 0, 3)));
    assertEquals(
        "Sgemm: the arena of B is closed",
        message(
            IllegalStateException.class, () -> Sgemm.multiply(1, room, 0, 5, gone, room, 0, 3)));
  }

  @Test
  void rejectsTheConfinedArenaOfAnotherThread() throws InterruptedException {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment confined = arena.allocate(400, 4);
      String[] message = new String[1];
      Thread other =
          new Thread(
              () ->
                  message[0] =
                      message(
                          WrongThreadException.class,
                          () -> Sgemm.multiply(1, confined, 0, 5, b, room, 0, 3)),
              "other");
      other.start();
      other.join();
      assertEquals(
          "Sgemm: A belongs to a confined arena of another thread than other; use Arena.ofShared()"
              + " or Arena.ofAuto() for memory that several threads use",
          message[0]);
    }
  }

  @Test
  void rejectsAReadOnlyResult() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    assertEquals(
        "Sgemm: C is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> Sgemm.multiply(1, room, 0, 5, b, room.asReadOnly(), 0, 3)));
  }

  @Test
  void readsAReadOnlyInput() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 5, 3);
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    Sgemm.multiply(1, room.asReadOnly(), 0, 5, b, room, 50, 3);
  }
}
