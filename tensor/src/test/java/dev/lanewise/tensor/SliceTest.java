package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stretches of an axis, from the end, by steps and in reverse. */
class SliceTest {
  private final Plain plain = Plain.counting(4, 5, 6);
  private final Tensor tensor = plain.tensor();

  @Test
  void negativeIndicesCountFromTheEnd() {
    plain.slice(1, 0, 4).assertReads(tensor.slice(1, 0, -1));
    plain.slice(1, 2, 5).assertReads(tensor.slice(1, -3, 5));
    plain.slice(1, 2, 4).assertReads(tensor.slice(1, -3, -1));
    plain.slice(2, 0, 2).assertReads(tensor.slice(-1, -6, -4));
    plain.slice(2, 5, 5).assertReads(tensor.slice(-1, -1, -1));
  }

  @Test
  void walksUpAndDownAsALoopDoes() {
    for (int length = 0; length < 8; length++) {
      Tensor range = Tensor.arange(length);
      for (int step : new int[] {1, 2, 3, 9, -1, -2, -3, -9}) {
        int lowest = step > 0 ? 0 : -1;
        for (int from = lowest; from <= lowest + length; from++) {
          for (int to = lowest; to <= lowest + length; to++) {
            if (step > 0 ? from <= to : from >= to) {
              float[] expected = walk(from, to, step);
              long start = from < 0 ? -length - 1 : from;
              long end = to < 0 ? -length - 1 : to;
              assertArrayEquals(expected, range.slice(0, start, end, step).toArray());
            }
          }
        }
      }
    }
  }

  private static float[] walk(int from, int to, int step) {
    List<Float> walked = new ArrayList<>();
    for (int i = from; step > 0 ? i < to : i > to; i += step) {
      walked.add((float) i);
    }
    float[] values = new float[walked.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = walked.get(i);
    }
    return values;
  }

  @Test
  void stepsFarBeyondTheAxisTakeItsFirst() {
    plain.slice(0, 1, 2).assertReads(tensor.slice(0, 1, 4, Long.MAX_VALUE));
    plain.slice(0, 3, 4).assertReads(tensor.slice(0, 3, 0, Long.MIN_VALUE));
  }

  @Test
  void theExamplesOfTheJavadoc() {
    Tensor ten = Tensor.arange(10);
    assertArrayEquals(new float[] {1, 4, 7}, ten.slice(0, 1, 10, 3).toArray());
    assertArrayEquals(new float[] {4, 3, 2}, ten.slice(0, 4, 1, -1).toArray());
    assertArrayEquals(new float[] {4, 2, 0}, ten.slice(0, 4, -11, -2).toArray());
  }

  @Test
  void flipReversesAnAxis() {
    for (int axis = 0; axis < 3; axis++) {
      long length = plain.dims()[axis];
      plain.step(axis, length - 1, length, -1).assertReads(tensor.flip(axis));
      plain.assertReads(tensor.flip(axis - 3).flip(axis));
    }
    assertEquals(Shape.of(0, 2), Tensor.zeros(0, 2).flip(0).shape());
    assertEquals(0, Tensor.zeros(0, 2).flip(0).offset());
    assertTrue(Tensor.zeros(1, 2).flip(0).isContiguous());
    assertFalse(tensor.flip(0).isContiguous());
    assertEquals(-30, tensor.flip(0).stride(0));
    assertEquals(90, tensor.flip(0).offset());
    assertArrayEquals(
        new int[] {3, 2, 1}, Tensor.ofInts(new int[] {1, 2, 3}, 3).flip(0).toIntArray());
  }

  @Test
  void writesThroughAReversedView() {
    Tensor range = Tensor.arange(4);
    assertSame(range.segment(), range.flip(0).segment());
    range.flip(0).set(9, 0);
    assertArrayEquals(new float[] {0, 1, 2, 9}, range.toArray());
    range.slice(0, 3, 0, -2).fill(7);
    assertArrayEquals(new float[] {0, 7, 2, 7}, range.toArray());
    range.flip(0).copyFrom(Tensor.arange(4));
    assertArrayEquals(new float[] {3, 2, 1, 0}, range.toArray());
  }

  @Test
  void copiesOfReversedMatricesOfEverySizeAreThoseOfTheReference() {
    for (long rows : new long[] {0, 1, 2, 16, 17, 65}) {
      for (long columns : new long[] {0, 1, 2, 16, 17, 65}) {
        Plain counting = Plain.counting(rows, columns);
        Plain reversed = counting.step(0, rows - 1, rows, -1);
        counting.step(1, columns - 1, columns, -1).assertReads(counting.tensor().flip(1).copy());
        reversed.assertReads(counting.tensor().flip(0).copy());
        reversed.permute(1, 0).assertReads(counting.tensor().flip(0).transpose().copy());
        Tensor target = Tensor.zeros(rows, columns);
        target.flip(0).copyFrom(counting.tensor());
        reversed.assertReads(target);
      }
    }
  }

