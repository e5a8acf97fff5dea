package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Tile: copies side by side along any axes. */
@Tag("no-kernels")
class TileProperties {
  /** A view and how often it is repeated along each axis. */
  record Tiled(ViewRecipe view, List<Long> repeats) {
    Tensor on(Tensor tensor) {
      return tensor.tile(TensorValues.dims(repeats));
    }
  }

  @Provide
  Arbitrary<Tiled> tiles() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.size() <= 200),
            Arbitraries.longs().between(0, 3).list().ofSize(ViewMove.MAX_RANK))
        .as((view, repeats) -> new Tiled(view, repeats.subList(0, view.rank())))
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void tileRepeatsTheIndexModuloTheLength(@ForAll("tiles") Tiled of, @ForAll ElementType type) {
    TensorValues source = of.view().values();
    long[] dims = source.dims();
    long[] shape = dims.clone();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] *= of.repeats().get(axis);
    }
    source
        .gather(
            shape,
            index -> {
              long[] at = new long[dims.length];
              for (int axis = 0; axis < dims.length; axis++) {
                at[axis] = index[axis] % dims[axis];
              }
              return at;
            })
        .assertReads(of.on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void tileIsAConcatOfCopies(@ForAll("tiles") Tiled of, @ForAll ElementType type) {
    Tensor joined = of.view().tensor(type);
    for (int axis = 0; axis < of.repeats().size(); axis++) {
      int repeats = of.repeats().get(axis).intValue();
      joined =
          repeats == 0
              ? joined.slice(axis, 0, 0)
              : Tensor.concat(axis, Collections.nCopies(repeats, joined).toArray(Tensor[]::new));
    }
    TensorValues.read(joined).assertReads(of.on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void tileIsADenseCopy(@ForAll("tiles") Tiled of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor tiled = of.on(of.view().on(base));
    assertTrue(tiled.isContiguous());
    tiled.fill(-7);
    of.view().baseValues().assertReads(base);
  }

  @Property(tries = 1000)
  void repeatsThatAreNotOneAnAxisOrNegativeAreRejected(@ForAll("tiles") Tiled of) {
    Tensor tensor = of.view().tensor();
    long[] more = new long[tensor.rank() + 1];
    assertThrows(IllegalArgumentException.class, () -> tensor.tile(more));
    for (int axis = 0; axis < tensor.rank(); axis++) {
      long[] negative = TensorValues.changed(TensorValues.dims(of.repeats()), axis, -1);
      assertThrows(IllegalArgumentException.class, () -> tensor.tile(negative));
    }
  }
}
