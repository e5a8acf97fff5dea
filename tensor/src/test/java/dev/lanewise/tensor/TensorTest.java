package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void zerosAreZeroAlignedAndDense() {
    Tensor zeros = Tensor.zeros(3, 5, 7);
    assertArrayEquals(new float[105], zeros.toArray());
    assertEquals(0, zeros.segment().address() % 64);
    assertEquals(105 * 4, zeros.segment().byteSize());
    assertEquals(0, zeros.offset());
    assertEquals(35, zeros.stride(0));
    assertEquals(7, zeros.stride(1));
    assertEquals(1, zeros.stride(-1));
    assertTrue(zeros.isContiguous());
  }

  @Test
  void zerosInAnArenaAreTheSame() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor.of(arena, new float[] {1}, 1);
      Tensor zeros = Tensor.zeros(arena, 3);
      assertEquals(0, zeros.segment().address() % 64);
      assertArrayEquals(new float[3], zeros.toArray());
    }
  }

  @Test
  void valuesAreReadRowMajor() {
    Plain.counting(2, 3, 4).assertReads(Tensor.of(Plain.counting(2, 3, 4).values(), 2, 3, 4));
    try (Arena arena = Arena.ofConfined()) {
      Plain.counting(2, 3).assertReads(Tensor.of(arena, Plain.counting(2, 3).values(), 2, 3));
    }
  }

  @Test
  void valuesAreCopied() {
    float[] values = {1, 2};
    Tensor tensor = Tensor.of(values, 2);
    values[0] = 9;
    assertEquals(1, tensor.get(0));
    tensor.toArray()[1] = 9;
    assertEquals(2, tensor.get(1));
  }

  @Test
  void arangeCounts() {
    Plain.counting(5).assertReads(Tensor.arange(5));
    Plain.counting(0).assertReads(Tensor.arange(0));
  }

  @Test
  void rejectsANegativeArange() {
    assertRejects("Tensor.arange: size is -3; a length is 0 or more", () -> Tensor.arange(-3));
  }

  @Test
  void setIsReadBackThroughGet() {
    Tensor tensor = Tensor.zeros(2, 3);
    tensor.set(7, 1, 2);
    assertEquals(7, tensor.get(1, 2));
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 7}, tensor.toArray());
  }

  @Test
  void rankZeroHoldsOneNumber() {
    Tensor number = Tensor.of(new float[] {4});
    assertEquals(Shape.of(), number.shape());
    assertEquals(4, number.get());
    number.set(5);
    assertArrayEquals(new float[] {5}, number.copy().toArray());
    assertEquals(6, number.fill(6).get());
    assertEquals(6, Tensor.zeros().copyFrom(number).get());
    assertTrue(number.isContiguous());
    assertSame(number, number.contiguous());
  }

  @Test
  void rejectsTheWrongNumberOfValues() {
    assertRejects(
        "Tensor.of: 6 values cannot fill (2, 4), which has 8 elements",
        () -> Tensor.of(new float[6], 2, 4));
    assertRejects(
        "Tensor.of: 1 value cannot fill (0), which has 0 elements",
        () -> Tensor.of(new float[1], 0));
    assertRejects(
        "Tensor.of: 3 values cannot fill (), which has 1 element;"
            + " for a 1-D tensor: Tensor.of(values, 3)",
        () -> Tensor.of(new float[3]));
  }

  @Test
  void rejectsShapesInTheNameOfTheCallerOperation() {
    assertRejects(
        "Tensor.zeros: axis 1 of (2, -3) is -3; a length is 0 or more", () -> Tensor.zeros(2, -3));
    assertRejects(
        "Tensor.of: axis 0 of (-1) is -1; a length is 0 or more; only reshape works out a -1",
        () -> Tensor.of(new float[3], -1));
    assertRejects(
        "Tensor.zeros: (4611686018427387904) has 4611686018427387904 elements of 4 bytes: more"
            + " than 9223372036854775807 bytes, the most that can be addressed",
        () -> Tensor.zeros(1L << 62));
  }

  @Test
  void rejectsAnIndexOutsideItsAxis() {
    Tensor tensor = Tensor.zeros(2, 3);
    assertOutside(
        "Tensor.get: index (1, 3) is outside (2, 3): axis 1 is 3 but must be 0..2",
        () -> tensor.get(1, 3));
    assertOutside(
        "Tensor.set: index (2, 0) is outside (2, 3): axis 0 is 2 but must be 0..1",
        () -> tensor.set(1, 2, 0));
    assertOutside(
        "Tensor.get: index (0, -1) is outside (2, 3): axis 1 is -1 but must be 0..2;"
            + " select counts negative ones from the end",
        () -> tensor.get(0, -1));
    assertOutside(
        "Tensor.get: index (0) is outside (0): axis 0 is 0 but must be none: it is empty",
        () -> Tensor.zeros(0).get(0));
    assertOutside(
        "Tensor.get: index (1) is outside (1): axis 0 is 1 but must be 0",
        () -> Tensor.zeros(1).get(1));
  }

  @Test
  void rejectsTheWrongNumberOfIndices() {
    assertRejects(
        "Tensor.get: the 3-D (4, 5, 6) takes 3 indices, one an axis, got 2: (1, 2)",
        () -> Tensor.zeros(4, 5, 6).get(1, 2));
    assertRejects("Tensor.get: the 1-D (4) takes 1 index, got none", () -> Tensor.zeros(4).get());
    assertRejects(
        "Tensor.set: the 0-D () takes 0 indices, one an axis, got 1: (0)",
        () -> Tensor.zeros().set(1, 0));
  }

  @Test
  void rejectsAxesThatAreNotThere() {
    Tensor tensor = Tensor.zeros(2, 3);
    String rest = ": (2, 3) has no axis 2: write 0..1, or -2..-1 from the end";
    assertOutside("Tensor.dim" + rest, () -> tensor.dim(2));
    assertOutside("Tensor.stride" + rest, () -> tensor.stride(2));
    assertOutside("Tensor.slice" + rest, () -> tensor.slice(2, 0, 0));
    assertOutside("Tensor.select" + rest, () -> tensor.select(2, 0));
    assertOutside("Tensor.squeeze" + rest, () -> tensor.squeeze(2));
    assertOutside("Tensor.flatten" + rest, () -> tensor.flatten(2));
    assertOutside("Tensor.pad" + rest, () -> tensor.pad(2, 0, 0, 0));
    assertOutside("Tensor.concat" + rest, () -> Tensor.concat(2, tensor));
    assertOutside("Tensor.permute" + rest, () -> tensor.permute(0, 2));
  }

  @Test
  void contiguousIsThisWhereDenseAndACopyWhereNot() {
    Tensor tensor = Plain.counting(3, 4).tensor();
    assertSame(tensor, tensor.contiguous());
    Tensor transposed = tensor.transpose();
    assertFalse(transposed.isContiguous());
    Tensor dense = transposed.contiguous();
    assertNotSame(transposed, dense);
    assertTrue(dense.isContiguous());
    Plain.counting(3, 4).permute(1, 0).assertReads(dense);
    dense.set(-1, 0, 0);
    assertEquals(0, tensor.get(0, 0));
  }

  @Test
  void rowsOfADenseTensorAreDenseAndColumnsAreNot() {
    Tensor tensor = Tensor.zeros(3, 4);
    assertTrue(tensor.slice(0, 1, 3).isContiguous());
    assertTrue(tensor.select(0, 2).isContiguous());
    assertFalse(tensor.slice(1, 0, 2).isContiguous());
    assertFalse(tensor.select(1, 0).isContiguous());
    assertTrue(tensor.slice(1, 1, 1).isContiguous());
    assertTrue(tensor.slice(0, 1, 2).slice(1, 1, 3).isContiguous());
  }

  @Test
  void copyIsIndependent() {
    Tensor tensor = Plain.counting(2, 3).tensor();
    Tensor copy = tensor.copy();
    tensor.set(9, 0, 0);
    Plain.counting(2, 3).assertReads(copy);
  }

  @Test
  void emptyTensorsGoThroughEverything() {
    Tensor empty = Tensor.zeros(3, 0, 2);
    assertEquals(0, empty.toArray().length);
    assertEquals(0, empty.copy().size());
    assertEquals(Shape.of(2, 3, 0), empty.permute(2, 0, 1).copy().shape());
    assertEquals(Shape.of(0, 5), empty.reshape(0, 5).shape());
    assertEquals(Shape.of(0, 5), empty.reshape(-1, 5).shape());
    assertEquals(Shape.of(3, 0), empty.flatten(1).shape());
    assertEquals(Shape.of(3, 0, 1), empty.slice(2, 1, 2).shape());
    assertEquals(Shape.of(0, 2), empty.select(0, 2).shape());
    assertEquals(Shape.of(3, 1, 0, 2), empty.expandDims(1).shape());
    assertEquals(Shape.of(6, 0, 2), Tensor.concat(0, empty, empty).shape());
    assertEquals(Shape.of(2, 3, 0, 2), Tensor.stack(0, empty, empty).shape());
    assertArrayEquals(new float[] {7, 7, 7, 7, 7, 7}, empty.pad(1, 0, 1, 7).toArray());
    assertTrue(empty.allClose(empty.fill(1).copyFrom(empty)));
  }
}
