package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Split and splitSizes of any axis of any view. */
@Tag("no-kernels")
class SplitProperties {
  /** A view, one of its axes, and lengths that add up to that axis's. */
  record Cut(ViewRecipe view, int axis, List<Long> lengths) {
    int along() {
      return ViewMove.fromStart(axis, view.rank());
    }

    long[] sizes() {
      return TensorValues.dims(lengths);
    }
  }

  @Provide
  Arbitrary<Cut> readableCuts() {
    return cuts(ViewRecipe.readable());
  }

  @Provide
  Arbitrary<Cut> writableCuts() {
    return cuts(ViewRecipe.views());
  }

  private static Arbitrary<Cut> cuts(Arbitrary<ViewRecipe> views) {
    return Combinators.combine(
            views.filter(view -> view.rank() > 0),
            ViewRecipe.picks(),
            ViewRecipe.picks().list().ofMaxSize(3))
        .as(SplitProperties::cut)
        .withoutEdgeCases();
  }

  private static Cut cut(ViewRecipe view, int pick, List<Integer> picks) {
    int axis = ViewMove.signed(pick, view.rank());
    long left = view.dims()[ViewMove.fromStart(axis, view.rank())];
    List<Long> lengths = new ArrayList<>();
    for (int each : picks) {
      lengths.add(each % (left + 1));
      left -= each % (left + 1);
    }
    lengths.add(left);
    return new Cut(view, axis, lengths);
  }

  @Property(tries = 1000)
  void splitSizesThenConcatIsTheIdentity(@ForAll("readableCuts") Cut of, @ForAll ElementType type) {
    List<Tensor> parts = of.view().tensor(type).splitSizes(of.axis(), of.sizes());
    of.view().values().assertReads(Tensor.concat(of.axis(), parts.toArray(Tensor[]::new)));
  }

  @Property(tries = 1000)
  void thePartsAreTheSlicesOneAfterTheOther(
      @ForAll("readableCuts") Cut of, @ForAll ElementType type) {
    List<Tensor> parts = of.view().tensor(type).splitSizes(of.axis(), of.sizes());
    assertEquals(of.lengths().size(), parts.size());
    long from = 0;
    for (int part = 0; part < parts.size(); part++) {
      long to = from + of.lengths().get(part);
      of.view().values().slice(of.along(), from, to).assertReads(parts.get(part));
      from = to;
    }
  }

  @Property(tries = 1000)
  void equalPartsAreSizesAllAlike(@ForAll("readableCuts") Cut of) {
    Tensor tensor = of.view().tensor();
    long length = tensor.dim(of.axis());
    for (int parts = 1; parts <= Math.max(1, length); parts++) {
      int count = parts;
      if (length % count != 0) {
        assertThrows(IllegalArgumentException.class, () -> tensor.split(of.axis(), count));
        continue;
      }
      long[] sizes = new long[count];
      Arrays.fill(sizes, length / count);
      List<Tensor> expected = tensor.splitSizes(of.axis(), sizes);
      List<Tensor> actual = tensor.split(of.axis(), count);
      assertEquals(count, actual.size());
      for (int part = 0; part < count; part++) {
        TensorValues.read(expected.get(part)).assertReads(actual.get(part));
      }
    }
  }

  @Property(tries = 1000)
  void aWriteToAPartShowsInTheTensorAndNowhereElse(@ForAll("writableCuts") Cut of) {
    Tensor base = of.view().baseValues().tensor();
    Tensor part = of.view().on(base).splitSizes(of.axis(), of.sizes()).getLast();
    long length = of.view().dims()[of.along()];
    TensorValues last =
        of.view().values().slice(of.along(), length - of.lengths().getLast(), length);
    part.fill(-7);
    of.view().baseValues().replaced(last, -7).assertReads(base);
  }

  @Property(tries = 1000)
  void lengthsThatDoNotAddUpAreRejected(@ForAll("readableCuts") Cut of) {
    Tensor tensor = of.view().tensor();
    long[] longer = of.sizes();
    longer[0]++;
    long[] negative = {-1, tensor.dim(of.axis()) + 1};
    long[] overflowing = {Long.MAX_VALUE, Long.MAX_VALUE, 2 + tensor.dim(of.axis())};
    for (long[] sizes : List.of(longer, negative, overflowing)) {
      assertThrows(IllegalArgumentException.class, () -> tensor.splitSizes(of.axis(), sizes));
    }
    assertThrows(IllegalArgumentException.class, () -> tensor.split(of.axis(), 0));
  }
}
