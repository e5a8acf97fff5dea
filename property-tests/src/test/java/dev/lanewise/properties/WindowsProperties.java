package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Windows;
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

/** Windows of a series: which rows go where. */
@Tag("no-kernels")
class WindowsProperties {
  /** A series of so many rows beyond the fewest, and how it is cut; no targets for all features. */
  record Cut(
      int extraRows,
      int features,
      int length,
      int stride,
      int horizon,
      int steps,
      List<Integer> targets,
      ViewLayout layout) {
    Windows windows() {
      int[] columns = targets.stream().mapToInt(Integer::intValue).toArray();
      return Windows.length(length).stride(stride).horizon(horizon).steps(steps).targets(columns);
    }

    int rows() {
      return length + horizon + steps - 1 + extraRows;
    }

    TensorValues series() {
      return TensorValues.counting(1, rows(), features);
    }

    Windows.Samples samples() {
      return windows().of(layout.place(series()));
    }

    List<Integer> columns() {
      List<Integer> columns = new ArrayList<>(targets);
      for (int column = 0; targets.isEmpty() && column < features; column++) {
        columns.add(column);
      }
      return columns;
    }
  }

  @Provide
  Arbitrary<Cut> cuts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 4),
            ViewRecipe.picks().list().ofMaxSize(4),
            ViewLayout.layouts())
        .as(
            (extra, features, length, stride, horizon, steps, targets, layout) ->
                new Cut(
                    extra,
                    features,
                    length,
                    stride,
                    horizon,
                    steps,
                    targets.stream().map(pick -> pick % features).toList(),
                    layout))
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void xIsTheRowsOfEachWindow(@ForAll("cuts") Cut of) {
    TensorValues series = of.series();
    Tensor x = of.samples().x();
    assertEquals(Shape.of(x.dim(0), of.length(), of.features()), x.shape());
    series
        .gather(
            x.shape().toArray(), index -> new long[] {index[0] * of.stride() + index[1], index[2]})
        .assertReads(x);
  }

  @Property(tries = 1000)
  void yIsTheRowsFromAHorizonAfterEachWindow(@ForAll("cuts") Cut of) {
    Tensor y = of.samples().y();
    int targets = of.columns().size();
    long[] full = {y.dim(0), of.steps(), targets};
    TensorValues expected =
        of.series()
            .gather(
                full,
                index ->
                    new long[] {
                      index[0] * of.stride() + of.length() - 1 + of.horizon() + index[1],
                      of.columns().get((int) index[2])
                    });
    if (of.steps() == 1) {
      expected.reshape(y.dim(0), targets).assertReads(y);
    } else if (targets == 1) {
      expected.reshape(y.dim(0), of.steps()).assertReads(y);
    } else {
      expected.assertReads(y);
    }
  }

  @Property(tries = 1000)
  void inputsBeginWithTheSamplesAndGoOnToTheEnd(@ForAll("cuts") Cut of) {
    Tensor inputs = of.windows().inputs(of.layout().place(of.series()));
    Tensor x = of.samples().x();
    assertTrue(inputs.slice(0, 0, x.dim(0)).allClose(x, 0, 0));
    long end = (inputs.dim(0) - 1) * of.stride() + of.length();
    assertTrue(end <= of.rows() && end + of.stride() > of.rows());
  }

  @Property(tries = 1000)
  void windowsGoOnWhileTheirTargetsAreInTheSeries(@ForAll("cuts") Cut of) {
    Windows.Samples samples = of.samples();
    int count = 0;
    for (int row = 0;
        row + of.length() + of.horizon() + of.steps() - 2 < of.rows();
        row += of.stride()) {
      assertEquals(row + of.length() - 1 + of.horizon(), samples.targetRows()[count]);
      count++;
    }
    assertEquals(count, samples.count());
    assertEquals(count, samples.targetRows().length);
    assertEquals(count, samples.y().dim(0));
    assertTrue(count >= 1);
  }

  @Property(tries = 1000)
  void inputsShareTheSeriesAndTargetsDoNot(@ForAll("cuts") Cut of) {
    Tensor series = of.layout().place(of.series());
    Windows.Samples samples = of.windows().of(series);
    samples.y().fill(-7);
    of.series().assertReads(series);
    Tensor y = samples.y().copy();
    series.fill(-8);
    assertTrue(samples.x().allClose(samples.x().copy().fill(-8), 0, 0));
    assertTrue(samples.y().allClose(y, 0, 0));
  }

  @Property(tries = 1000)
  void aRowTooFewIsRejected(@ForAll("cuts") Cut of) {
    Tensor series = of.layout().place(of.series());
    Windows windows = of.windows();
    assertEquals(of.length() + of.horizon() + of.steps() - 1, windows.rowsNeeded());
    assertEquals(1, windows.of(series.slice(0, 0, windows.rowsNeeded())).count());
    Tensor shorter = series.slice(0, 0, windows.rowsNeeded() - 1);
    assertThrows(IllegalArgumentException.class, () -> windows.of(shorter));
  }

  @Property(tries = 1000)
  void windowsOfAPaddedSeriesBeginWithPaddingAndGoOnAsThoseOfTheSeries(@ForAll("cuts") Cut of) {
    Tensor series = of.layout().place(of.series());
    int windows = of.extraRows() % 3; // that begin before the series
    Tensor longer = series.pad(0, (long) windows * of.stride(), 0, -7);
    Tensor padded = of.windows().inputs(longer);
    Tensor plain = of.windows().inputs(series);
    TensorValues.read(plain).assertReads(padded.slice(0, windows, padded.dim(0)));
    for (int window = 0; window < windows; window++) {
      long rows = Math.min(of.length(), (long) (windows - window) * of.stride());
      assertTrue(padded.select(0, window).slice(0, 0, rows).allClose(longer.slice(0, 0, rows)));
    }
  }
}
