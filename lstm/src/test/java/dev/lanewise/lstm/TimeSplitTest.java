package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TimeSplitTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void splitsOldestFirst() {
    TimeSplit split = TimeSplit.of(10, 0.1, 0.2);
    assertEquals(new TimeSplit(7, 1, 2), split);
    Tensor series = Tensor.arange(10).reshape(10, 1);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6}, split.train(series).toArray());
    assertArrayEquals(new float[] {7}, split.validation(series, 0).toArray());
    assertArrayEquals(new float[] {8, 9}, split.test(series, 0).toArray());
  }

  @Test
  void looksBackAsFarAsThereIsAnything() {
    TimeSplit split = TimeSplit.of(10, 0.1, 0.2);
    Tensor series = Tensor.arange(10).reshape(10, 1);
    assertArrayEquals(new float[] {6, 7, 8, 9}, split.test(series, 2).toArray());
    assertEquals(Shape.of(8, 1), split.validation(series, 50).shape());
  }

  @Test
  void makesTheFirstTargetTheFirstRowOfThePart() {
    TimeSplit split = TimeSplit.of(1461, 0, 0.2);
    assertEquals(new TimeSplit(1169, 0, 292), split);
    Tensor series = Tensor.arange(1461).reshape(1461, 1);
    Windows windows = Windows.length(30).horizon(2);
    Windows.Samples test = windows.of(split.test(series, windows.lookBack()));
    assertEquals(292, test.count());
    assertEquals(1169, test.y().get(0, 0));
    assertEquals(1167, test.x().get(0, 29, 0));
  }

  @Test
  void givesEachWantedPartARow() {
    assertEquals(new TimeSplit(1, 1, 1), TimeSplit.of(3, 0.01, 0.01));
    assertEquals(new TimeSplit(3, 0, 0), TimeSplit.of(3, 0, 0));
  }

  @Test
  void refusesFractionsThatLeaveNothing() {
    refused(
        "TimeSplit.of: validation is 0.5 and test is 0.5, each needs 0 or more, together below 1",
        () -> TimeSplit.of(10, 0.5, 0.5));
    refused(
        "TimeSplit.of: validation is NaN and test is 0.5, each needs 0 or more, together below 1",
        () -> TimeSplit.of(10, Double.NaN, 0.5));
    refused(
        "TimeSplit.of: 2 rows leave none for training; bring more rows",
        () -> TimeSplit.of(2, 0.1, 0.1));
  }

  @Test
  void refusesASeriesOfAnotherLength() {
    refused(
        "TimeSplit: split 10 rows, got the series (9, 2)",
        () -> TimeSplit.of(10, 0, 0.2).train(Tensor.zeros(9, 2)));
  }
}
