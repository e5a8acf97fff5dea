package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Pad, along any axis of any view. */
@Tag("no-kernels")
class PadProperties {
  /** A view and what to put at either end of one of its axes. */
  record Padding(ViewRecipe view, int axis, int before, int after) {
    int along() {
      return ViewMove.fromStart(axis, view.rank());
    }

    /** Of the padded shape; which index of the axis each reads, counted from its old start. */
    TensorValues gathered(LongUnaryOperator from) {
      TensorValues source = view.values();
      long longer = before + source.dims()[along()] + after;
      return source.gather(
          TensorValues.changed(source.dims(), along(), longer),
          index -> TensorValues.changed(index, along(), from.applyAsLong(index[along()] - before)));
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
  void padThenSliceIsTheIdentity(@ForAll("paddings") Padding of, @ForAll ElementType type) {
    Tensor padded = of.padded(of.view().tensor(type));
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

  @Property(tries = 1000)
  void padIsADenseCopy(@ForAll("paddings") Padding of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor padded = of.padded(of.view().on(base));
    assertTrue(padded.isContiguous());
    padded.fill(-8);
    of.view().baseValues().assertReads(base);
  }

  @Property(tries = 1000)
  void paddingTwiceIsPaddingByTheSum(@ForAll("paddings") Padding of) {
    Tensor once = of.padded(of.view().tensor());
    Tensor twice =
        of.view().tensor().pad(of.axis(), of.before(), 0, -7).pad(of.axis(), 0, of.after(), -7);
    TensorValues.read(once).assertReads(twice);
  }

  /** A view and what to put around every axis: a pair each. */
  record Frame(ViewRecipe view, List<Long> pairs) {
    long[][] beforeAfter() {
      long[][] result = new long[view.rank()][];
      for (int axis = 0; axis < result.length; axis++) {
        result[axis] = new long[] {pairs.get(2 * axis), pairs.get(2 * axis + 1)};
      }
      return result;
    }
  }

  @Provide
  Arbitrary<Frame> frames() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.size() < 200),
            Arbitraries.longs().between(0, 2).list().ofSize(2 * ViewMove.MAX_RANK))
        .as((view, pairs) -> new Frame(view, pairs.subList(0, 2 * view.rank())))
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void paddingAllAxesIsPaddingOneAfterTheOther(
      @ForAll("frames") Frame of, @ForAll ElementType type) {
    Tensor expected = of.view().tensor(type);
    for (int axis = 0; axis < of.view().rank(); axis++) {
      expected = expected.pad(axis, of.pairs().get(2 * axis), of.pairs().get(2 * axis + 1), -7);
    }
    Tensor actual = of.view().tensor(type).pad(of.beforeAfter(), -7);
    TensorValues.read(expected).assertReads(actual);
  }

  @Property(tries = 1000)
  void paddingAllAxesThenSlicingThemIsTheIdentity(
      @ForAll("frames") Frame of, @ForAll ElementType type) {
    Tensor inner = of.view().tensor(type).pad(of.beforeAfter(), 0);
    for (int axis = 0; axis < of.view().rank(); axis++) {
      long before = of.pairs().get(2 * axis);
      inner = inner.slice(axis, before, before + of.view().dims()[axis]);
    }
    of.view().values().assertReads(inner);
  }
}
