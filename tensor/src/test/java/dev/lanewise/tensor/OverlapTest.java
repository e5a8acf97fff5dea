package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private final Tensor table = Tensor.arange(10 * 6).reshape(10, 6);

  @Test
  void whatLiesApartInOneTableSharesNothing() {
    apart(t -> t.slice(0, 0, 5), t -> t.slice(0, 5, 10)); // rows
    apart(t -> t.slice(1, 0, 3), t -> t.slice(1, 3, 6)); // columns
    apart(t -> t.slice(1, 0, 1), t -> t.slice(1, 5, 6));
    apart(t -> t.slice(0, 2, 9).slice(1, 0, 3), t -> t.slice(0, 0, 8).slice(1, 3, 6));
    apart(t -> t.slice(0, 0, 10, 2), t -> t.slice(0, 1, 10, 2)); // even and odd rows
    apart(t -> t.slice(1, 0, 6, 2), t -> t.slice(1, 1, 6, 2)); // even and odd columns
    apart(t -> t.slice(1, 0, 3).flip(0), t -> t.slice(1, 3, 6));
    apart(t -> t.slice(1, 0, 3).flip(1).transpose(), t -> t.slice(1, 3, 6).flip(0));
    apart(t -> t.slice(0, 0, 5).slice(1, 0, 3), t -> t.slice(0, 5, 10).slice(1, 2, 5));
    apart(t -> t.select(1, 0), t -> t.select(1, 1));
    apart(t -> t.slice(0, 4, 4), t -> t); // nothing
  }

  @Test
  void whatHasAnElementInCommonSharesIt() {
    together(t -> t, t -> t);
    together(t -> t, t -> t.flip(0));
    together(t -> t.slice(0, 0, 6), t -> t.slice(0, 5, 10));
    together(t -> t.slice(1, 0, 4), t -> t.slice(1, 3, 6));
    together(t -> t.slice(0, 0, 10, 2), t -> t.slice(0, 0, 10, 3));
    together(t -> t.select(0, 9), t -> t.select(1, 5));
    together(t -> t.select(0, 3).broadcastTo(4, 6), t -> t.slice(0, 3, 4));
    together(t -> t.unfold(0, 3, 1), t -> t.slice(0, 9, 10));
  }

  @Test
  void twoTensorsShareNothing() {
    assertFalse(table.mayShareMemory(table.copy()));
    assertFalse(Tensor.zeros(3).mayShareMemory(Tensor.intZeros(3)));
  }

  private void apart(UnaryOperator<Tensor> one, UnaryOperator<Tensor> other) {
    assertFalse(one.apply(table).mayShareMemory(other.apply(table)));
    assertFalse(other.apply(table).mayShareMemory(one.apply(table)));
  }

  private void together(UnaryOperator<Tensor> one, UnaryOperator<Tensor> other) {
    assertTrue(one.apply(table).mayShareMemory(other.apply(table)));
    assertTrue(other.apply(table).mayShareMemory(one.apply(table)));
  }

  @Test
  void theSameViewIsTheSameElementsInTheSameOrder() {
    assertTrue(table.isSameView(table.slice(0, 0, 10)));
    assertTrue(table.isSameView(table.flip(1).flip(1)));
    assertTrue(table.isSameView(table.expandDims(1)));
    assertTrue(table.expandDims(0).expandDims(-1).isSameView(table.expandDims(1)));
    assertFalse(table.isSameView(table.flip(0)));
    assertFalse(table.isSameView(table.slice(0, 0, 9)));
    assertFalse(table.isSameView(table.reshape(6, 10)));
    assertFalse(table.isSameView(table.flatten(0)));
    assertFalse(table.isSameView(table.copy()));
    Tensor square = table.slice(0, 0, 6);
    assertFalse(square.isSameView(square.transpose()));
  }

  /** Against the sets of elements; how often a view is suspected that shares nothing is counted. */
  @Test
  void neverSaysNoWhereAnElementIsShared() {
    Random random = new Random(7);
    Tensor block = Tensor.zeros(4, 5, 6);
    int suspected = 0;
    int pairs = 20_000;
    for (int round = 0; round < pairs; round++) {
      Tensor one = view(block, random);
      Tensor other = view(block, random);
      Set<Long> common = positions(one);
      common.retainAll(positions(other));
      boolean may = one.mayShareMemory(other);
      assertTrue(may || common.isEmpty(), () -> one.shape() + " and " + other.shape());
      suspected += may && common.isEmpty() ? 1 : 0;
    }
    assertTrue(suspected < pairs / 50, suspected + " of " + pairs);
  }

  private static Tensor view(Tensor block, Random random) {
    Tensor view = block;
    for (int axis = 0; axis < 3; axis++) {
      long from = random.nextLong(block.dim(axis));
      long to = from + 1 + random.nextLong(block.dim(axis) - from);
      view = view.slice(axis, from, to, 1 + random.nextLong(3));
      view = random.nextInt(4) == 0 ? view.flip(axis) : view;
    }
    view = random.nextInt(3) == 0 ? view.permute(2, 0, 1) : view;
    return random.nextInt(3) == 0 ? view.select(random.nextInt(3), 0) : view;
  }

  private static Set<Long> positions(Tensor view) {
    Set<Long> positions = new HashSet<>();
    for (long flat = 0; flat < view.size(); flat++) {
      long[] index = view.shape().index(flat);
      long at = view.offset();
      for (int axis = 0; axis < index.length; axis++) {
        at += index[axis] * view.stride(axis);
      }
      positions.add(at);
    }
    return positions;
  }

  // Every operation of a tensor that is given where to write.

  @Test
  void copyFromIsAsIfTheSourceHadBeenCopiedAside() {
    Tensor row = Tensor.arange(8);
    row.slice(0, 1, 8).copyFrom(row.slice(0, 0, 7));
    assertArrayEquals(new float[] {0, 0, 1, 2, 3, 4, 5, 6}, row.toArray());
    row.copyFrom(row.flip(0));
    assertArrayEquals(new float[] {6, 5, 4, 3, 2, 1, 0, 0}, row.toArray());
    Tensor square = Tensor.arange(9).reshape(3, 3);
    square.copyFrom(square.transpose());
    assertArrayEquals(new float[] {0, 3, 6, 1, 4, 7, 2, 5, 8}, square.toArray());
    Tensor halves = Tensor.arange(8).reshape(2, 4);
    halves.slice(1, 2, 4).copyFrom(halves.slice(1, 0, 2)); // interleaved, nothing shared
    assertArrayEquals(new float[] {0, 1, 0, 1, 4, 5, 4, 5}, halves.toArray());
  }

  @Test
  void copyPaddedTakesTheVeryPartThatItCopiesToAndNoOtherOfItself() {
    Tensor row = Tensor.arange(5);
    assertSame(row, row.copyPadded(0, row.slice(0, 1, 3), 1, 9));
    assertArrayEquals(new float[] {9, 1, 2, 9, 9}, row.toArray());
    Tensor target = Tensor.zeros(4, 3);
    String message =
        "Tensor.copyPadded: the source (2, 3) shares memory with the (4, 3) that it is copied to;"
            + " give a source.copy()";
    assertRejects(message, () -> target.copyPadded(0, target.slice(0, 0, 2), 1, 0));
    assertRejects(message, () -> target.copyPadded(0, target.slice(0, 1, 3).flip(0), 1, 0));
    assertEquals(0, target.get(0, 0));
  }
}
