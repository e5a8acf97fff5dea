package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConcatTest {
  @Test
  void joinsAlongEveryAxisAsTheReferenceDoes() {
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      long[] longer = {2, 3, 4};
      longer[along] += 2;
      Plain a = Plain.counting(2, 3, 4);
      Plain b = Plain.counting(longer);
      Tensor joined = Tensor.concat(axis, a.tensor(), b.tensor());
      long[] shape = {2, 3, 4};
      shape[along] += longer[along];
      assertEquals(Shape.of(shape), joined.shape());
      assertTrue(joined.isContiguous());
      Plain.forEachIndex(
          shape,
          index -> {
            long[] inB = index.clone();
            inB[along] -= a.dims()[along];
            float expected = inB[along] < 0 ? a.at(index) : b.at(inB);
            assertEquals(expected, joined.get(index));
          });
    }
  }

  @Test
  void addsAFeatureToASeries() {
    Tensor series = Tensor.zeros(100, 20, 1);
    Tensor feature = Tensor.zeros(100, 20, 1).fill(1);
    Tensor both = Tensor.concat(2, series, feature);
    assertEquals(Shape.of(100, 20, 2), both.shape());
    assertEquals(0, both.get(99, 19, 0));
    assertEquals(1, both.get(99, 19, 1));
  }

  @Test
  void joinsViewsAndEmptyPartsAndTheSamePartTwice() {
    Plain plain = Plain.counting(3, 4);
    Tensor view = plain.tensor().transpose();
    Tensor joined = Tensor.concat(-1, view, Tensor.zeros(4, 0), view);
    plain.permute(1, 0).assertReads(joined.slice(1, 0, 3));
    plain.permute(1, 0).assertReads(joined.slice(1, 3, 6));
  }

  @Test
  void isACopyEvenOfOnePart() {
    Tensor part = Tensor.zeros(3);
    Tensor.concat(0, part).set(1, 0);
    assertEquals(0, part.get(0));
  }

  @Test
  void rejectsPartsThatDifferInAnotherAxis() {
    assertRejects(
        "Tensor.concat: axis 1: part 0 is (100, 20, 1) but part 1 is (100, 19, 1);"
            + " all axes but axis 2 must agree: axis 1 is 20 and 19",
        () -> Tensor.concat(2, Tensor.zeros(100, 20, 1), Tensor.zeros(100, 19, 1)));
    assertRejects(
        "Tensor.concat: axis 0: part 0 is (2, 3) but part 2 is (4, 3);"
            + " all axes but axis 1 must agree: axis 0 is 2 and 4",
        () -> Tensor.concat(-1, Tensor.zeros(2, 3), Tensor.zeros(2, 1), Tensor.zeros(4, 3)));
  }

  @Test
  void rejectsPartsOfAnotherRank() {
    assertRejects(
        "Tensor.concat: part 0 is the 3-D (100, 20, 1) but part 1 is the 2-D (100, 20);"
            + " expandDims(2) on part 1 adds an axis",
        () -> Tensor.concat(2, Tensor.zeros(100, 20, 1), Tensor.zeros(100, 20)));
    assertRejects(
        "Tensor.concat: part 0 is the 1-D (3) but part 1 is the 2-D (2, 3);"
            + " expandDims(0) on part 0 adds an axis",
        () -> Tensor.concat(0, Tensor.zeros(3), Tensor.zeros(2, 3)));
    assertRejects(
        "Tensor.concat: part 0 is the 3-D (1, 1, 1) but part 1 is the 1-D (1)",
        () -> Tensor.concat(0, Tensor.zeros(1, 1, 1), Tensor.zeros(1)));
  }

  @Test
  void rejectsWhatHasNoAxisToJoinAlong() {
    assertRejects(
        "Tensor.concat: part 0 is a single number, without an axis to join along;"
            + " Tensor.stack(0, ..) makes an axis",
        () -> Tensor.concat(0, Tensor.zeros()));
    assertOutside(
        "Tensor.concat: (2) has no axis 1: write 0..0, or -1..-1 from the end",
        () -> Tensor.concat(1, Tensor.zeros(2)));
  }

  @Test
  void rejectsNoPartsAndNullParts() {
    assertRejects("Tensor.concat: no parts; give one at least", () -> Tensor.concat(0));
    assertRejects(
        "Tensor.concat: part 1 is null", () -> Tensor.concat(0, Tensor.zeros(2), (Tensor) null));
  }

  @Test
  void rejectsAnAxisThatGrowsTooLong() {
    Tensor huge = Tensor.zeros(Long.MAX_VALUE, 0);
    assertRejects(
        "Tensor.concat: axis 0 of the parts, the first of them (9223372036854775807, 0), adds up to"
            + " more than 9223372036854775807",
        () -> Tensor.concat(0, huge, huge));
  }
}
