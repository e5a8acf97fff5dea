package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedMatrixTest {

  @Test
  void holdsStripsOfFourVectors() {
    int width = 4 * Sizes.LANES;
    for (int n : Sizes.straddlingLanes()) {
      int k = 37;
      try (Arena arena = Arena.ofConfined()) {
        Block b = Block.matrix(arena, k, n).random(new SplittableRandom(n));
        PackedMatrix packed = PackedMatrix.of(arena, k, n);
        packed.memory().fill((byte) -1);
        assertSame(packed, packed.pack(b.segment, b.offset, b.ld));
        int strips = (n + width - 1) / width;
        for (int strip = 0; strip < strips; strip++) {
          for (int p = 0; p < k; p++) {
            for (int v = 0; v < width; v++) {
              int j = strip * width + v;
              float expected = j < n ? b.get(p, j) : Float.NaN;
              long at = ((long) strip * k + p) * width + v;
              assertEquals(expected, packed.memory().getAtIndex(JAVA_FLOAT, at), n + " at " + at);
            }
          }
        }
        b.assertMarginUntouched();
      }
    }
  }

  @Test
  void holdsTheSameUnitsOfTheGatesSideBySide() {
    holdsTheSameUnits(3);
    holdsTheSameUnits(4);
  }

  private static void holdsTheSameUnits(int gates) {
    int lanes = Sizes.LANES;
    for (int units : Sizes.straddlingLanes()) {
      int k = 37;
      try (Arena arena = Arena.ofConfined()) {
        Block b = Block.matrix(arena, k, gates * units).random(new SplittableRandom(units));
        PackedMatrix packed =
            SgemmTest.matrix(arena, k, gates * units, gates, WeightFormat.FLOAT32);
        packed.memory().fill((byte) -1);
        packed.pack(b.segment, b.offset, b.ld);
        int strips = (units + lanes - 1) / lanes;
        for (int strip = 0; strip < strips; strip++) {
          int left = Math.min(lanes, units - strip * lanes);
          int apart = 4 * left <= lanes ? lanes / 4 : 2 * left <= lanes ? lanes / 2 : lanes;
          for (int p = 0; p < k; p++) {
            for (int v = 0; v < gates * lanes; v++) {
              int gate = v / apart;
              int unit = strip * lanes + v % apart;
              boolean filled = gate < gates && v % apart < left;
              float expected = filled ? b.get(p, gate * units + unit) : Float.NaN;
              long at = ((long) strip * k + p) * gates * lanes + v;
              assertEquals(expected, packed.memory().getAtIndex(JAVA_FLOAT, at), units + " " + at);
            }
          }
        }
      }
    }
  }

  @Test
  void packsTheTransposeAsTheMatrixItself() {
    for (int n : Sizes.straddlingLanes()) {
      for (int k : new int[] {0, 1, 7, 8, 15, 16, 17, 33, 150}) {
        try (Arena arena = Arena.ofConfined()) {
          Block b = Block.matrix(arena, k, n).random(new SplittableRandom(n));
          Block turned = Block.matrix(arena, n, k);
          for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
              turned.set(j, p, b.get(p, j));
            }
          }
          PackedMatrix plain = PackedMatrix.of(arena, k, n).pack(b.segment, b.offset, b.ld);
          PackedMatrix transposed =
              PackedMatrix.of(arena, k, n).packTransposed(turned.segment, turned.offset, turned.ld);
          assertArrayEquals(
              plain.memory().toArray(JAVA_FLOAT), transposed.memory().toArray(JAVA_FLOAT));
          for (int gates = 3; gates <= 4; gates++) {
            if (n % gates == 0) {
              PackedMatrix inGates = SgemmTest.matrix(arena, k, n, gates, WeightFormat.FLOAT32);
              PackedMatrix turnedGates = SgemmTest.matrix(arena, k, n, gates, WeightFormat.FLOAT32);
              inGates.pack(b.segment, b.offset, b.ld);
              turnedGates.packTransposed(turned.segment, turned.offset, turned.ld);
              assertArrayEquals(
                  inGates.memory().toArray(JAVA_FLOAT), turnedGates.memory().toArray(JAVA_FLOAT));
            }
          }
        }
      }
    }
  }

  @Test
  void whatLiesBeyondTheColumnsHasNoEffect() {
    for (int n : Sizes.straddlingLanes()) {
      int k = 37;
      for (int m : new int[] {1, 3, 9}) {
        try (Arena arena = Arena.ofConfined()) {
          Block a = Block.matrix(arena, m, k).random(new SplittableRandom(m));
          Block b = Block.matrix(arena, k, n).random(new SplittableRandom(n));
          Block overZeros = Block.matrix(arena, m, n);
          Block overNan = Block.matrix(arena, m, n);
          multiply(m, a, PackedMatrix.of(arena, k, n), b, overZeros);
          PackedMatrix packed = PackedMatrix.of(arena, k, n);
          packed.memory().fill((byte) -1);
          multiply(m, a, packed, b, overNan);
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              assertEquals(overZeros.get(i, j), overNan.get(i, j), m + " x " + n);
            }
          }
        }
      }
    }
  }

  @Test
  void whatLiesBeyondTheGatesHasNoEffect() {
    for (int units : Sizes.straddlingLanes()) {
      for (int rows : new int[] {1, 3, 9}) {
        for (int stride : new int[] {units, LstmCell.fastGateStride(units)}) {
          try (Arena arena = Arena.ofConfined()) {
            LstmCell cell = new LstmCell(units, stride, Activation.TANH, Activation.SIGMOID);
            Block w = Block.matrix(arena, units, 4 * units).random(new SplittableRandom(units));
            PackedMatrix packed = PackedMatrix.ofGates(arena, units, 4 * units);
            float[] overZeros = step(arena, cell, rows, w, packed);
            packed.memory().fill((byte) -1);
            assertArrayEquals(overZeros, step(arena, cell, rows, w, packed), rows + " x " + units);
          }
        }
      }
    }
  }

  /** h of a step whose input and state before are the same. */
  private static float[] step(Arena arena, LstmCell cell, int rows, Block w, PackedMatrix packed) {
    packed.pack(w.segment, w.offset, w.ld);
    int units = packed.k();
    Block x = Block.dense(arena, rows, units).random(new SplittableRandom(rows));
    Block bias = Block.dense(arena, 1, 4 * cell.gateStride());
    Block gates = Block.dense(arena, rows, 4 * cell.gateStride());
    Block c = Block.dense(arena, rows, units);
    Block h = Block.dense(arena, rows, units);
    cell.project(
        rows, x.segment, x.offset, packed, bias.segment, bias.offset, gates.segment, gates.offset);
    cell.forward(
        rows,
        packed,
        x.segment,
        x.offset,
        x.segment,
        x.offset,
        gates.segment,
        gates.offset,
        c.segment,
        c.offset,
        h.segment,
        h.offset);
    return h.values();
  }

  private static void multiply(int m, Block a, PackedMatrix packed, Block b, Block c) {
    packed.pack(b.segment, b.offset, b.ld);
    Sgemm.multiply(m, a.segment, a.offset, a.ld, packed, c.segment, c.offset, c.ld);
    c.assertMarginUntouched();
  }

  @Test
  void packingAgainReplacesWhatWasPacked() {
    try (Arena arena = Arena.ofConfined()) {
      Block ones = Block.matrix(arena, 2, 5).fill(1f);
      Block twos = Block.matrix(arena, 2, 5).fill(2f);
      PackedMatrix packed = PackedMatrix.of(arena, 2, 5).pack(ones.segment, ones.offset, ones.ld);
      packed.pack(twos.segment, twos.offset, twos.ld);
      assertEquals(2f, packed.memory().getAtIndex(JAVA_FLOAT, 0));
    }
  }

  @Test
  void knowsItsShape() {
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 64, 256);
    assertEquals(64, packed.k());
    assertEquals(256, packed.n());
    assertEquals("(64, 256)", packed.toString());
    assertEquals("(64, 256) in gates", PackedMatrix.ofGates(Arena.ofAuto(), 64, 256).toString());
    assertEquals((64 * 256 + 256) * 4, packed.byteSize());
    PackedMatrix three = PackedMatrix.ofGates(Arena.ofAuto(), 64, 192, 3, WeightFormat.BFLOAT16);
    assertEquals("(64, 192) in 3 gates, BFLOAT16", three.toString());
  }

  @Test
  void beginsAsZeros() {
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 3, 5);
    for (float value : packed.memory().toArray(JAVA_FLOAT)) {
      assertEquals(0f, value);
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsNegativeSizes() {
    assertEquals(
        "PackedMatrix: k=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> PackedMatrix.of(Arena.ofAuto(), -1, 2)));
    assertEquals(
        "PackedMatrix: n=-4, expected 0 or more",
        message(IllegalArgumentException.class, () -> PackedMatrix.ofGates(Arena.ofAuto(), 1, -4)));
  }

  @Test
  void rejectsGatesThatAreNotThreeOrFour() {
    assertEquals(
        "PackedMatrix.ofGates: gates=2, expected 3 (a GRU's) or 4 (an LSTM's)",
        message(IllegalArgumentException.class, () -> inGates(6, 2)));
    assertEquals(
        "PackedMatrix.ofGates: n=7 is not a multiple of 3 (the gates z, r, h)",
        message(IllegalArgumentException.class, () -> inGates(7, 3)));
    assertEquals(
        "PackedMatrix.ofGates: n=50331648 is more than 50331645, 16777215 units",
        message(IllegalArgumentException.class, () -> inGates(3 << 24, 3)));
    assertEquals(
        "PackedMatrix.ofGates: n=6 is not a multiple of 4 (the gates i, f, g, o)",
        message(IllegalArgumentException.class, () -> PackedMatrix.ofGates(Arena.ofAuto(), 1, 6)));
  }

  private static PackedMatrix inGates(int n, int gates) {
    return PackedMatrix.ofGates(Arena.ofAuto(), 1, n, gates, WeightFormat.FLOAT32);
  }

  @Test
  void rejectsLeadingDimensionsSmallerThanARow() {
    MemorySegment room = Arena.ofAuto().allocate(4000, 4);
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 5, 7);
    assertEquals(
        "PackedMatrix.pack: ldb=6 < n=7 (B is row-major k x n)",
        message(IllegalArgumentException.class, () -> packed.pack(room, 0, 6)));
    assertEquals(
        "PackedMatrix.packTransposed: ldb=4 < k=5 (B is row-major n x k)",
        message(IllegalArgumentException.class, () -> packed.packTransposed(room, 0, 4)));
  }

  @Test
  void rejectsAMatrixThatReachesOutsideItsSegment() {
    MemorySegment room = Arena.ofAuto().allocate(4 * 34, 4);
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 5, 7);
    assertEquals(
        "PackedMatrix.pack: B takes 35 elements from offset 0, but its segment holds 34",
        message(IndexOutOfBoundsException.class, () -> packed.pack(room, 0, 7)));
    assertEquals(
        "PackedMatrix.packTransposed: B takes 35 elements from offset 0, but its segment holds 34",
        message(IndexOutOfBoundsException.class, () -> packed.packTransposed(room, 0, 5)));
  }

  @Test
  void rejectsAHeapSegment() {
    MemorySegment heap = MemorySegment.ofArray(new float[100]);
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 5, 7);
    assertEquals(
        "PackedMatrix.pack: B is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(IllegalArgumentException.class, () -> packed.pack(heap, 0, 7)));
  }

  @Test
  void rejectsAClosedArena() {
    MemorySegment room = Arena.ofAuto().allocate(400, 4);
    PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), 5, 7);
    MemorySegment closed;
    PackedMatrix gone;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(400, 4);
      gone = PackedMatrix.of(arena, 5, 7);
    }
    assertEquals(
        "PackedMatrix.pack: the arena of B is closed",
        message(IllegalStateException.class, () -> packed.pack(closed, 0, 7)));
    assertEquals(
        "PackedMatrix.pack: the arena of the packed matrix is closed",
        message(IllegalStateException.class, () -> gone.pack(room, 0, 7)));
    assertEquals(
        "PackedMatrix.packTransposed: the arena of the packed matrix is closed",
        message(IllegalStateException.class, () -> gone.packTransposed(room, 0, 5)));
  }
}
