package dev.lanewise.properties;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * Where a tensor of a given shape lies: which of the orders its axes have in memory, and how much
 * NaN is before and after it on each axis.
 */
record ViewLayout(int order, int before, int after) {

  static Arbitrary<ViewLayout> layouts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 23),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2))
        .as(ViewLayout::new);
  }

  /** For {@code @ForAll(supplier = ..)}. */
  static final class Any implements ArbitrarySupplier<ViewLayout> {
    @Override
    public Arbitrary<ViewLayout> get() {
      return layouts();
    }
  }

  private List<Integer> axes(int rank) {
    return ViewMove.order(order, rank);
  }

  /** The whole of the memory, full of NaN. */
  Tensor memory(long... dims) {
    long[] outer = new long[dims.length];
    List<Integer> axes = axes(dims.length);
    for (int axis = 0; axis < dims.length; axis++) {
      outer[axis] = before + dims[axes.get(axis)] + after;
    }
    return Tensor.zeros(outer).fill(Float.NaN);
  }

  /** The moves from the memory to the tensor. */
  Tensor view(Tensor memory) {
    Tensor view = memory;
    for (int axis = 0; axis < memory.rank(); axis++) {
      view = view.slice(axis, before, memory.dim(axis) - after);
    }
    return new ViewMove.Permute(axes(memory.rank())).inverse().on(view);
  }

  /** A tensor of these values that lies so; written element by element. */
  Tensor place(TensorValues values) {
    Tensor view = view(memory(values.dims()));
    TensorValues.forEachIndex(values.dims(), index -> view.set(values.at(index), index));
    return view;
  }

  /** How many numbers in a memory are no NaN. */
  static int written(Tensor memory) {
    int written = 0;
    for (float value : TensorValues.read(memory).values()) {
      written += Float.isNaN(value) ? 0 : 1;
    }
    return written;
  }
}
