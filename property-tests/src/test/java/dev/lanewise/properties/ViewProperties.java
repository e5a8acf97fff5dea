package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Permute, transpose, slice, select, expandDims and squeeze: what they show, what they share. */
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
            ViewRecipe.views().filter(view -> view.rank() > 0 && view.values().size() > 0),
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
            ViewRecipe.views().filter(view -> view.values().size() > 0), ViewRecipe.picks())
        .as((view, pick) -> new Element(view, pick % view.values().size()));
  }

  @Property(tries = 1000)
  void aViewOfAViewAgreesWithTheReference(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    view.values().assertReads(view.tensor());
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

  @Property(tries = 500)
  void permuteOfPermuteIsPermuteOfTheComposition(@ForAll("permutes") Permutes of) {
    Tensor tensor = of.view().tensor();
    Tensor twice = of.second().on(of.first().on(tensor));
    Tensor once = of.first().then(of.second()).on(tensor);
    TensorValues.read(twice).assertReads(once);
    of.second().on(of.first().on(of.view().values())).assertReads(once);
  }

  @Property(tries = 500)
  void theInversePermuteGivesTheTensorBack(@ForAll("permutes") Permutes of) {
    Tensor tensor = of.view().tensor();
    Tensor back = of.first().inverse().on(of.first().on(tensor));
    of.view().values().assertReads(back);
    assertSamePlace(tensor, back);
  }

  @Property(tries = 500)
  void transposeAgreesWithTheReference(@ForAll("matrices") ViewRecipe matrix) {
    matrix.values().permute(1, 0).assertReads(matrix.tensor().transpose());
  }

  @Property(tries = 500)
  void transposeTwiceIsTheIdentity(@ForAll("matrices") ViewRecipe matrix) {
    Tensor tensor = matrix.tensor();
    matrix.values().assertReads(tensor.transpose().transpose());
    assertSamePlace(tensor, tensor.transpose().transpose());
  }

  @Property(tries = 1000)
  void sliceAgreesWithTheReference(@ForAll("slices") Moved of) {
    of.move().on(of.view().values()).assertReads(of.move().on(of.view().tensor()));
  }

  @Property(tries = 1000)
  void selectAgreesWithTheReference(@ForAll("selects") Moved of) {
    of.move().on(of.view().values()).assertReads(of.move().on(of.view().tensor()));
  }

  @Property(tries = 500)
  void selectIsASliceOfOneSqueezed(@ForAll("selects") Moved of) {
    Tensor tensor = of.view().tensor();
    ViewMove.Select select = (ViewMove.Select) of.move();
    long index = select.index() < 0 ? select.index() + tensor.dim(select.axis()) : select.index();
    Tensor squeezed = tensor.slice(select.axis(), index, index + 1).squeeze(select.axis());
    TensorValues.read(squeezed).assertReads(select.on(tensor));
    assertSamePlace(squeezed, select.on(tensor));
  }

  @Property(tries = 500)
  void expandDimsThenSqueezeIsTheIdentity(@ForAll("expansions") Moved of) {
    Tensor tensor = of.view().tensor();
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

  @Property(tries = 500)
  void aWriteToTheBaseShowsInTheView(@ForAll("elements") Element of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor view = of.view().on(base);
    int position = (int) of.view().values().at(of.view().values().index(of.flat())) - 1;
    base.set(-7, of.view().baseValues().index(position));
    float[] expected = of.view().values().values();
    expected[of.flat()] = -7;
    assertArrayEquals(expected, view.toArray());
  }

  @Property(tries = 500)
  void fillOfAViewOverwritesItsElementsAndNoOthers(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view) {
    Tensor base = view.baseValues().tensor();
    view.on(base).fill(-7);
    view.baseValues().replaced(view.values(), -7).assertReads(base);
  }

  @Property(tries = 500)
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

  private static void assertSamePlace(Tensor expected, Tensor actual) {
    assertEquals(expected.segment(), actual.segment());
    assertEquals(expected.offset(), actual.offset());
    for (int axis = 0; axis < expected.rank(); axis++) {
      assertEquals(expected.stride(axis), actual.stride(axis), "stride of axis " + axis);
    }
  }
}
