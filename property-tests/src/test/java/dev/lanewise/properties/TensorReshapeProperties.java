package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Reshape and flatten: the flat order stays. */
@Tag("no-kernels")
class TensorReshapeProperties {
  /** A view and a shape of as many elements. */
  record Reshaped(ViewRecipe view, List<Long> target) {}

  /** A view and the first axis to merge. */
  record Flattened(ViewRecipe view, int fromAxis) {}

  /** Divisors of the size, one after the other, and what is left. */
  @Provide
  Arbitrary<Reshaped> reshapes() {
    return Combinators.combine(ViewRecipe.views(), ViewRecipe.picks().list().ofMaxSize(4))
        .as((view, picks) -> new Reshaped(view, target(view, picks)));
  }

  private static List<Long> target(ViewRecipe view, List<Integer> picks) {
    long left = view.size();
    List<Long> target = new ArrayList<>();
    for (int pick : picks) {
      if (left == 0) {
        target.add((long) pick % 4);
      } else {
        List<Long> divisors = new ArrayList<>();
        for (long divisor = 1; divisor <= left; divisor++) {
          if (left % divisor == 0) {
            divisors.add(divisor);
          }
        }
        long divisor = divisors.get(pick % divisors.size());
        target.add(divisor);
        left /= divisor;
      }
    }
    if (left != 1) { // what is left; 0 also where no axis above is 0
      target.add(left);
    }
    return target;
  }

  @Provide
  Arbitrary<Flattened> flattenings() {
    return Combinators.combine(ViewRecipe.views(), ViewRecipe.picks())
        .as((view, pick) -> new Flattened(view, ViewMove.signed(pick, Math.max(1, view.rank()))));
  }

  @Property(tries = 1000)
  void reshapeKeepsTheFlatOrder(@ForAll("reshapes") Reshaped of, @ForAll ElementType type) {
    long[] target = TensorValues.dims(of.target());
    of.view().values().reshape(target).assertReads(of.view().tensor(type).reshape(target));
  }

  @Property(tries = 1000)
  void reshapeWorksOutTheAxisThatIsMinusOne(@ForAll("reshapes") Reshaped of) {
    long[] target = TensorValues.dims(of.target());
    for (int axis = 0; axis < target.length; axis++) {
      // With no elements in the other axes the length could be anything.
      if (TensorValues.size(TensorValues.without(target, axis)) > 0) {
        long[] unknown = TensorValues.changed(target, axis, -1);
        of.view().values().reshape(target).assertReads(of.view().tensor().reshape(unknown));
      }
    }
  }

  @Property(tries = 1000)
  void reshapeBackIsTheIdentity(@ForAll("reshapes") Reshaped of, @ForAll ElementType type) {
    Tensor there = of.view().tensor(type).reshape(TensorValues.dims(of.target()));
    of.view().values().assertReads(there.reshape(of.view().dims()));
  }

  @Property(tries = 1000)
  void reshapeOfADenseTensorIsAView(@ForAll("reshapes") Reshaped of) {
    Tensor dense = of.view().tensor().contiguous();
    Tensor reshaped = dense.reshape(TensorValues.dims(of.target()));
    assertSame(dense.segment(), reshaped.segment());
    dense.fill(-7);
    assertArrayEquals(dense.toArray(), reshaped.toArray());
  }

  @Property(tries = 1000)
  void reshapeThatIsAViewSharesExactlyTheElements(@ForAll("reshapes") Reshaped of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor reshaped = of.view().on(base).reshape(TensorValues.dims(of.target()));
    boolean shares = reshaped.segment().address() == base.segment().address();
    reshaped.fill(-7);
    TensorValues before = of.view().baseValues();
    (shares ? before.replaced(of.view().values(), -7) : before).assertReads(base);
  }

  @Property(tries = 1000)
  void flattenMergesTheAxesFromOneOn(
      @ForAll("flattenings") Flattened of, @ForAll ElementType type) {
    long[] dims = of.view().dims();
    Tensor flat = of.view().tensor(type).flatten(of.fromAxis());
    int from = dims.length == 0 ? 0 : ViewMove.fromStart(of.fromAxis(), dims.length);
    long[] merged = new long[from + 1];
    merged[from] = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      merged[Math.min(axis, from)] = axis < from ? dims[axis] : merged[from] * dims[axis];
    }
    assertEquals(Shape.of(merged), flat.shape());
    of.view().values().reshape(merged).assertReads(flat);
  }

  @Property(tries = 1000)
  void flattenIsAReshape(@ForAll("flattenings") Flattened of, @ForAll ElementType type) {
    Tensor tensor = of.view().tensor(type);
    Tensor flat = tensor.flatten(of.fromAxis());
    TensorValues.read(tensor.reshape(flat.shape().toArray())).assertReads(flat);
  }

  @Property(tries = 1000)
  void aShapeOfAnotherSizeIsRejected(@ForAll("reshapes") Reshaped of) {
    Tensor tensor = of.view().tensor();
    long[] longer = TensorValues.with(TensorValues.dims(of.target()), 0, 2);
    if (tensor.size() > 0) {
      assertThrows(IllegalArgumentException.class, () -> tensor.reshape(longer));
    }
    long[] negative = TensorValues.with(TensorValues.dims(of.target()), 0, -2);
    assertThrows(IllegalArgumentException.class, () -> tensor.reshape(negative));
    assertThrows(IllegalArgumentException.class, () -> tensor.reshape(-1, -1));
  }
}
