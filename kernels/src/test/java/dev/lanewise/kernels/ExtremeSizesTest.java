package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes whose products no long holds are refused like any that are too large. */
class ExtremeSizesTest {

  private static final long MAX = Long.MAX_VALUE;

  private static final MemorySegment S = Arena.ofAuto().allocate(4_096, 4);

  private static String outside(Runnable call) {
    return assertThrows(IndexOutOfBoundsException.class, call::run).getMessage();
  }

  private static String illegal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void extentsThatOverflowReachOutsideTheirSegment() {
    String all =
        " takes 9223372036854775807 or more elements from offset 0, but its segment holds 1024";
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 4, 4);
    assertEquals("Sgemm: A" + all, outside(() -> Sgemm.multiply(3, S, 0, MAX, b, S, 512, 4)));
    assertEquals("Sgemm: C" + all, outside(() -> Sgemm.multiply(3, S, 0, 4, b, S, 0, MAX)));
    assertEquals("Sgemm: A" + all, outside(() -> Sgemm.multiply(2, S, 0, MAX, b, S, 512, 4)));
    assertEquals(
        "Sgemm: A" + all, outside(() -> Sgemm.multiplyTransposed(3, S, 0, MAX, b, S, 512, 4)));
    assertEquals("ColumnSums: x" + all, outside(() -> ColumnSums.apply(3, 4, S, 0, MAX, S, 0)));
    assertEquals(
        "ColumnMoments: x" + all, outside(() -> ColumnMoments.addSums(3, 4, S, 0, MAX, S, 0)));
    assertEquals(
        "RowNormalization: x" + all,
        outside(() -> RowNormalization.weights(3, 4, MAX, S, 0, S, 0, S, 0, S, 0, S, 0)));
    assertEquals(
        "RowNormalization: x" + all,
        outside(() -> RowNormalization.forward(MAX, 4, 0f, S, 0, S, 0, S, 0, S, 0, S, 0)));
    assertEquals(
        "Transpose: a" + all, outside(() -> Transpose.apply(MAX, MAX, S, 0, MAX, S, 0, MAX)));
    assertEquals(
        "Transpose: a" + all,
        outside(() -> Transpose.apply(1L << 32, 1L << 32, S, 0, 1L << 32, S, 0, 1L << 32)));
    assertEquals("PackedMatrix.pack: B" + all, outside(() -> b.pack(S, 0, MAX)));
    assertEquals(
        "PackedMatrix.packTransposed: B" + all, outside(() -> b.packTransposed(S, 0, MAX)));
  }

  @Test
  void oneRowMayHaveAnyDistanceToTheNext() {
    PackedMatrix b = PackedMatrix.of(Arena.ofAuto(), 4, 4).pack(S, 0, 4);
    Sgemm.multiply(1, S, 0, MAX, b, S, 512, MAX);
    ColumnSums.apply(1, 4, S, 0, MAX, S, 512);
    ColumnMoments.addSums(1, 4, S, 0, MAX, S, 512);
    ColumnMoments.addSquares(1, 4, 1, S, 0, MAX, S, 512);
    RowNormalization.weights(1, 4, MAX, S, 0, S, 100, S, 200, S, 512, S, 600);
  }

  @Test
  void extentsUpToTheLargestAreExact() {
    assertEquals(MAX - 1, Operands.extent(2, 1, MAX - 2));
    assertEquals(MAX, Operands.extent(2, 2, MAX - 2));
    assertEquals(MAX, Operands.extent(2, 3, MAX - 2));
    assertEquals(MAX, Operands.extent(MAX, MAX, MAX));
    assertEquals(MAX, Operands.extent(1L << 33, 1, 1L << 33));
    assertEquals(0, Operands.extent(0, MAX, MAX));
    assertEquals(0, Operands.extent(MAX, 0, MAX));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void aPackedMatrixTakesNoMoreBytesThanThereAre(WeightFormat format) {
    int max = Integer.MAX_VALUE;
    if (format == WeightFormat.FLOAT32) {
      assertEquals(
          "PackedMatrix: (2147483647, 2147483647) takes more bytes than there are addresses; it is"
              + " rows by columns of B",
          illegal(() -> PackedMatrix.of(Arena.ofAuto(), max, max, format)));
    } else {
      assertThrows(OutOfMemoryError.class, () -> PackedMatrix.of(Arena.ofAuto(), max, max, format));
    }
    assertThrows(OutOfMemoryError.class, () -> PackedMatrix.of(Arena.ofAuto(), max, 100, format));
  }

  @Test
  void cellsAreRefusedMoreUnitsThanTheyReach() {
    assertEquals(
        "LstmCell: units=2147483647 is more than 16777215",
        illegal(() -> LstmCell.fastGateStride(Integer.MAX_VALUE)));
    assertEquals(
        "LstmCell: gateStride=2147483647 is more than 16777215, the units and some padding",
        illegal(() -> new LstmCell(Integer.MAX_VALUE, Activation.TANH, Activation.SIGMOID)));
    assertEquals(
        "GruCell: gateStride=16777216 is more than 16777215, the units and some padding",
        illegal(() -> new GruCell(5, 1 << 24, Activation.TANH, Activation.SIGMOID)));
  }

  @Test
  void rowsOfACellWhoseGatesNoSegmentHoldsAreOutsideIt() {
    int max = Integer.MAX_VALUE;
    GruCell cell = new GruCell(0, (1 << 24) - 1, Activation.TANH, Activation.SIGMOID);
    PackedMatrix none = PackedMatrix.ofGates(Arena.ofAuto(), 0, 0, 3, WeightFormat.FLOAT32);
    assertEquals(
        "GruCell: gates takes 144115179418812420 elements from offset 0, but its segment holds"
            + " 1024",
        outside(() -> cell.forward(max, none, S, 0, S, 0, S, 0)));
    assertEquals(
        "GruCell: gates takes 144115179418812420 elements from offset 0, but its segment holds"
            + " 1024",
        outside(() -> cell.backward(max, S, 0, S, 0, S, 0, S, 0, S, 0)));
  }
}
