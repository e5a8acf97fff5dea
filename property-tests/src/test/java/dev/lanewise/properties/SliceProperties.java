package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Slices, stepped up and down, and flips. */
@Tag("no-kernels")
class SliceProperties {
  /** A view and a stretch of an axis, walked in steps. */
  record Stepped(ViewRecipe view, ViewMove.Step step) {
    int along() {
      return ViewMove.fromStart(step.axis(), view.rank());
    }

    long length() {
      return view.dims()[along()];
    }

    /** The first index, from the start. */
    long from() {
      return step.from() < 0 ? step.from() + length() : step.from();
    }

    /** The index that the walk stops before, from the start; -1 before index 0. */
    long to() {
      return step.to() < 0 ? step.to() + length() : step.to();
    }

    /** The indices that the walk comes by. */
    List<Integer> indices() {
      List<Integer> indices = new ArrayList<>();
      long step = step().step();
      for (long at = from(); step > 0 ? at < to() : at > to(); at += step) {
        indices.add((int) at);
      }
      return indices;
    }
  }

  /** A stretch of an axis, and a stretch of that. */
  record Twice(ViewRecipe view, int axis, int from, int to, int innerFrom, int innerTo) {}

  @Provide
  Arbitrary<Stepped> steps() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.size() > 0 && view.rank() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as((view, a, b, c) -> new Stepped(view, ViewMove.Step.pick(a, b, c, view.dims())))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Twice> nested() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.rank() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as(SliceProperties::twice)
        .withoutEdgeCases();
  }

  private static Twice twice(ViewRecipe view, int a, int b, int c, int d, int e) {
    int axis = a % view.rank();
    int length = (int) view.dims()[axis];
    int from = b % (length + 1);
    int to = from + c % (length - from + 1);
    int innerFrom = d % (to - from + 1);
    int innerTo = innerFrom + e % (to - from - innerFrom + 1);
    return new Twice(view, axis, from, to, innerFrom, innerTo);
  }

  @Property(tries = 1000)
  void sliceOfSliceIsOneSlice(@ForAll("nested") Twice of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    Tensor once =
        tensor.slice(of.axis(), of.from() + of.innerFrom(), (long) of.from() + of.innerTo());
    Tensor twice =
        tensor.slice(of.axis(), of.from(), of.to()).slice(of.axis(), of.innerFrom(), of.innerTo());
    TensorValues.read(once).assertReads(twice);
  }

  @Property(tries = 1000)
  void aSteppedSliceIsAGatherOfItsIndices(@ForAll("steps") Stepped of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    int[] indices = of.indices().stream().mapToInt(Integer::intValue).toArray();
    TensorValues.read(tensor.gather(of.along(), indices)).assertReads(of.step().on(tensor));
  }

  @Property(tries = 1000)
  void aSteppedSliceAgreesWithTheReference(@ForAll("steps") Stepped of, @ForAll ElementType type) {
    of.step().on(of.view().values()).assertReads(of.step().on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void indicesFromTheEndAreThoseFromTheStart(@ForAll("steps") Stepped of) {
    Tensor tensor = of.view().tensor();
    long length = of.length();
    int fromEnd = of.along() - tensor.rank();
    // -1 is the last index, so that the place before index 0 can only be counted from the end.
    long to = of.to() < 0 ? -length - 1 : of.to();
    Tensor plain = tensor.slice(of.along(), of.from(), to, of.step().step());
    long first = of.from() == length ? length : of.from() - length;
    long end = of.to() == length ? length : of.to() - length;
    Tensor negative = tensor.slice(fromEnd, first, end, of.step().step());
    TensorValues.read(plain).assertReads(negative);
  }

  @Property(tries = 1000)
  void flipTwiceIsTheIdentity(@ForAll("steps") Stepped of, @ForAll ElementType type) {
    int axis = of.step().axis();
    Tensor flipped = of.view().tensor(type).flip(axis);
    new ViewMove.Flip(axis).on(of.view().values()).assertReads(flipped);
    of.view().values().assertReads(flipped.flip(axis));
  }

  @Property(tries = 1000)
  void flipIsTheWholeAxisInStepsOfMinusOne(@ForAll("steps") Stepped of) {
    Tensor tensor = of.view().tensor();
    Tensor walked = tensor.slice(of.along(), of.length() - 1, -of.length() - 1, -1);
    TensorValues.read(walked).assertReads(tensor.flip(of.along()));
  }

  @Property(tries = 1000)
  void anIndexOrStepThatDoesNotFitIsRejected(@ForAll("steps") Stepped of) {
    Tensor tensor = of.view().tensor();
    int axis = of.step().axis();
    long length = of.length();
    assertThrows(IllegalArgumentException.class, () -> tensor.slice(axis, 0, length, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(axis, 0, length + 1));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(axis, -length - 1, length));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(axis, length, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(axis, 0, length, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(axis, 0, -length - 2, -1));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> tensor.slice(axis, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> tensor.slice(axis, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE));
  }
}
