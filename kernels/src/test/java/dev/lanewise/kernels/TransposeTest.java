package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.TransposeKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransposeTest {

  private static final TransposeKernel SCALAR = new ScalarKernels().transpose();
  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 31, 33, 100};

  @Test
  void swapsRowsAndColumnsAtEverySize() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        SplittableRandom random = new SplittableRandom(rows * 1000L + columns);
        try (Arena arena = Arena.ofConfined()) {
          Block a = Block.matrix(arena, rows, columns).random(random);
          Block b = Block.matrix(arena, columns, rows).fill(Float.NaN);
          Block scalar = b.copy(arena);
          Transpose.apply(rows, columns, a.segment, a.offset, a.ld, b.segment, b.offset, b.ld);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              assertEquals(a.get(i, j), b.get(j, i), rows + " x " + columns);
            }
          }
          SCALAR.apply(
              rows, columns, a.segment, a.offset, a.ld, scalar.segment, scalar.offset, scalar.ld);
          assertArrayEquals(scalar.values(), b.values());
          a.assertMarginUntouched();
          b.assertMarginUntouched();
        }
      }
    }
  }

  @Test
  void keepsEveryBit() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = arena.allocate(16 * 16 * 4, 4);
      MemorySegment b = arena.allocate(16 * 16 * 4, 4);
      for (int i = 0; i < 256; i++) {
        a.setAtIndex(JAVA_INT, i, 0x7f800000 + i * 0x8001); // infinity, then NaNs of both kinds
      }
      Transpose.apply(16, 16, a, 0, 16, b, 0, 16);
      for (int i = 0; i < 256; i++) {
        assertEquals(a.getAtIndex(JAVA_INT, i), b.getAtIndex(JAVA_INT, i % 16 * 16 + i / 16));
      }
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment a = Arena.ofAuto().allocate(48, 4);
    MemorySegment b = Arena.ofAuto().allocate(48, 4);
    assertEquals(
        "Transpose: rows=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Transpose.apply(-1, 4, a, 0, 4, b, 0, 3)));
    assertEquals(
        "Transpose: columns=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Transpose.apply(3, -1, a, 0, 4, b, 0, 3)));
    assertEquals(
        "Transpose: lda=3 < columns=4 (A is row-major)",
        message(IllegalArgumentException.class, () -> Transpose.apply(3, 4, a, 0, 3, b, 0, 3)));
    assertEquals(
        "Transpose: ldb=2 < rows=3 (B is row-major)",
        message(IllegalArgumentException.class, () -> Transpose.apply(3, 4, a, 0, 4, b, 0, 2)));
    assertEquals(
        "Transpose: a takes 12 elements from offset 1, but its segment holds 12",
        message(IndexOutOfBoundsException.class, () -> Transpose.apply(3, 4, a, 1, 4, b, 0, 3)));
    assertEquals(
        "Transpose: b takes 12 elements from offset 1, but its segment holds 12",
        message(IndexOutOfBoundsException.class, () -> Transpose.apply(3, 4, a, 0, 4, b, 1, 3)));
    assertEquals(
        "Transpose: b is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> Transpose.apply(3, 4, a, 0, 4, b.asReadOnly(), 0, 3)));
    assertEquals(
        "Transpose: a and b overlap; copy one aside first",
        message(IllegalArgumentException.class, () -> Transpose.apply(2, 3, a, 0, 3, a, 5, 2)));
    Transpose.apply(2, 3, a, 0, 3, a, 6, 2);
  }
}
