package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The views: slice, select, expandDims, squeeze, and chains of them. */
class LayoutTest {
  private final Plain plain = Plain.counting(4, 5, 6);
  private final Tensor tensor = plain.tensor();

  @Test
  void sliceTakesAStretchOfAnAxis() {
    plain.slice(0, 1, 3).assertReads(tensor.slice(0, 1, 3));
    plain.slice(1, 0, 5).assertReads(tensor.slice(1, 0, 5));
    plain.slice(2, 2, 3).assertReads(tensor.slice(-1, 2, 3));
    plain.slice(2, 6, 6).assertReads(tensor.slice(2, 6, 6));
  }

  @Test
  void selectDropsAnAxis() {
    plain.select(0, 3).assertReads(tensor.select(0, 3));
    plain.select(1, 4).assertReads(tensor.select(1, -1));
    plain.select(2, 0).assertReads(tensor.select(-1, -6));
  }

  @Test
  void selectReachesRankZero() {
    Tensor number = Tensor.arange(3).select(0, 2);
    assertEquals(Shape.of(), number.shape());
    assertEquals(2, number.get());
  }

  @Test
  void expandDimsInsertsAnAxisAnywhere() {
    plain.reshape(1, 4, 5, 6).assertReads(tensor.expandDims(0));
    plain.reshape(4, 5, 1, 6).assertReads(tensor.expandDims(2));
    plain.reshape(4, 5, 6, 1).assertReads(tensor.expandDims(3));
    plain.reshape(4, 5, 6, 1).assertReads(tensor.expandDims(-1));
    plain.reshape(1, 4, 5, 6).assertReads(tensor.expandDims(-4));
    assertEquals(Shape.of(1), Tensor.zeros().expandDims(0).shape());
  }

  @Test
  void squeezeDropsAnAxisOfLengthOne() {
    plain.assertReads(tensor.expandDims(2).squeeze(2));
    plain.assertReads(tensor.expandDims(0).squeeze(-4));
    assertEquals(Shape.of(), Tensor.zeros(1).squeeze(0).shape());
  }

  @Test
  void squeezeOfNoAxisDropsThemAll() {
    plain.assertReads(tensor.expandDims(2).expandDims(0).expandDims(-1).squeeze());
    assertSame(tensor, tensor.squeeze());
    assertEquals(Shape.of(), Tensor.zeros(1, 1).squeeze().shape());
    assertEquals(Shape.of(0), Tensor.zeros(1, 0, 1).squeeze().shape());
  }

  @Test
  void anAxisOfLengthOneHasTheStrideOfADenseLayout() {
    assertEquals(120, tensor.expandDims(0).stride(0));
    assertEquals(6, tensor.expandDims(2).stride(2));
    assertEquals(1, tensor.expandDims(3).stride(3));
    Tensor row = Tensor.zeros(7, 1).transpose(); // (1, 7)
    assertTrue(row.isContiguous());
    assertEquals(7, row.stride(0));
    Tensor step = Tensor.zeros(4, 10, 3).slice(1, 2, 3); // (4, 1, 3)
    assertEquals(30, step.stride(0));
    assertEquals(3, step.stride(1));
  }

  @Test
  void whatHoldsNothingStaysInsideTheSegment() {
    assertEquals(0, tensor.slice(0, 4, 4).offset());
    assertEquals(0, Tensor.zeros(9, 0).select(0, 8).offset());
    assertEquals(30, tensor.slice(0, 1, 3).slice(2, 6, 6).offset());
    assertTrue(tensor.permute(2, 1, 0).slice(0, 3, 3).isContiguous());
  }

