package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertFails;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** broadcastTo, and tile, which copies what it stretches. */
class BroadcastTest {
  @Test
  void stretchesAxesOfLengthOneAndAddsAxesInFront() {
    Plain plain = Plain.counting(3, 1, 2);
    Plain stretched =
        plain.gather(new long[] {4, 3, 5, 2}, index -> new long[] {index[1], 0, index[3]});
    Tensor view = plain.tensor().broadcastTo(4, 3, 5, 2);
    stretched.assertReads(view);
    stretched.assertReads(view.copy());
    stretched.permute(3, 1, 0, 2).assertReads(view.permute(3, 1, 0, 2).copy());
    stretched.step(3, 1, 2, -1).assertReads(plain.tensor().flip(2).broadcastTo(4, 3, 5, 2));
    stretched.reshape(12, 10).assertReads(view.reshape(12, 10));
    assertFalse(view.isContiguous());
    assertEquals(0, view.stride(0));
    assertEquals(0, view.stride(2));
  }

  @Test
  void stretchesLargeMatricesInEitherDirection() {
    for (long size : new long[] {1, 2, 15, 16, 17, 65}) {
      Plain row = Plain.counting(size);
      Plain rows = row.gather(new long[] {33, size}, index -> new long[] {index[1]});
      rows.assertReads(row.tensor().broadcastTo(33, size).copy());
      rows.permute(1, 0).assertReads(row.tensor().broadcastTo(33, size).transpose().copy());
    }
  }

  @Test
  void stretchesToNothingAndToItself() {
    assertEquals(Shape.of(3, 0), Tensor.zeros(3, 1).broadcastTo(3, 0).shape());
    assertEquals(Shape.of(2, 3, 0), Tensor.zeros(3, 0).broadcastTo(2, 3, 0).shape());
    assertArrayEquals(new int[] {7, 7}, Tensor.ofInts(new int[] {7}).broadcastTo(2).toIntArray());
    Tensor tensor = Tensor.zeros(3, 2);
    assertSame(tensor, tensor.broadcastTo(3, 2));
  }

  @Test
  void reshapesOfWhatIsStretchedAreViewsWhereTheyCanBe() {
    Tensor all = Tensor.of(new float[] {5}, 1).broadcastTo(4, 6).reshape(2, 12);
    assertEquals(0, all.stride(0));
    assertEquals(0, all.stride(1));
    assertArrayEquals(new float[] {5, 5}, all.slice(1, 0, 1).flatten(0).toArray());
  }

  @Test
  void showsWritesToTheOriginal() {
    Tensor tensor = Tensor.zeros(1);
    Tensor view = tensor.broadcastTo(3);
    tensor.set(4, 0);
    assertArrayEquals(new float[] {4, 4, 4}, view.toArray());
  }

  private static void assertReadOnly(String message, Executable call) {
    assertFails(UnsupportedOperationException.class, message, call);
  }

  @Test
  void rejectsWritesToTheView() {
    Tensor view = Tensor.zeros(2, 1).broadcastTo(2, 3);
    String rest =
        ": elements of this (2, 3) tensor share memory, it is a broadcastTo view; copy() is"
            + " writable";
    assertReadOnly("Tensor.set" + rest, () -> view.set(1, 0, 0));
    assertReadOnly("Tensor.fill" + rest, () -> view.fill(1));
    assertReadOnly("Tensor.copyFrom" + rest, () -> view.copyFrom(Tensor.zeros(2, 3)));
    Tensor ints = Tensor.intZeros(2, 1).broadcastTo(2, 3);
    assertReadOnly("Tensor.setInt" + rest, () -> ints.setInt(1, 0, 0));
    assertReadOnly("Tensor.fillInt" + rest, () -> ints.fillInt(1));
    assertTrue(view.segment().isReadOnly());
    assertReadOnly(
        "Tensor.set: this (2) tensor is read-only: its segment is, as that of a model's weight, which Weight.set(..) changes, or it is a view whose elements share memory (unfold, broadcastTo); copy() is writable",
        () -> view.select(1, 0).set(1, 0));
  }

