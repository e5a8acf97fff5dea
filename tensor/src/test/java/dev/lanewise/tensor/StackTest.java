package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StackTest {
  @Test
  void putsThePartsAlongANewAxisAnywhere() {
    Plain a = Plain.counting(2, 3);
    Plain b = Plain.counting(4, 3).slice(0, 2, 4);
    for (int axis = -3; axis < 3; axis++) {
      int at = axis < 0 ? axis + 3 : axis;
      Tensor stacked = Tensor.stack(axis, a.tensor(), b.tensor());
      assertEquals(Shape.of(Plain.with(a.dims(), at, 2)), stacked.shape());
      a.assertReads(stacked.select(at, 0));
      b.assertReads(stacked.select(at, 1));
    }
  }

  @Test
  void stacksNumbersToAVector() {
    Tensor vector = Tensor.stack(0, Tensor.of(new float[] {3}), Tensor.of(new float[] {4}));
    assertArrayEquals(new float[] {3, 4}, vector.toArray());
    assertEquals(1, vector.rank());
  }

  @Test
  void stacksSequencesPaddedToOneLength() {
    Tensor one = Tensor.arange(3).expandDims(1);
    Tensor other = Tensor.arange(2).expandDims(1).pad(0, 0, 1, 0);
    Tensor batch = Tensor.stack(0, one, other);
    assertEquals(Shape.of(2, 3, 1), batch.shape());
    assertArrayEquals(new float[] {0, 1, 2, 0, 1, 0}, batch.toArray());
  }

  @Test
  void isACopyEvenOfOnePart() {
    Tensor part = Tensor.zeros(3);
    Tensor.stack(0, part).set(1, 0, 0);
    assertEquals(0, part.get(0));
  }

  @Test
  void rejectsPartsOfAnotherShape() {
    assertRejects(
        "Tensor.stack: part 0 is (15, 1) but part 1 is (10, 1); all parts must have one shape."
            + " Sequences of unequal length: pad the shorter first",
        () -> Tensor.stack(0, Tensor.zeros(15, 1), Tensor.zeros(10, 1)));
    assertRejects(
        "Tensor.stack: part 0 is (15, 1) but part 1 is (15); all parts must have one shape",
        () -> Tensor.stack(0, Tensor.zeros(15, 1), Tensor.zeros(15)));
  }

  @Test
  void rejectsNoPartsAndNullParts() {
    assertRejects("Tensor.stack: no parts; give one at least", () -> Tensor.stack(0));
    assertRejects("Tensor.stack: part 0 is null", () -> Tensor.stack(0, (Tensor) null));
  }
}
