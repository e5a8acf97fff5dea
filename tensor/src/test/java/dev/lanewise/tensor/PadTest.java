package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PadTest {
  @Test
  void lengthensEveryAxisAtBothEnds() {
    Plain plain = Plain.counting(2, 3, 4);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      Tensor padded = plain.tensor().pad(axis, 2, 1, -1);
      long[] shape = {2, 3, 4};
      shape[axis] += 3;
      assertEquals(Shape.of(shape), padded.shape());
      Plain.forEachIndex(
          shape,
          index -> {
            long[] inside = index.clone();
            inside[along] -= 2;
            boolean pad = inside[along] < 0 || inside[along] >= plain.dims()[along];
            assertEquals(pad ? -1 : plain.at(inside), padded.get(index));
          });
    }
  }

  @Test
  void padsViewsAndAddsNothingWhereNothingIsAsked() {
    Plain plain = Plain.counting(3, 4);
    plain.permute(1, 0).assertReads(plain.tensor().transpose().pad(-1, 0, 0, 9));
  }

  @Test
  void isACopyEvenWhereNothingIsAdded() {
    Tensor tensor = Tensor.zeros(3);
    tensor.pad(0, 0, 0, 1).set(1, 0);
    assertEquals(0, tensor.get(0));
  }

  @Test
  void rejectsToShorten() {
    assertRejects(
        "Tensor.pad: before is -2 and after is 1, both must be 0 or more;"
            + " slice(1, from, to) shortens axis 1 of (5, 9)",
        () -> Tensor.zeros(5, 9).pad(-1, -2, 1, 0));
    assertRejects(
        "Tensor.pad: before is 0 and after is -1, both must be 0 or more;"
            + " slice(0, from, to) shortens axis 0 of (5)",
        () -> Tensor.zeros(5).pad(0, 0, -1, 0));
  }

  @Test
  void rejectsAnAxisThatGrowsTooLong() {
    assertRejects(
        "Tensor.pad: axis 0 of (5) with 9223372036854775807 before and 0 after is longer than"
            + " 9223372036854775807",
        () -> Tensor.zeros(5).pad(0, Long.MAX_VALUE, 0, 0));
    assertRejects(
        "Tensor.pad: the lengths of (4611686018427387905, 2) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> Tensor.zeros(1, 2).pad(0, 0, 1L << 62, 0));
  }
}