  @Test
  void viewsShareTheMemory() {
    assertSame(tensor.segment(), tensor.slice(0, 1, 2).segment());
    tensor.slice(1, 2, 4).set(-1, 0, 0, 0);
    assertEquals(-1, tensor.get(0, 2, 0));
    tensor.select(1, 3).set(-2, 1, 5);
    assertEquals(-2, tensor.get(1, 3, 5));
    tensor.expandDims(1).set(-3, 2, 0, 0, 0);
    assertEquals(-3, tensor.get(2, 0, 0));
    tensor.expandDims(1).squeeze(1).set(-4, 3, 0, 0);
    assertEquals(-4, tensor.get(3, 0, 0));
    Tensor early = tensor.slice(2, 5, 6);
    tensor.set(-5, 0, 0, 5);
    assertEquals(-5, early.get(0, 0, 0));
  }

  @Test
  void chainsOfViewsReadAsThePlainReferenceDoes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Plain expected = Plain.counting(3, 4, 2, 5);
      Tensor actual = expected.tensor();
      for (int step = 0; step < 4 && actual.rank() > 0; step++) {
        int axis = random.nextInt(actual.rank());
        long length = actual.dim(axis);
        int kind = random.nextInt(5);
        if (kind == 0) {
          int[] axes = shuffledAxes(actual.rank(), random);
          expected = expected.permute(axes);
          actual = actual.permute(axes);
        } else if (kind == 1) {
          long from = random.nextLong(length + 1);
          long to = random.nextLong(from, length + 1);
          expected = expected.slice(axis, from, to);
          actual = actual.slice(axis, from, to);
        } else if (kind == 2) {
          expected = expected.step(axis, length - 1, length, -1);
          actual = actual.flip(axis);
        } else if (kind == 3) {
          long from = random.nextLong(length + 1);
          long by = random.nextLong(1, 4);
          expected = expected.step(axis, from, (length - from + by - 1) / by, by);
          actual = actual.slice(axis, from, length, by);
        } else if (length > 0) {
          long index = random.nextLong(length);
          expected = expected.select(axis, index);
          actual = actual.select(axis, index);
        }
      }
      expected.assertReads(actual);
      expected.assertReads(actual.copy());
      Tensor negated = actual.copy().fill(-1);
      assertTrue(actual.copyFrom(negated).allClose(negated));
      expected.assertReads(actual.copyFrom(expected.tensor()));
    }
  }

  private static int[] shuffledAxes(int rank, Random random) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      axes.add(axis);
    }
    Collections.shuffle(axes, random);
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void rejectsASelectOutsideItsAxis() {
    assertOutside(
        "Tensor.select: index 5 is outside axis 1 of (4, 5, 6): write 0..4, or -5..-1 from the end",
        () -> tensor.select(1, 5));
    assertOutside(
        "Tensor.select: index -6 is outside axis 1 of (4, 5, 6): write 0..4, or -5..-1 from the"
            + " end",
        () -> tensor.select(1, -6));
    assertOutside(
        "Tensor.select: index -1 is outside axis 0 of (0, 2): it is empty",
        () -> Tensor.zeros(0, 2).select(0, -1));
  }

  @Test
  void rejectsToSqueezeALongerAxis() {
    assertRejects(
        "Tensor.squeeze: axis 1 of (4, 5, 6) is 5 long, only a length of 1 can be dropped;"
            + " select(1, index) takes one of its 5",
        () -> tensor.squeeze(1));
    assertRejects(
        "Tensor.squeeze: axis 0 of (0) is 0 long, only a length of 1 can be dropped",
        () -> Tensor.zeros(0).squeeze(0));
  }

  @Test
  void rejectsAPlaceForANewAxisThatIsNotThere() {
    assertOutside(
        "Tensor.expandDims: (4, 5, 6) has no place 4 for a new axis: write 0..3, or -4..-1 from"
            + " the end",
        () -> tensor.expandDims(4));
    assertOutside(
        "Tensor.stack: (4, 5, 6) has no place -5 for a new axis: write 0..3, or -4..-1 from the"
            + " end",
        () -> Tensor.stack(-5, tensor));
  }
}
