package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Pad, along any axis of any view. */
class PadProperties {
  /** A view and what to put at either end of one of its axes. */
  record Padding(ViewRecipe view, int axis, int before, int after) {
    int along() {
      return ViewMove.fromStart(axis, view.rank());
    }

    Tensor padded(Tensor tensor) {
      return tensor.pad(axis, before, after, -7);
    }
  }

  @Provide
  Arbitrary<Padding> paddings() {
    return Combinators.combine(
            ViewRecipe.views().filter(view -> view.rank() > 0),
            ViewRecipe.picks(),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 4))
        .as(
            (view, axis, before, after) ->
                new Padding(view, ViewMove.signed(axis, view.rank()), before, after));
  }

  @Property(tries = 1000)
  void padThenSliceIsTheIdentity(@ForAll("paddings") Padding of) {
    Tensor padded = of.padded(of.view().tensor());
    long length = of.view().dims()[of.along()];
    of.view().values().assertReads(padded.slice(of.axis(), of.before(), of.before() + length));
  }

  @Property(tries = 1000)
  void paddingLiesAtTheEndsOfItsAxisAndNowhereElse(@ForAll("paddings") Padding of) {
    TensorValues source = of.view().values();
    int along = of.along();
    long length = source.dims()[along];
    Tensor padded = of.padded(of.view().tensor());
    long[] longer = TensorValues.changed(source.dims(), along, of.before() + length + of.after());
    assertEquals(Shape.of(longer), padded.shape());
    TensorValues.forEachIndex(
        longer,
        index -> {
          long at = index[along] - of.before();
          boolean inside = at >= 0 && at < length;
          float expected = inside ? source.at(TensorValues.changed(index, along, at)) : -7;
          assertEquals(expected, padded.get(index));
        });
  }

  @Property(tries = 500)
  void padIsADenseCopy(@ForAll("paddings") Padding of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor padded = of.padded(of.view().on(base));
    assertTrue(padded.isContiguous());
    padded.fill(-8);
    of.view().baseValues().assertReads(base);
  }

  @Property(tries = 300)
  void paddingTwiceIsPaddingByTheSum(@ForAll("paddings") Padding of) {
    Tensor once = of.padded(of.view().tensor());
    Tensor twice =
        of.view().tensor().pad(of.axis(), of.before(), 0, -7).pad(of.axis(), 0, of.after(), -7);
    TensorValues.read(once).assertReads(twice);
  }
}
