package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ReshapeTest {
  private final Plain plain = Plain.counting(4, 6);
  private final Tensor tensor = plain.tensor();

  @Test
  void keepsTheFlatOrder() {
    plain.reshape(2, 3, 4).assertReads(tensor.reshape(2, 3, 4));
    plain.reshape(24).assertReads(tensor.reshape(24));
    plain.reshape(1, 24, 1).assertReads(tensor.reshape(1, 24, 1));
    Plain.counting(1).reshape().assertReads(Tensor.arange(1).reshape());
    Plain.counting(1).reshape(1, 1).assertReads(Tensor.zeros().reshape(1, 1));
  }

  @Test
  void worksOutOneLength() {
    assertEquals(Shape.of(3, 8), tensor.reshape(3, -1).shape());
    assertEquals(Shape.of(24), tensor.reshape(-1).shape());
    assertEquals(Shape.of(2, 1, 12), tensor.reshape(2, -1, 12).shape());
    assertEquals(Shape.of(1), Tensor.zeros().reshape(-1).shape());
    assertEquals(Shape.of(0, 4), Tensor.zeros(0, 2).reshape(-1, 4).shape());
  }

  @Test
  void isAViewOfADenseTensor() {
    tensor.reshape(24).set(-1, 23);
    assertEquals(-1, tensor.get(3, 5));
  }

  @Test
  void isAViewWhereTheStridesAllow() {
    Tensor columns = tensor.slice(1, 1, 5); // (4, 4), rows 6 apart
    Tensor view = columns.reshape(2, 2, 2, 2);
    assertSame(tensor.segment(), view.segment());
    plain.slice(1, 1, 5).reshape(2, 2, 2, 2).assertReads(view);
    Tensor transposed = tensor.transpose(); // (6, 4)
    assertSame(tensor.segment(), transposed.reshape(3, 2, 1, 4).segment());
    plain.permute(1, 0).reshape(3, 2, 1, 4).assertReads(transposed.reshape(3, 2, 1, 4));
    Tensor column = tensor.select(1, 2);
    assertSame(tensor.segment(), column.reshape(1, 2, 2, 1).segment());
    plain.select(1, 2).reshape(1, 2, 2, 1).assertReads(column.reshape(1, 2, 2, 1));
  }

  @Test
  void isACopyWhereTheStridesDoNotAllow() {
    Tensor copy = tensor.transpose().reshape(4, 6);
    assertNotSame(tensor.segment(), copy.segment());
    plain.permute(1, 0).reshape(4, 6).assertReads(copy);
    copy.set(-1, 0, 0);
    assertEquals(0, tensor.get(0, 0));
    assertNotSame(tensor.segment(), tensor.slice(1, 1, 5).reshape(16).segment());
    plain.slice(1, 1, 5).reshape(16).assertReads(tensor.slice(1, 1, 5).reshape(16));
  }

  @Test
  void readsRightWhateverTheStridesAndTheShape() {
    Plain box = Plain.counting(2, 3, 4, 1);
    int[][] orders = {{0, 1, 2, 3}, {1, 0, 3, 2}, {3, 2, 1, 0}, {0, 2, 1, 3}, {2, 3, 0, 1}};
    long[][] shapes = {
      {24}, {4, 6}, {6, 4}, {2, 12}, {3, 8}, {2, 2, 6}, {1, 3, 2, 2, 2}, {12, 1, 2}
    };
    for (int[] order : orders) {
      for (long[] shape : shapes) {
        box.permute(order).reshape(shape).assertReads(box.tensor().permute(order).reshape(shape));
      }
    }
  }

  @Test
  void flattenMergesTheAxesFromOneOn() {
    Plain box = Plain.counting(2, 3, 4);
    box.reshape(2, 12).assertReads(box.tensor().flatten(1));
    box.reshape(24).assertReads(box.tensor().flatten(0));
    box.assertReads(box.tensor().flatten(-1));
    box.permute(0, 2, 1).reshape(2, 12).assertReads(box.tensor().permute(0, 2, 1).flatten(1));
    assertEquals(Shape.of(1), Tensor.zeros().flatten(0).shape());
  }

  @Test
  void flattenIsAViewOfADenseTensor() {
    Tensor box = Tensor.zeros(2, 3, 4);
    box.flatten(1).set(5, 1, 11);
    assertEquals(5, box.get(1, 2, 3));
  }

  @Test
  void rejectsAnotherNumberOfElements() {
    assertRejects(
        "Tensor.reshape: (4, 6) has 24 elements, (5, 5) has 25", () -> tensor.reshape(5, 5));
    assertRejects("Tensor.reshape: () has 1 element, (0) has 0", () -> Tensor.zeros().reshape(0));
    assertRejects("Tensor.reshape: (4, 6) has 24 elements, () has 1", () -> tensor.reshape());
  }

  @Test
  void rejectsALengthThatCannotBeWorkedOut() {
    assertRejects(
        "Tensor.reshape: (10, 5) has 50 elements, (5, -1, 3) cannot hold them: 50 is not a multiple"
            + " of 15",
        () -> Tensor.zeros(10, 5).reshape(5, -1, 3));
    assertRejects(
        "Tensor.reshape: (-1, 2, -1) has more than one -1; only one length can be worked out",
        () -> tensor.reshape(-1, 2, -1));
    assertRejects(
        "Tensor.reshape: the -1 of (0, -1) could be anything: the other axes hold 0 elements;"
            + " write its length",
        () -> Tensor.zeros(0, 3).reshape(0, -1));
  }

  @Test
  void rejectsImpossibleLengths() {
    assertRejects(
        "Tensor.reshape: axis 1 of (4, -6) is -6; a length is 0 or more",
        () -> tensor.reshape(4, -6));
    assertRejects(
        "Tensor.reshape: axis 1 of (-1, -6) is -6; a length is 0 or more",
        () -> tensor.reshape(-1, -6));
    assertRejects(
        "Tensor.reshape: the lengths of (4294967296, 4294967296) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> tensor.reshape(1L << 32, 1L << 32));
  }

  @Test
  void rejectsToFlattenFromAnAxisThatIsNotThere() {
    assertOutside(
        "Tensor.flatten: () has no axis 1: it is a single number, without axes",
        () -> Tensor.zeros().flatten(1));
  }
}
