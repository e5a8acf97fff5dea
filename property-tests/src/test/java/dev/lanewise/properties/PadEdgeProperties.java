package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** PadEdge, along any axis of any view. */
@Tag("no-kernels")
class PadEdgeProperties {
  @Provide
  Arbitrary<PadProperties.Padding> paddings() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.rank() > 0 && view.size() > 0),
            ViewRecipe.picks(),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, 6))
        .as(
            (view, axis, before, after) ->
                new PadProperties.Padding(view, ViewMove.signed(axis, view.rank()), before, after))
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void padEdgeReadsTheNearestIndex(
      @ForAll("paddings") PadProperties.Padding of, @ForAll ElementType type) {
    long length = of.view().dims()[of.along()];
    of.gathered(at -> Math.clamp(at, 0, length - 1))
        .assertReads(of.view().tensor(type).padEdge(of.axis(), of.before(), of.after()));
  }

  @Property(tries = 1000)
  void padEdgeThenSliceIsTheIdentity(
      @ForAll("paddings") PadProperties.Padding of, @ForAll ElementType type) {
    Tensor padded = of.view().tensor(type).padEdge(of.axis(), of.before(), of.after());
    long to = of.before() + of.view().dims()[of.along()];
    of.view().values().assertReads(padded.slice(of.axis(), of.before(), to));
  }

  @Property(tries = 1000)
  void anEmptyAxisHasNoEdge(@ForAll("paddings") PadProperties.Padding of) {
    Tensor empty = of.view().tensor().slice(of.axis(), 0, 0);
    TensorValues.read(empty).assertReads(empty.padEdge(of.axis(), 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> empty.padEdge(of.axis(), of.before(), of.after() + 1));
  }
}
