package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Gather, by an array and by a tensor of indices, along any axis of any view. */
@Tag("no-kernels")
class GatherProperties {
  /** A view, an axis of it, and indices of that axis, some from its end. */
  record Gathered(ViewRecipe view, int axis, List<Integer> indices, int shape) {
    int along() {
      return ViewMove.fromStart(axis, view.rank());
    }

    int length() {
      return (int) view.dims()[along()];
    }

    int[] array() {
      return indices.stream().mapToInt(Integer::intValue).toArray();
    }

    long at(long place) {
      return ViewMove.fromStart(indices.get((int) place), length());
    }

    TensorValues values() {
      int along = along();
      long[] dims = TensorValues.changed(view.dims(), along, indices.size());
      return view.values()
          .gather(dims, index -> TensorValues.changed(index, along, at(index[along])));
    }

    /** Of the shape (n), (n, 1), (1, n), (1, n, 1), and not always dense. */
    Tensor tensor() {
      Tensor ids = Tensor.ofInts(array(), array().length);
      Tensor spread = Tensor.stack(1, ids, Tensor.intZeros(array().length)).select(1, 0);
      Tensor strided = shape % 2 == 0 ? ids : spread;
      Tensor before = shape / 2 % 2 == 0 ? strided : strided.expandDims(0);
      return shape / 4 % 2 == 0 ? before : before.expandDims(-1);
    }
  }

  @Provide
  Arbitrary<Gathered> gathers() {
    return Combinators.combine(
            ViewRecipe.readable().filter(view -> view.rank() > 0 && view.size() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks().list().ofMaxSize(6),
            ViewRecipe.picks())
        .as(
            (view, pick, picks, shape) -> {
              int axis = ViewMove.signed(pick, view.rank());
              int length = (int) view.dims()[ViewMove.fromStart(axis, view.rank())];
              List<Integer> indices = new ArrayList<>();
              picks.forEach(each -> indices.add(ViewMove.signed(each, length)));
              return new Gathered(view, axis, indices, shape);
            })
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void gatherReadsTheNamedIndices(@ForAll("gathers") Gathered of, @ForAll ElementType type) {
    Tensor gathered = of.view().tensor(type).gather(of.axis(), of.array());
    of.values().assertReads(gathered);
    assertTrue(gathered.isContiguous());
  }

  @Property(tries = 1000)
  void theShapeOfTheIndicesTakesThePlaceOfTheAxis(
      @ForAll("gathers") Gathered of, @ForAll ElementType type) {
    Tensor indices = of.tensor();
    Tensor gathered = of.view().tensor(type).gather(of.axis(), indices);
    long[] dims = TensorValues.without(of.view().dims(), of.along());
    long[] shape = indices.shape().toArray();
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      dims = TensorValues.with(dims, of.along(), shape[axis]);
    }
    of.values().reshape(dims).assertReads(gathered);
  }

  @Property(tries = 1000)
  void gatherOfOneIndexIsASelect(@ForAll("gathers") Gathered of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    for (int index : of.array()) {
      Tensor selected = tensor.select(of.axis(), index);
      TensorValues.read(selected)
          .assertReads(tensor.gather(of.axis(), Tensor.ofInts(new int[] {index})));
    }
  }

  @Property(tries = 1000)
  void gatherOfGatherIsAGatherOfTheComposition(@ForAll("gathers") Gathered of) {
    Tensor tensor = of.view().tensor();
    int[] first = of.array();
    int[] second = new int[first.length];
    int[] both = new int[first.length];
    for (int i = 0; i < first.length; i++) {
      second[i] = ViewMove.signed(of.shape() + 3 * i, first.length);
      both[i] = first[ViewMove.fromStart(second[i], first.length)];
    }
    Tensor twice = tensor.gather(of.axis(), first).gather(of.axis(), second);
    TensorValues.read(tensor.gather(of.axis(), both)).assertReads(twice);
  }

  @Property(tries = 1000)
  void anIndexOutsideTheAxisIsRejected(@ForAll("gathers") Gathered of) {
    Tensor tensor = of.view().tensor();
    for (int wrong :
        new int[] {of.length(), -of.length() - 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      List<Integer> indices = new ArrayList<>(of.indices());
      indices.add(wrong);
      int[] array = indices.stream().mapToInt(Integer::intValue).toArray();
      Tensor ids = Tensor.ofInts(array, array.length);
      assertThrows(IndexOutOfBoundsException.class, () -> tensor.gather(of.axis(), array));
      assertThrows(IndexOutOfBoundsException.class, () -> tensor.gather(of.axis(), ids));
      Tensor floats = ids.toFloat();
      assertThrows(IllegalArgumentException.class, () -> tensor.gather(of.axis(), floats));
    }
  }
}
