package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertFails;
import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class GatherTest {
  private static final int[] INDICES = {2, 0, 0, 1, 2};

  private static Plain gathered(Plain plain, int axis) {
    long[] shape = plain.dims();
    shape[axis] = INDICES.length;
    return plain.gather(
        shape,
        index -> {
          long[] from = index.clone();
          from[axis] = INDICES[(int) index[axis]];
          return from;
        });
  }

  @Test
  void takesTheNamedIndicesOfEveryAxis() {
    Plain plain = Plain.counting(3, 4, 5);
    for (int axis = 0; axis < 3; axis++) {
      Tensor tensor = plain.tensor().gather(axis, INDICES);
      gathered(plain, axis).assertReads(tensor);
      gathered(plain, axis).assertReads(plain.tensor().gather(axis - 3, INDICES));
      assertTrue(tensor.isContiguous());
    }
  }

  @Test
  void takesFromViews() {
    Plain plain = Plain.counting(3, 4, 5);
    for (int axis = 0; axis < 3; axis++) {
      Plain turned = plain.permute(2, 0, 1).step(0, 4, 5, -1);
      Tensor view = plain.tensor().permute(2, 0, 1).flip(0);
      gathered(turned, axis).assertReads(view.gather(axis, INDICES));
      Plain flipped = plain.step(0, 2, 3, -1);
      gathered(flipped, axis).assertReads(plain.tensor().flip(0).gather(axis, INDICES));
    }
    Plain inner = Plain.counting(6, 7).slice(0, 1, 5).slice(1, 2, 6);
    Tensor view = Plain.counting(6, 7).tensor().slice(0, 1, 5).slice(1, 2, 6);
    gathered(inner, 0).assertReads(view.gather(0, INDICES));
    gathered(inner, 1).assertReads(view.gather(1, INDICES));
  }

  @Test
  void theShapeOfTheIndicesTakesThePlaceOfTheAxis() {
    Plain table = Plain.counting(4, 2, 3);
    Tensor ids = Tensor.ofInts(new int[][] {{3, 0}, {-1, 1}, {2, 2}}).transpose(); // (2, 3)
    int[][] rows = {{3, 3, 2}, {0, 1, 2}};
    Plain expected =
        table.gather(
            new long[] {2, 3, 2, 3},
            index -> new long[] {rows[(int) index[0]][(int) index[1]], index[2], index[3]});
    expected.assertReads(table.tensor().gather(0, ids));
    Tensor middle = table.permute(1, 0, 2).tensor().gather(1, ids);
    expected.permute(2, 0, 1, 3).assertReads(middle);
    table.select(0, 3).assertReads(table.tensor().gather(0, Tensor.ofInts(new int[] {-1})));
  }

  @Test
  void takesInts() {
    Tensor labels = Tensor.ofInts(new int[] {10, 20, 30}, 3);
    assertArrayEquals(new int[] {30, 10, 30}, labels.gather(0, -1, -3, 2).toIntArray());
  }

  @Test
  void takesNothing() {
    assertEquals(Shape.of(0, 2), Tensor.zeros(3, 2).gather(0).shape());
    assertEquals(Shape.of(0, 2), Tensor.zeros(0, 2).gather(0).shape());
    assertEquals(Shape.of(2, 0), Tensor.zeros(3, 0).gather(0, 1, 2).shape());
    assertEquals(Shape.of(4, 0, 2), Tensor.zeros(3, 2).gather(0, Tensor.intZeros(4, 0)).shape());
  }

  @Test
  void isACopy() {
    Tensor tensor = Tensor.zeros(2);
    tensor.gather(0, 0, 1).set(5, 0);
    assertEquals(0, tensor.get(0));
  }

  @Test
  void rejectsAnIndexOutsideTheAxis() {
    assertOutside(
        "Tensor.gather: index 3 at position 1 is outside axis 0 of (3, 2): write 0..2, or -3..-1"
            + " from the end",
        () -> Tensor.zeros(3, 2).gather(0, 2, 3));
    assertOutside(
        "Tensor.gather: index -4 at position (1, 0) is outside axis 0 of (3, 2): write 0..2, or"
            + " -3..-1 from the end",
        () -> Tensor.zeros(3, 2).gather(0, Tensor.ofInts(new int[][] {{0, 1}, {-4, 9}})));
    assertOutside(
        "Tensor.gather: index 0 at position 0 is outside axis 0 of (0): it is empty",
        () -> Tensor.zeros(0).gather(0, 0));
    assertOutside(
        "Tensor.gather: () has no axis 0: it is a single number, without axes",
        () -> Tensor.zeros().gather(0, 0));
  }

  @Test
  void rejectsIndicesThatAreNotInts() {
    assertRejects(
        "Tensor.gather: the indices are float32, must be int32: gather(axis, indices.toInt())",
        () -> Tensor.zeros(3).gather(0, Tensor.zeros(2)));
  }

  @Test
  void namesTheOperationWhenAnArenaIsClosed() {
    Arena arena = Arena.ofConfined();
    Tensor ids = Tensor.intZeros(arena, 2);
    arena.close();
    String message =
        "Tensor.gather: the Arena of this (2) tensor was closed; use it before that, or keep a"
            + " copy()";
    assertFails(IllegalStateException.class, message, () -> Tensor.zeros(3).gather(0, ids));
    assertFails(IllegalStateException.class, message, () -> ids.gather(0, 1));
  }
}
