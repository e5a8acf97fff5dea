package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Copy, contiguous, copyFrom and toArray, also where source and target overlap. */
@Tag("no-kernels")
class TensorCopyProperties {
  /** Two views of one shape into one memory: a window at two places, one of them turned. */
  record Overlap(List<Long> base, List<Long> from, List<Long> to, List<Long> window, int turn) {
    Tensor source(Tensor memory) {
      return stretch(memory, from);
    }

    /** Turned so that it has the source's shape. */
    Tensor target(Tensor memory) {
      return new ViewMove.Permute(ViewMove.order(turn, base.size())).on(stretch(memory, to));
    }

    private Tensor stretch(Tensor memory, List<Long> at) {
      Tensor view = memory;
      for (int axis = 0; axis < at.size(); axis++) {
        view = view.slice(axis, at.get(axis), at.get(axis) + window.get(axis));
      }
      return view;
    }
  }

  @Provide
  Arbitrary<Overlap> overlaps() {
    return Combinators.combine(
            Arbitraries.oneOf(ViewRecipe.shapes(), cubes()),
            ViewRecipe.picks().list().ofSize(2 * ViewMove.MAX_RANK),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as(TensorCopyProperties::overlap);
  }

  /** Bases whose windows can be turned. */
  @Provide
  Arbitrary<List<Long>> cubes() {
    Arbitrary<List<Long>> small =
        Combinators.combine(Arbitraries.longs().between(1, 5), Arbitraries.integers().between(2, 4))
            .as((length, rank) -> Collections.nCopies(rank, length));
    Arbitrary<List<Long>> wide = ViewRecipe.wideLengths().map(side -> List.of(side, side));
    return Arbitraries.frequencyOf(Tuple.of(3, small), Tuple.of(1, wide));
  }

  private static Overlap overlap(List<Long> base, List<Integer> at, int size, int turn) {
    // Only a window whose sides are all alike has the same shape when turned.
    boolean same = base.stream().distinct().count() <= 1;
    List<Long> from = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    List<Long> window = new ArrayList<>();
    for (int axis = 0; axis < base.size(); axis++) {
      long length = base.get(axis);
      long room = Math.min(length, 1 + size % 3); // a window that is moved by 0 to 2 elements
      window.add(length - (length == 0 ? 0 : room - 1));
      from.add(at.get(2 * axis) % Math.max(1, room));
      to.add(at.get(2 * axis + 1) % Math.max(1, room));
    }
    return new Overlap(base, from, to, window, same ? turn % 24 : 0);
  }

  @Property(tries = 1000)
  void copyIsDenseAndAgreesWithTheReference(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll ElementType type) {
    Tensor copy = view.tensor(type).copy();
    view.values().assertReads(copy);
    assertTrue(copy.isContiguous());
    assertEquals(0, copy.offset());
  }

  @Property(tries = 1000)
  void copyAliasesNothing(@ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    Tensor base = view.baseValues().tensor();
    Tensor copy = view.on(base).copy();
    copy.fill(-7);
    view.baseValues().assertReads(base);
    Tensor second = view.on(base).copy();
    base.fill(-8);
    view.values().assertReads(second);
  }

  @Property(tries = 1000)
  void contiguousIsTheTensorItselfOrADenseCopy(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll ElementType type) {
    Tensor tensor = view.tensor(type);
    Tensor contiguous = tensor.contiguous();
    view.values().assertReads(contiguous);
    assertTrue(contiguous.isContiguous());
    if (tensor.isContiguous()) {
      assertSame(tensor, contiguous);
    }
  }

  @Property(tries = 1000)
  void isContiguousSaysWhetherTheElementsAreOneRun(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    float[] values = view.values().values(); // the base holds 1, 2, 3, ..
    boolean run = true;
    for (int i = 1; i < values.length; i++) {
      run &= values[i] == values[i - 1] + 1;
    }
    assertEquals(run, view.tensor().isContiguous());
  }

  @Property(tries = 1000)
  void copyFromFillsAnyLayoutAndTouchesNothingBeside(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view,
      @ForAll(supplier = ViewLayout.Any.class) ViewLayout layout) {
    Tensor memory = layout.memory(view.dims());
    Tensor target = layout.view(memory);
    assertSame(target, target.copyFrom(view.tensor()));
    view.values().assertReads(target);
    assertEquals(view.size(), ViewLayout.written(memory));
  }

  @Property(tries = 1000)
  void overlappingCopyFromIsAsThroughACopy(@ForAll("overlaps") Overlap of) {
    long[] dims = TensorValues.dims(of.base());
    Tensor memory = TensorValues.counting(1, dims).tensor();
    Tensor aside = TensorValues.counting(1, dims).tensor();
    of.target(memory).copyFrom(of.source(memory));
    TensorValues source = TensorValues.read(of.source(aside));
    Tensor target = of.target(aside);
    TensorValues.forEachIndex(source.dims(), index -> target.set(source.at(index), index));
    TensorValues.read(aside).assertReads(memory);
  }

  @Property(tries = 1000)
  void aTensorCopiedFromItsOwnPermutationIsPermuted(
      @ForAll("cubes") List<Long> cube, @ForAll @IntRange(min = 1, max = 23) int turn) {
    ViewMove.Permute permute = ViewMove.Permute.pick(turn, cube.size());
    TensorValues values = TensorValues.counting(1, TensorValues.dims(cube));
    Tensor tensor = values.tensor();
    tensor.copyFrom(permute.on(tensor));
    permute.on(values).assertReads(tensor);
  }
}
