package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Permute, transpose, slice, select, expandDims and squeeze: what they show, what they share. */
@Tag("no-kernels")
class ViewProperties {
  /** Two permutations, one after the other. */
  record Permutes(ViewRecipe view, ViewMove.Permute first, ViewMove.Permute second) {}

  /** A view and one move more. */
  record Moved(ViewRecipe view, ViewMove move) {}

  /** A view and one of its elements. */
  record Element(ViewRecipe view, int flat) {}

  @Provide
  Arbitrary<Permutes> permutes() {
    return Combinators.combine(ViewRecipe.views(), ViewRecipe.picks(), ViewRecipe.picks())
        .as(
            (view, first, second) ->
                new Permutes(
                    view,
                    ViewMove.Permute.pick(first, view.rank()),
                    ViewMove.Permute.pick(second, view.rank())));
  }

  @Provide
  Arbitrary<Moved> slices() {
    return Combinators.combine(
            ViewRecipe.views().filter(view -> view.rank() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as((view, a, b, c) -> new Moved(view, ViewMove.Slice.pick(a, b, c, view.dims())));
  }

  @Provide
  Arbitrary<Moved> selects() {
    return Combinators.combine(
            ViewRecipe.views().filter(view -> view.rank() > 0 && view.size() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as((view, a, b) -> new Moved(view, ViewMove.Select.pick(a, b, view.dims())));
  }

  @Provide
  Arbitrary<Moved> expansions() {
    return Combinators.combine(ViewRecipe.views(), ViewRecipe.picks())
        .as((view, axis) -> new Moved(view, ViewMove.ExpandDims.pick(axis, view.rank())));
  }

  @Provide
  Arbitrary<ViewRecipe> matrices() {
    return ViewRecipe.views().filter(view -> view.rank() == 2);
  }

  @Provide
  Arbitrary<Element> elements() {
    return Combinators.combine(
            ViewRecipe.views().filter(view -> view.size() > 0), ViewRecipe.picks())
        .as((view, pick) -> new Element(view, pick % view.size()));
  }

  @Property(tries = 1000)
  void aViewOfAViewAgreesWithTheReference(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll ElementType type) {
    view.values().assertReads(view.tensor(type));
  }

  @Property(tries = 1000)
  void stridesLeadToTheElementThatAnIndexNames(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    Tensor tensor = view.tensor();
    TensorValues expected = view.values();
    float[] memory = view.baseValues().values();
    TensorValues.forEachIndex(
        expected.dims(),
        index -> {
          long at = tensor.offset();
          for (int axis = 0; axis < index.length; axis++) {
            at += index[axis] * tensor.stride(axis);
          }
          assertEquals(expected.at(index), memory[Math.toIntExact(at)]);
        });
  }

  @Property(tries = 1000)
  void permuteOfPermuteIsPermuteOfTheComposition(
      @ForAll("permutes") Permutes of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    Tensor twice = of.second().on(of.first().on(tensor));
    Tensor once = of.first().then(of.second()).on(tensor);
    TensorValues.read(twice).assertReads(once);
    of.second().on(of.first().on(of.view().values())).assertReads(once);
  }

  @Property(tries = 1000)
  void theInversePermuteGivesTheTensorBack(
      @ForAll("permutes") Permutes of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    Tensor back = of.first().inverse().on(of.first().on(tensor));
    of.view().values().assertReads(back);
    assertSamePlace(tensor, back);
  }

  @Property(tries = 1000)
  void transposeAgreesWithTheReference(
      @ForAll("matrices") ViewRecipe matrix, @ForAll ElementType type) {
    matrix.values().permute(1, 0).assertReads(matrix.tensor(type).transpose());
  }

  @Property(tries = 1000)
  void transposeTwiceIsTheIdentity(
      @ForAll("matrices") ViewRecipe matrix, @ForAll ElementType type) {
    Tensor tensor = matrix.tensor(type);
    matrix.values().assertReads(tensor.transpose().transpose());
    assertSamePlace(tensor, tensor.transpose().transpose());
  }

  @Property(tries = 1000)
  void sliceAgreesWithTheReference(@ForAll("slices") Moved of, @ForAll ElementType type) {
    of.move().on(of.view().values()).assertReads(of.move().on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void selectAgreesWithTheReference(@ForAll("selects") Moved of, @ForAll ElementType type) {
    of.move().on(of.view().values()).assertReads(of.move().on(of.view().tensor(type)));
  }

  @Property(tries = 1000)
  void selectIsASliceOfOneSqueezed(@ForAll("selects") Moved of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    ViewMove.Select select = (ViewMove.Select) of.move();
    long index = select.index() < 0 ? select.index() + tensor.dim(select.axis()) : select.index();
    Tensor squeezed = tensor.slice(select.axis(), index, index + 1).squeeze(select.axis());
    TensorValues.read(squeezed).assertReads(select.on(tensor));
    assertSamePlace(squeezed, select.on(tensor));
  }

  @Property(tries = 1000)
  void expandDimsThenSqueezeIsTheIdentity(
      @ForAll("expansions") Moved of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    Tensor expanded = of.move().on(tensor);
    of.move().on(of.view().values()).assertReads(expanded);
    Tensor back = expanded.squeeze(((ViewMove.ExpandDims) of.move()).axis());
    of.view().values().assertReads(back);
    assertSamePlace(tensor, back);
  }

  @Property(tries = 1000)
  void aWriteThroughAViewShowsAtItsElementOfTheBaseAndNowhereElse(@ForAll("elements") Element of) {
    Tensor base = of.view().baseValues().tensor();
    long[] index = of.view().values().index(of.flat());
    of.view().on(base).set(-7, index);
    // The base holds 1, 2, 3, ..: the number in the view says which element of the base it is.
    float[] expected = of.view().baseValues().values();
    expected[(int) of.view().values().at(index) - 1] = -7;
    assertArrayEquals(expected, base.toArray());
  }

  @Property(tries = 1000)
  void aWriteToTheBaseShowsInTheView(@ForAll("elements") Element of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor view = of.view().on(base);
    int position = (int) of.view().values().at(of.view().values().index(of.flat())) - 1;
    base.set(-7, of.view().baseValues().index(position));
    float[] expected = of.view().values().values();
    expected[of.flat()] = -7;
    assertArrayEquals(expected, view.toArray());
  }

  @Property(tries = 1000)
  void fillOfAViewOverwritesItsElementsAndNoOthers(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    Tensor base = view.baseValues().tensor();
    view.on(base).fill(-7);
    view.baseValues().replaced(view.values(), -7).assertReads(base);
  }

  @Property(tries = 1000)
  void anIndexOutsideItsAxisIsRejected(@ForAll("elements") Element of) {
    Tensor tensor = of.view().tensor();
    long[] index = of.view().values().index(of.flat());
    for (int axis = 0; axis < index.length; axis++) {
      long[] over = TensorValues.changed(index, axis, tensor.dim(axis));
      long[] under = TensorValues.changed(index, axis, -1);
      assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(over));
      assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(under));
    }
  }

  @Property(tries = 1000)
  void squeezeDropsEveryAxisOfLengthOne(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll ElementType type) {
    long[] longer = Arrays.stream(view.dims()).filter(length -> length != 1).toArray();
    view.values().reshape(longer).assertReads(view.tensor(type).squeeze());
  }

  @Property(tries = 1000)
  void anAxisFromTheEndIsTheAxisFromTheStart(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view) {
    Tensor tensor = view.tensor();
    int rank = tensor.rank();
    for (int axis = 0; axis < rank; axis++) {
      assertEquals(tensor.dim(axis), tensor.dim(axis - rank));
      assertEquals(tensor.stride(axis), tensor.stride(axis - rank));
      assertSamePlace(tensor.flip(axis), tensor.flip(axis - rank));
      assertSamePlace(tensor.expandDims(axis), tensor.expandDims(axis - rank - 1));
      TensorValues.read(tensor.flatten(axis)).assertReads(tensor.flatten(axis - rank));
      if (tensor.dim(axis) > 0) {
        assertSamePlace(tensor.select(axis, -1), tensor.select(axis - rank, tensor.dim(axis) - 1));
      }
    }
  }

  private static void assertSamePlace(Tensor expected, Tensor actual) {
    assertEquals(expected.segment(), actual.segment());
    assertEquals(expected.offset(), actual.offset());
    for (int axis = 0; axis < expected.rank(); axis++) {
      assertEquals(expected.stride(axis), actual.stride(axis), "stride of axis " + axis);
    }
  }
}
