package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Concat and stack of parts of any strides. */
@Tag("no-kernels")
class ConcatProperties {
  /** A part's length along the axis, and where it lies. */
  record Part(long length, ViewLayout layout) {}

  /** Parts of one shape but for an axis, whose length in {@code shape} says nothing. */
  record Parts(List<Long> shape, int axis, List<Part> parts) {
    int along() {
      return ViewMove.fromStart(axis, shape.size());
    }

    /** Part after part counts on, so that no number is there twice. */
    List<TensorValues> values() {
      List<TensorValues> values = new ArrayList<>();
      int first = 1;
      for (Part part : parts) {
        long[] dims = TensorValues.changed(TensorValues.dims(shape), along(), part.length());
        values.add(TensorValues.counting(first, dims));
        first += TensorValues.size(dims);
      }
      return values;
    }

    Tensor[] tensors() {
      List<TensorValues> values = values();
      Tensor[] tensors = new Tensor[parts.size()];
      for (int part = 0; part < tensors.length; part++) {
        tensors[part] = parts.get(part).layout().place(values.get(part));
      }
      return tensors;
    }
  }

  /** Parts of one shape, and a new axis. */
  record Layers(List<Long> shape, int axis, List<ViewLayout> layouts) {
    int along() {
      return ViewMove.fromStart(axis, shape.size() + 1);
    }

    TensorValues values(int layer) {
      long[] dims = TensorValues.dims(shape);
      return TensorValues.counting(1 + layer * TensorValues.size(dims), dims);
    }

    Tensor[] tensors() {
      Tensor[] tensors = new Tensor[layouts.size()];
      for (int layer = 0; layer < tensors.length; layer++) {
        tensors[layer] = layouts.get(layer).place(values(layer));
      }
      return tensors;
    }
  }

  @Provide
  Arbitrary<Parts> parts() {
    Arbitrary<Part> part =
        Combinators.combine(Arbitraries.longs().between(0, 4), ViewLayout.layouts()).as(Part::new);
    return Combinators.combine(
            ViewRecipe.shapes().filter(shape -> !shape.isEmpty()),
            ViewRecipe.picks(),
            part.list().ofMinSize(1).ofMaxSize(4))
        .as((shape, axis, parts) -> new Parts(shape, ViewMove.signed(axis, shape.size()), parts));
  }

  @Provide
  Arbitrary<Layers> layers() {
    return Combinators.combine(
            ViewRecipe.shapes(),
            ViewRecipe.picks(),
            ViewLayout.layouts().list().ofMinSize(1).ofMaxSize(4))
        .as(
            (shape, axis, layouts) ->
                new Layers(shape, ViewMove.signed(axis, shape.size() + 1), layouts));
  }

  @Property(tries = 1000)
  void concatThenSliceGivesThePartsBack(@ForAll("parts") Parts of) {
    Tensor joined = Tensor.concat(of.axis(), of.tensors());
    long at = 0;
    for (TensorValues part : of.values()) {
      long next = at + part.dims()[of.along()];
      part.assertReads(joined.slice(of.axis(), at, next));
      at = next;
    }
    assertEquals(joined.dim(of.axis()), at);
  }

  @Property(tries = 1000)
  void concatAgreesWithTheReference(@ForAll("parts") Parts of) {
    List<TensorValues> parts = of.values();
    int along = of.along();
    long length = parts.stream().mapToLong(part -> part.dims()[along]).sum();
    Tensor joined = Tensor.concat(of.axis(), of.tensors());
    long[] dims = TensorValues.changed(TensorValues.dims(of.shape()), along, length);
    assertEquals(Shape.of(dims), joined.shape());
    assertTrue(joined.isContiguous());
    TensorValues.forEachIndex(
        dims,
        index -> {
          int part = 0;
          long at = index[along];
          while (at >= parts.get(part).dims()[along]) {
            at -= parts.get(part++).dims()[along];
          }
          float expected = parts.get(part).at(TensorValues.changed(index, along, at));
          assertEquals(expected, joined.get(index));
        });
  }

  @Property(tries = 1000)
  void concatLeavesThePartsAsTheyWereAndSharesNothing(@ForAll("parts") Parts of) {
    Tensor[] tensors = of.tensors();
    Tensor.concat(of.axis(), tensors).fill(-7);
    for (int part = 0; part < tensors.length; part++) {
      of.values().get(part).assertReads(tensors[part]);
    }
  }

  @Property(tries = 1000)
  void concatOfConcatsIsConcatOfAll(@ForAll("parts") Parts of) {
    Tensor[] tensors = of.tensors();
    Tensor step = tensors[0];
    for (int part = 1; part < tensors.length; part++) {
      step = Tensor.concat(of.axis(), step, tensors[part]);
    }
    assertArrayEquals(Tensor.concat(of.axis(), tensors).toArray(), step.toArray());
  }

  @Property(tries = 1000)
  void stackThenSelectGivesThePartsBack(@ForAll("layers") Layers of) {
    Tensor stacked = Tensor.stack(of.axis(), of.tensors());
    long[] dims = TensorValues.with(TensorValues.dims(of.shape()), of.along(), of.layouts().size());
    assertEquals(Shape.of(dims), stacked.shape());
    for (int layer = 0; layer < of.layouts().size(); layer++) {
      of.values(layer).assertReads(stacked.select(of.axis(), layer));
    }
  }
}
