package dev.lanewise.lstm.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.function.Executable;

/** Small frames to test with, a day a row unless said otherwise. */
final class Frames {
  static final double GAP = Double.NaN;
  static final long DAY = 86_400_000L;
  static final long HOUR = 3_600_000L;

  /** Monday 5 January 2015. */
  static final long MONDAY = 16_440 * DAY;

  private Frames() {}

  static long[] every(long step, int... counts) {
    return IntStream.of(counts).mapToLong(i -> MONDAY + i * step).toArray();
  }

  static long[] days(int... counts) {
    return every(DAY, counts);
  }

  static int[] upTo(int count) {
    return IntStream.range(0, count).toArray();
  }

  static double[] numbers(int rows, IntToDoubleFunction of) {
    return IntStream.range(0, rows).mapToDouble(of).toArray();
  }

  /** Days that follow one another, of one column "y". */
  static Frame daily(double... y) {
    return daily(days(upTo(y.length)), y);
  }

  static Frame daily(long[] times, double... y) {
    return Frame.rows(y.length).times(times, TimeStyle.DATE).numbers("y", y).build();
  }

  /** Rows of several series, by a letter a row. */
  static Frame.Builder series(String letters, long[] times) {
    List<String> names = letters.chars().mapToObj(Character::toString).toList();
    return Frame.rows(letters.length()).times(times, TimeStyle.DATE).text("store", names);
  }

  static Selection selection(Fill fill, String... columns) {
    return new Selection(List.of(columns[0]), List.of(columns), "", fill, 100);
  }

  static Arrangement arranged(Frame frame, Fill fill, String... columns) {
    return Arrangement.of(frame, selection(fill, columns), null, 0);
  }

  /** One stretch of numbers without times. */
  static Series plain(String column, double... values) {
    return Arrangement.of(
            Frame.rows(values.length).numbers(column, values).build(),
            selection(Fill.FORWARD, column),
            null,
            0)
        .series()
        .get(0);
  }

  static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