  @Test
  void reversesOverItself() {
    Tensor matrix = Plain.counting(5, 40).tensor();
    matrix.copyFrom(matrix.flip(0));
    Plain.counting(5, 40).step(0, 4, 5, -1).assertReads(matrix);
    Tensor low = Tensor.arange(10);
    low.slice(0, 0, 6).copyFrom(low.slice(0, 9, 3, -1));
    assertArrayEquals(new float[] {9, 8, 7, 6, 5, 4, 6, 7, 8, 9}, low.toArray());
  }

  @Test
  void reshapeOfReversedAxesIsAViewOnlyWhereTheyAreOneRun() {
    Tensor both = tensor.flip(0).flip(1).flip(2);
    assertSame(tensor.segment(), both.reshape(120).segment());
    Plain.counting(120).step(0, 119, 120, -1).assertReads(both.reshape(120));
    assertSame(tensor.segment(), tensor.flip(0).reshape(2, 2, 30).segment());
    plain.step(0, 3, 4, -1).reshape(2, 2, 30).assertReads(tensor.flip(0).reshape(2, 2, 30));
    assertNotSame(tensor.segment(), tensor.flip(0).reshape(120).segment());
    plain.step(0, 3, 4, -1).reshape(120).assertReads(tensor.flip(0).reshape(120));
    Tensor every = tensor.slice(2, 5, -7, -2); // (4, 5, 3)
    plain.step(2, 5, 3, -2).reshape(20, 3).assertReads(every.reshape(20, 3));
    assertSame(tensor.segment(), every.reshape(20, 3).segment());
  }

  @Test
  void rejectsWhatIsOutsideTheAxis() {
    String up = ", outside axis 1 of (4, 5, 6): write 0..5, or -5..-1 from the end";
    assertOutside("Tensor.slice: to is 7" + up, () -> tensor.slice(1, 2, 7));
    assertOutside("Tensor.slice: from is -6" + up, () -> tensor.slice(-2, -6, 2));
    assertOutside("Tensor.slice: from is 6" + up, () -> tensor.slice(1, 6, 6, 2));
    String down = ", outside axis 1 of (4, 5, 6): write 0..4, or -6..-1 from the end";
    assertOutside("Tensor.slice: from is 5" + down, () -> tensor.slice(1, 5, 0, -1));
    assertOutside("Tensor.slice: to is -7" + down, () -> tensor.slice(1, 4, -7, -1));
    assertOutside(
        "Tensor.slice: to is 1, outside axis 0 of (0, 2): it is empty, write 0",
        () -> Tensor.zeros(0, 2).slice(0, 0, 1));
    assertOutside(
        "Tensor.slice: from is 0, outside axis 0 of (0, 2): it is empty, write -1",
        () -> Tensor.zeros(0, 2).slice(0, 0, 0, -1));
  }

  @Test
  void rejectsAStepInTheOtherDirection() {
    assertOutside(
        "Tensor.slice: from 3 comes after to 2 on axis 2 of (4, 5, 6), but a step of 1 walks up;"
            + " slice(2, 3, 2, -1) walks down",
        () -> tensor.slice(-1, 3, 2));
    assertOutside(
        "Tensor.slice: from -3 comes after to 0 on axis 1 of (4, 5, 6), but a step of 1 walks up;"
            + " slice(1, -3, 0, -1) walks down",
        () -> tensor.slice(1, -3, 0));
    assertOutside(
        "Tensor.slice: from 0 comes before to -1 on axis 0 of (4, 5, 6), but a step of -2 walks"
            + " down; slice(0, 0, -1, 2) walks up",
        () -> tensor.slice(0, 0, -1, -2));
  }

  @Test
  void rejectsAStepOfZero() {
    assertRejects(
        "Tensor.slice: the step on axis 1 of (4, 5, 6) is 0; 1 or more walks up, -1 or less down",
        () -> tensor.slice(1, 0, 5, 0));
  }

  @Test
  void rejectsToFlipAnAxisThatIsNotThere() {
    assertOutside(
        "Tensor.flip: (4, 5, 6) has no axis 3: write 0..2, or -3..-1 from the end",
        () -> tensor.flip(3));
  }
}
