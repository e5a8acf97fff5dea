package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WindowsTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /** Row t is (t, 100 + t). */
  private static Tensor series(int rows) {
    Tensor series = Tensor.zeros(rows, 2);
    for (int t = 0; t < rows; t++) {
      series.set(t, t, 0);
      series.set(100 + t, t, 1);
    }
    return series;
  }

  @Test
  void cutsAWindowFromEachRowThatHasATarget() {
    Windows.Samples samples = Windows.length(3).of(series(6));
    assertEquals(Shape.of(3, 3, 2), samples.x().shape());
    assertEquals(Shape.of(3, 2), samples.y().shape());
    assertEquals(3, samples.count());
    assertArrayEquals(new float[] {1, 101, 2, 102, 3, 103}, samples.x().select(0, 1).toArray());
    assertArrayEquals(new float[] {3, 103, 4, 104, 5, 105}, samples.y().toArray());
    assertArrayEquals(new long[] {3, 4, 5}, samples.targetRows());
  }

  @Test
  void leavesAHorizonAndAStride() {
    Windows.Samples samples = Windows.length(2).horizon(3).stride(2).targets(1).of(series(9));
    assertArrayEquals(new long[] {4, 6, 8}, samples.targetRows());
    assertArrayEquals(new float[] {104, 106, 108}, samples.y().toArray());
    assertArrayEquals(new float[] {4, 104, 5, 105}, samples.x().select(0, 2).toArray());
  }

  @Test
  void takesTargetsInTheOrderGiven() {
    Windows.Samples samples = Windows.length(1).targets(1, 0).of(series(2));
    assertArrayEquals(new float[] {101, 1}, samples.y().toArray());
  }

  /** The windows as they were made once: a copy each. */
  private static Tensor copied(Tensor series, int length, int stride, long count) {
    Tensor x = Tensor.zeros(count, length, series.dim(1));
    for (long n = 0; n < count; n++) {
      for (long step = 0; step < length; step++) {
        for (long feature = 0; feature < series.dim(1); feature++) {
          x.set(series.get(n * stride + step, feature), n, step, feature);
        }
      }
    }
    return x;
  }

  @Test
  void windowsAreTheBitsOfTheirCopies() {
    Tensor series = series(29);
    Tensor strided = series.transpose().copy().transpose();
    for (int length : new int[] {1, 2, 7}) {
      for (int stride : new int[] {1, 3, 8}) {
        Windows windows = Windows.length(length).stride(stride).horizon(2);
        for (Tensor from : new Tensor[] {series, strided}) {
          Windows.Samples samples = windows.of(from);
          long count = (29L - length - 2) / stride + 1;
          assertEquals(count, samples.count());
          assertArrayEquals(copied(series, length, stride, count).toArray(), samples.x().toArray());
        }
      }
    }
  }

  @Test
  void inputsShareTheSeriesAndTargetsDoNot() {
    Tensor series = series(4);
    Windows.Samples samples = Windows.length(2).of(series);
    series.fill(99);
    assertArrayEquals(new float[] {99, 99, 99, 99}, samples.x().select(0, 0).toArray());
    assertArrayEquals(new float[] {2, 102, 3, 103}, samples.y().toArray());
    assertThrows(UnsupportedOperationException.class, () -> samples.x().fill(0));
    samples.x().copy().fill(0);
  }

  @Test
  void inputsGoOnToTheLastRow() {
    Windows windows = Windows.length(3).horizon(2);
    Tensor inputs = windows.inputs(series(6));
    assertEquals(Shape.of(4, 3, 2), inputs.shape());
    assertArrayEquals(new float[] {3, 103, 4, 104, 5, 105}, inputs.select(0, -1).toArray());
    Tensor x = windows.of(series(6)).x();
    assertArrayEquals(x.toArray(), inputs.slice(0, 0, x.dim(0)).toArray());
    assertEquals(1, windows.inputs(series(3)).dim(0));
    assertEquals(2, windows.stride(2).inputs(series(6)).dim(0));
  }

  @Test
  void takesSeveralStepsOfOneTarget() {
    Windows.Samples samples = Windows.length(2).horizon(2).steps(3).targets(1).of(series(8));
    assertEquals(Shape.of(3, 3), samples.y().shape());
    assertArrayEquals(
        new float[] {103, 104, 105, 104, 105, 106, 105, 106, 107}, samples.y().toArray());
    assertArrayEquals(new long[] {3, 4, 5}, samples.targetRows());
    assertEquals(Shape.of(3, 2, 2), samples.x().shape());
  }

  @Test
  void takesSeveralStepsOfSeveralTargets() {
    Windows.Samples samples = Windows.length(1).steps(2).stride(2).targets(1, 0).of(series(6));
    assertEquals(Shape.of(2, 2, 2), samples.y().shape());
    assertArrayEquals(new float[] {101, 1, 102, 2, 103, 3, 104, 4}, samples.y().toArray());
    assertArrayEquals(new long[] {1, 3}, samples.targetRows());
  }

  @Test
  void oneStepLeavesTheTargetsAsTheyAre() {
    assertEquals(Shape.of(3, 2), Windows.length(2).steps(1).of(series(5)).y().shape());
    assertEquals(Shape.of(3, 1), Windows.length(2).targets(0).of(series(5)).y().shape());
  }

  private static Sequential forecaster() {
    return Sequential.of(Lstm.of(5), Dense.of(3))
        .build(2, 1)
        .compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR);
  }

  @Test
  void aModelLearnsTheSameFromWindowsAsFromTheirCopies() {
    Windows.Samples samples =
        Windows.length(4).steps(3).targets(0).of(series(40).transpose().copy().transpose());
    Sequential view = forecaster();
    Sequential copy = forecaster();
    FitOptions options = FitOptions.builder().epochs(2).batchSize(8).build();
    view.fit(samples.x(), samples.y(), options);
    copy.fit(samples.x().copy(), samples.y(), options);
    assertArrayEquals(
        copy.predict(samples.x().copy()).toArray(), view.predict(samples.x()).toArray());
    // One sample at a time is read as one block.
    assertArrayEquals(
        copy.predict(samples.x().copy().slice(0, 3, 4)).toArray(),
        view.predict(samples.x().slice(0, 3, 4)).toArray());
  }

  @Test
  void givesOneWindowWhereThereIsJustEnough() {
    assertEquals(33, Windows.length(30).horizon(3).rowsNeeded());
    assertEquals(32, Windows.length(30).horizon(3).steps(4).lookBack());
    assertEquals(36, Windows.length(30).horizon(3).steps(4).rowsNeeded());
    assertEquals(1, Windows.length(30).horizon(3).steps(4).of(series(36)).count());
    assertEquals(1, Windows.length(30).horizon(3).of(series(33)).count());
    assertEquals(1, Windows.length(30).horizon(3).stride(50).of(series(33)).count());
  }

  @Test
  void saysHowManyRowsItNeeds() {
    refused(
        "Windows.of: needs 33 rows (a window of 30 and a horizon of 3), got 32; lower the window",
        () -> Windows.length(30).horizon(3).of(series(32)));
    refused(
        "Windows.of: needs 13 rows (a window of 3 and a horizon of 10), got 10; lower the horizon",
        () -> Windows.length(3).horizon(10).of(series(10)));
    refused(
        "Windows.of: needs 4294967294 rows (a window of 2147483647 and a horizon of 2147483647),"
            + " got 10; lower the horizon",
        () -> Windows.length(Integer.MAX_VALUE).horizon(Integer.MAX_VALUE).of(series(10)));
    refused(
        "Windows.of: needs 17 rows (a window of 3 and 10 steps from a horizon of 5), got 12;"
            + " lower the steps",
        () -> Windows.length(3).horizon(5).steps(10).of(series(12)));
    refused(
        "Windows.of: needs 7 rows (a window of 3 and 2 steps from a horizon of 3), got 6;"
            + " lower the window",
        () -> Windows.length(3).horizon(3).steps(2).of(series(6)));
    refused(
        "Windows.inputs: needs 7 rows (a window), got 6; lower the window",
        () -> Windows.length(7).inputs(series(6)));
  }

  @Test
  void refusesWhatIsNoSeries() {
    refused(
        "Windows.of: needs a series (time, features), got the 1-D (10);"
            + " for one feature: x.reshape(10, 1)",
        () -> Windows.length(3).of(Tensor.zeros(10)));
    refused(
        "Windows.of: needs a series (time, features), got the 3-D (1, 10, 2)",
        () -> Windows.length(3).of(Tensor.zeros(1, 10, 2)));
    refused(
        "Windows.inputs: needs a series (time, features), got the 0-D ()",
        () -> Windows.length(3).inputs(Tensor.zeros()));
  }

  @Test
  void refusesTargetsThatAreNot() {
    refused(
        "Windows.of: targets [2], needs one column or more, each from 0 to 1",
        () -> Windows.length(3).targets(2).of(series(9)));
    refused(
        "Windows.of: targets [0, -1], needs one column or more, each from 0 to 1",
        () -> Windows.length(3).targets(0, -1).of(series(9)));
  }

  @Test
  void refusesLengthsBelowOne() {
    refused("Windows: length is 0, needs 1 or more", () -> Windows.length(0));
    refused("Windows: stride is 0, needs 1 or more", () -> Windows.length(1).stride(0));
    refused("Windows: steps is 0, needs 1 or more", () -> Windows.length(1).steps(0));
    refused("Windows: horizon is -1, needs 1 or more", () -> Windows.length(1).horizon(-1));
  }
}
