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

/** PadReflect, along any axis of any view. */
@Tag("no-kernels")
class PadReflectProperties {
  @Provide
  Arbitrary<PadProperties.Padding> paddings() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.rank() > 0 && view.size() > 0),
            ViewRecipe.picks(),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, 6))
        .as(
            (view, axis, before, after) -> {
              int along = ViewMove.signed(axis, view.rank());
              int length = (int) view.dims()[ViewMove.fromStart(along, view.rank())];
              return new PadProperties.Padding(view, along, before % length, after % length);
            })
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void padReflectReadsTheMirroredIndex(
      @ForAll("paddings") PadProperties.Padding of, @ForAll ElementType type) {
    long length = of.view().dims()[of.along()];
    of.gathered(at -> at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at)
        .assertReads(of.view().tensor(type).padReflect(of.axis(), of.before(), of.after()));
  }

  @Property(tries = 1000)
  void padReflectThenSliceIsTheIdentity(
      @ForAll("paddings") PadProperties.Padding of, @ForAll ElementType type) {
    Tensor padded = of.view().tensor(type).padReflect(of.axis(), of.before(), of.after());
    long to = of.before() + of.view().dims()[of.along()];
    of.view().values().assertReads(padded.slice(of.axis(), of.before(), to));
  }

  @Property(tries = 1000)
  void anAxisReflectsNoMoreThanItHasBesideItsEdge(@ForAll("paddings") PadProperties.Padding of) {
    Tensor tensor = of.view().tensor();
    long length = tensor.dim(of.axis());
    assertThrows(
        IllegalArgumentException.class, () -> tensor.padReflect(of.axis(), length, of.after()));
    assertThrows(
        IllegalArgumentException.class, () -> tensor.padReflect(of.axis(), of.before(), length));
    assertThrows(
        IllegalArgumentException.class, () -> tensor.padReflect(of.axis(), -1, of.after()));
  }
}