  @Test
  void rejectsShapesThatDoNotFit() {
    assertRejects(
        "Tensor.broadcastTo: (3, 4) cannot become (3, 8): axis 1 is 4, only a length of 1 can be"
            + " stretched to 8",
        () -> Tensor.zeros(3, 4).broadcastTo(3, 8));
    assertRejects(
        "Tensor.broadcastTo: (3) cannot become (3, 8): axis 0 is 3, only a length of 1 can be"
            + " stretched to 8; axes are matched from the last, expandDims adds others",
        () -> Tensor.zeros(3).broadcastTo(3, 8));
    assertRejects(
        "Tensor.broadcastTo: the 2-D (1, 3) cannot become the 1-D (3); axes are added, never"
            + " dropped",
        () -> Tensor.zeros(1, 3).broadcastTo(3));
    assertRejects(
        "Tensor.broadcastTo: axis 0 of (-1, 3) is -1; a length is 0 or more; only reshape works out"
            + " a -1",
        () -> Tensor.zeros(1, 3).broadcastTo(-1, 3));
  }

  @Test
  void tileRepeatsEveryAxis() {
    Plain plain = Plain.counting(2, 3);
    for (long down : new long[] {0, 1, 2, 3}) {
      for (long across : new long[] {0, 1, 2, 17}) {
        Plain tiled =
            plain.gather(
                new long[] {2 * down, 3 * across},
                index -> new long[] {index[0] % 2, index[1] % 3});
        tiled.assertReads(plain.tensor().tile(down, across));
        Tensor turned = plain.permute(1, 0).tensor().transpose();
        tiled.assertReads(turned.tile(down, across));
        tiled.assertReads(turned.flip(0).copy().flip(0).tile(down, across));
      }
    }
    assertTrue(plain.tensor().tile(2, 2).isContiguous());
  }

  @Test
  void tileIsACopyEvenWhereNothingIsRepeated() {
    Tensor tensor = Tensor.zeros(2);
    tensor.tile(1).set(5, 0);
    assertEquals(0, tensor.get(0));
    assertEquals(0, Tensor.zeros().tile().get());
    assertEquals(Shape.of(0, 6), Tensor.zeros(0, 3).tile(5, 2).shape());
    assertArrayEquals(
        new int[] {1, 2, 1, 2}, Tensor.ofInts(new int[] {1, 2}, 2).tile(2).toIntArray());
  }

  @Test
  void tileRejectsWhatItCannotRepeat() {
    assertRejects(
        "Tensor.tile: the 2-D (2, 3) takes 2 repeats, one an axis, got 1: (4)",
        () -> Tensor.zeros(2, 3).tile(4));
    assertRejects(
        "Tensor.tile: the 1-D (3) takes 1 repeat, one an axis, got none",
        () -> Tensor.zeros(3).tile());
    assertRejects(
        "Tensor.tile: repeats (2, -1) for (2, 3): axis 1 is -1, must be 0 or more",
        () -> Tensor.zeros(2, 3).tile(2, -1));
    assertRejects(
        "Tensor.tile: the lengths of (9223372036854775807, 2) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> Tensor.zeros(2).tile(Long.MAX_VALUE));
  }

  @Test
  void reshapesOfReversedStretchedAndPermutedViewsReadAsTheReferenceDoes() {
    int[][] orders = {{0, 1, 2, 3}, {1, 0, 3, 2}, {3, 2, 1, 0}, {0, 2, 3, 1}};
    long[][] shapes = {{24}, {2, 12}, {12, 2}, {4, 6}, {2, 3, 4}, {1, 2, 2, 6, 1}};
    Plain plain = Plain.counting(2, 1, 3);
    for (int mask = 0; mask < 16; mask++) {
      for (int[] order : orders) {
        Plain expected =
            plain.gather(new long[] {2, 2, 2, 3}, index -> new long[] {index[1], 0, index[3]});
        Tensor actual = plain.tensor().broadcastTo(2, 2, 2, 3);
        for (int axis = 0; axis < 4; axis++) {
          if ((mask >> axis & 1) == 1) {
            long length = actual.dim(axis);
            expected = expected.step(axis, length - 1, length, -1);
            actual = actual.flip(axis);
          }
        }
        expected = expected.permute(order);
        actual = actual.permute(order);
        expected.assertReads(actual.copy());
        for (long[] shape : shapes) {
          expected.reshape(shape).assertReads(actual.reshape(shape));
        }
      }
    }
  }
}
