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

  @Test
  void readsViewsAndCopies() {
    Tensor transposed = series(4).transpose().copy().transpose();
    Windows.Samples samples = Windows.length(2).of(transposed);
    transposed.set(99, 0, 0);
    assertArrayEquals(new float[] {0, 100, 1, 101}, samples.x().select(0, 0).toArray());
  }

  @Test
  void givesOneWindowWhereThereIsJustEnough() {
    assertEquals(33, Windows.length(30).horizon(3).rowsNeeded());
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
    refused("Windows: horizon is -1, needs 1 or more", () -> Windows.length(1).horizon(-1));
  }
}
