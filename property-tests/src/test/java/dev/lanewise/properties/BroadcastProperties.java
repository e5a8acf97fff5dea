package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** BroadcastTo: which element is shown where, and that nothing can be written. */
@Tag("no-kernels")
class BroadcastProperties {
  /** A view and a shape that it stretches to. */
  record Stretched(ViewRecipe view, ViewMove.Broadcast to) {
    boolean changes() {
      return !to.dims().equals(Arrays.stream(view.dims()).boxed().toList());
    }
  }

  @Provide
  Arbitrary<Stretched> broadcasts() {
    return Combinators.combine(
            ViewRecipe.readable(), ViewRecipe.picks(), ViewRecipe.picks(), ViewRecipe.picks())
        .as(
            (any, ones, a, b) -> {
              // Ones to stretch, which arbitrary views have few of.
              ViewRecipe view = any;
              for (int axis = 0; axis < any.rank(); axis++) {
                if ((ones >> axis) % 2 == 1 && any.dims()[axis] > 0) {
                  view = view.then(new ViewMove.Slice(axis, 0, 1));
                }
              }
              return new Stretched(view, ViewMove.Broadcast.pick(a, b, view.dims()));
            })
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void anElementIsShownWhereverItsAxesAreStretched(
      @ForAll("broadcasts") Stretched of, @ForAll ElementType type) {
    of.to().on(of.view().values()).assertReads(of.to().on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void aCopyOfABroadcastIsTheBroadcast(
      @ForAll("broadcasts") Stretched of, @ForAll ElementType type) {
    of.to().on(of.view().values()).assertReads(of.to().on(of.view().tensor(type)).copy());
  }

  @Property(tries = 1000)
  void twoStepsOfStretchingAreOne(@ForAll("broadcasts") Stretched of) {
    Tensor tensor = of.view().tensor();
    List<Long> dims = of.to().dims();
    int more = dims.size() - tensor.rank();
    long[] first = TensorValues.dims(dims.subList(more, dims.size()));
    Tensor twice = of.to().on(tensor.broadcastTo(first));
    TensorValues.read(of.to().on(tensor)).assertReads(twice);
  }

  @Property(tries = 1000)
  void aBroadcastViewIsReadOnly(@ForAll("broadcasts") Stretched of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor wide = of.to().on(of.view().on(base));
    if (of.changes()) {
      assertThrows(UnsupportedOperationException.class, () -> wide.fill(-7));
      assertThrows(UnsupportedOperationException.class, () -> wide.copyFrom(wide.copy()));
      assertEquals(true, wide.segment().isReadOnly());
    }
    of.view().baseValues().assertReads(base);
  }

  @Property(tries = 1000)
  void anAxisThatIsNotOneLongKeepsItsLength(@ForAll("broadcasts") Stretched of) {
    Tensor tensor = of.view().tensor();
    for (int axis = 0; axis < tensor.rank(); axis++) {
      if (tensor.dim(axis) != 1) {
        long[] dims = TensorValues.changed(of.view().dims(), axis, tensor.dim(axis) + 1);
        assertThrows(IllegalArgumentException.class, () -> tensor.broadcastTo(dims));
      }
    }
    if (tensor.rank() > 0) {
      long[] fewer = TensorValues.without(of.view().dims(), 0);
      assertThrows(IllegalArgumentException.class, () -> tensor.broadcastTo(fewer));
    }
  }
}
