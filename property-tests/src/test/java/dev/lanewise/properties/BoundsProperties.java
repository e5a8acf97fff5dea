package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.function.ObjIntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Axes and indices that are not there, and element counts that no memory holds. */
@Tag("no-kernels")
class BoundsProperties {
  /** All that takes an axis. */
  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  enum OnAxis {
    DIM(Tensor::dim),
    STRIDE(Tensor::stride),
    SLICE((t, axis) -> t.slice(axis, 0, 0)),
    STEP((t, axis) -> t.slice(axis, 0, 0, 2)),
    FLIP(Tensor::flip),
    SELECT((t, axis) -> t.select(axis, 0)),
    SQUEEZE(Tensor::squeeze),
    SPLIT((t, axis) -> t.split(axis, 1)),
    SPLIT_SIZES((t, axis) -> t.splitSizes(axis, 1)),
    UNFOLD((t, axis) -> t.unfold(axis, 1, 1)),
    GATHER((t, axis) -> t.gather(axis, 0)),
    GATHER_TENSOR((t, axis) -> t.gather(axis, Tensor.intZeros())),
    PAD((t, axis) -> t.pad(axis, 1, 1, 0)),
    PAD_EDGE((t, axis) -> t.padEdge(axis, 0, 0)),
    PAD_REFLECT((t, axis) -> t.padReflect(axis, 0, 0)),
    CONCAT((t, axis) -> Tensor.concat(axis, t, t));

    private final ObjIntConsumer<Tensor> action;

    OnAxis(ObjIntConsumer<Tensor> action) {
      this.action = action;
    }
  }

  @Property(tries = 1000)
  void anAxisThatIsNotThereIsRejected(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll OnAxis operation) {
    Tensor tensor = view.tensor();
    int rank = tensor.rank();
    if (operation == OnAxis.CONCAT && rank == 0) { // told that it needs an axis, whichever it named
      assertThrows(IllegalArgumentException.class, () -> Tensor.concat(0, tensor));
      return;
    }
    for (int axis : new int[] {rank, -rank - 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> operation.action.accept(tensor, axis),
          () -> "axis " + axis);
    }
  }

  @Property(tries = 1000)
  void aNewAxisBeyondTheResultIsRejected(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view) {
    Tensor tensor = view.tensor();
    int rank = tensor.rank();
    for (int axis : new int[] {rank + 1, -rank - 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> tensor.expandDims(axis));
      assertThrows(IndexOutOfBoundsException.class, () -> Tensor.stack(axis, tensor, tensor));
      if (rank > 0) {
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.flatten(axis));
      }
    }
  }

  @Property(tries = 1000)
  void anIndexThatIsNotThereIsRejected(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view) {
    Tensor tensor = view.tensor();
    long[] zeros = new long[tensor.rank()];
    for (int axis = 0; axis < tensor.rank(); axis++) {
      int along = axis;
      long length = tensor.dim(axis);
      for (long wrong : new long[] {length, -length - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
        long[] index = TensorValues.changed(zeros, axis, wrong);
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(index));
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.select(along, wrong));
      }
    }
    long[] more = new long[tensor.rank() + 1];
    assertThrows(IllegalArgumentException.class, () -> tensor.get(more));
  }

  @Property(tries = 1000)
  void moreElementsThanCanBeCountedAreRejected(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view) {
    Tensor tensor = view.tensor();
    if (tensor.rank() > 0 && tensor.size() > 0) {
      long huge = Long.MAX_VALUE;
      assertThrows(IllegalArgumentException.class, () -> tensor.pad(0, huge, huge, 0));
      assertThrows(IllegalArgumentException.class, () -> tensor.padEdge(0, huge, huge));
      assertThrows(IllegalArgumentException.class, () -> tensor.padReflect(0, huge, huge));
      assertThrows(IllegalArgumentException.class, () -> tensor.pad(0, -1, 0, 0));
      long[] repeats = new long[tensor.rank()];
      repeats[0] = huge;
      if (tensor.dim(0) > 1) {
        assertThrows(IllegalArgumentException.class, () -> tensor.tile(repeats));
      }
      assertThrows(IllegalArgumentException.class, () -> tensor.unfold(0, huge, huge));
      assertThrows(IllegalArgumentException.class, () -> tensor.unfold(0, 1, 0));
    }
  }
}
