package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Sliding windows, along any axis of any view. */
@Tag("no-kernels")
class UnfoldProperties {
  /** A view of so many rows, columns and planes, and how windows slide along one of its axes. */
  record Windows(List<Integer> lengths, ViewLayout layout, int axis, int size, int gap, int order) {
    TensorValues source() {
      long[] dims = lengths.stream().mapToLong(Integer::longValue).toArray();
      return TensorValues.counting(1, dims);
    }

    int along() {
      return axis % lengths.size();
    }

    long length() {
      return 1L + size % lengths.get(along());
    }

    long step() {
      return 1 + gap % (lengths.get(along()) + 1L);
    }

    Tensor on(Tensor view) {
      return view.unfold(along(), length(), step());
    }

    TensorValues values() {
      TensorValues source = source();
      long windows = (source.dims()[along()] - length()) / step() + 1;
      long[] dims = TensorValues.changed(source.dims(), along(), windows);
      return source.gather(
          TensorValues.with(dims, along() + 1, length()),
          index -> {
            long at = index[along()] * step() + index[along() + 1];
            return TensorValues.changed(TensorValues.without(index, along() + 1), along(), at);
          });
    }

    ViewMove.Permute reordered() {
      return ViewMove.Permute.pick(order, lengths.size() + 1);
    }
  }

  @Provide
  Arbitrary<Windows> windows() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 7).list().ofMinSize(1).ofMaxSize(3),
            ViewLayout.layouts(),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks(),
            ViewRecipe.picks())
        .as(Windows::new)
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void windowsReadAsThePlainReferenceDoes(@ForAll("windows") Windows of) {
    Tensor windows = of.on(of.layout().place(of.source()));
    of.values().assertReads(windows);
    of.values().assertReads(windows.contiguous());
    of.reordered().on(of.values()).assertReads(of.reordered().on(windows).copy());
  }

  @Property(tries = 1000)
  void aWriteToTheTensorShowsInTheWindows(@ForAll("windows") Windows of) {
    Tensor base = of.layout().place(of.source());
    Tensor windows = of.on(base);
    base.fill(-7);
    assertTrue(windows.allClose(windows.copy().fill(-7), 0, 0));
  }

  @Property(tries = 1000)
  void windowsAreWrittenToOnlyWhereTheyShareNothing(@ForAll("windows") Windows of) {
    Tensor base = of.layout().place(of.source());
    Tensor windows = of.on(base);
    if (of.step() < of.length()) {
      assertThrows(UnsupportedOperationException.class, () -> windows.fill(0));
      of.source().assertReads(base);
    } else {
      TensorValues fresh = TensorValues.counting(-windows.toArray().length, of.values().dims());
      windows.copyFrom(fresh.tensor());
      fresh.assertReads(windows);
    }
  }
}
