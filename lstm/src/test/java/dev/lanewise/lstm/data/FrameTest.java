package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void holdsColumnsInTheirOrder() {
    Frame frame =
        Frame.rows(2)
            .numbers("b", new double[] {1, 2})
            .text("t", List.of("x", ""))
            .numbers("a", new double[] {3, Double.NaN})
            .text("s", List.of("", "y"))
            .build();
    assertEquals(2, frame.rows());
    assertEquals(List.of("b", "a"), frame.numberColumns());
    assertEquals(List.of("t", "s"), frame.textColumns());
    assertArrayEquals(new double[] {3, Double.NaN}, frame.numbers("a"));
    assertEquals(List.of("x", ""), frame.text("t"));
    assertTrue(frame.isText("s"));
    assertFalse(frame.isText("a"));
    assertFalse(frame.isText("absent"));
    assertFalse(frame.isTimed());
    assertEquals(Optional.empty(), frame.style());
  }

  @Test
  void holdsTimes() {
    Frame frame = Frame.rows(2).times(new long[] {7, -1}, TimeStyle.MONTH).build();
    assertTrue(frame.isTimed());
    assertEquals(Optional.of(TimeStyle.MONTH), frame.style());
    assertEquals(7, frame.time(0));
    assertEquals(-1, frame.time(1));
  }

  @Test
  void sharesNothingWithItsCaller() {
    double[] numbers = {1, 2};
    List<String> texts = new ArrayList<>(List.of("a", "b"));
    long[] times = {1, 2};
    Frame.Builder builder =
        Frame.rows(2).numbers("n", numbers).text("t", texts).times(times, TimeStyle.DATE);
    Frame frame = builder.build();
    numbers[0] = 9;
    texts.set(0, "z");
    times[0] = 9;
    builder.numbers("later", new double[2]);
    frame.numbers("n")[1] = 9;
    assertArrayEquals(new double[] {1, 2}, frame.numbers("n"));
    assertEquals(List.of("a", "b"), frame.text("t"));
    assertEquals(1, frame.time(0));
    assertEquals(List.of("n"), frame.numberColumns());
  }

  @Test
  void mayBeEmpty() {
    assertEquals(0, Frame.rows(0).numbers("y", new double[0]).build().rows());
  }

  @Test
  void namesWhatDoesNotFit() {
    Frame frame = Frame.rows(1).numbers("a", new double[1]).text("t", List.of("x")).build();
    refuses("Frame.rows: expected 0 or more, got -1", () -> Frame.rows(-1));
    refuses(
        "no column \"t\" of numbers; the columns of numbers are \"a\"", () -> frame.numbers("t"));
    refuses("no column \"a\" of text; the columns of text are \"t\"", () -> frame.text("a"));
    refuses(
        "no column \"x\" of numbers; the columns of numbers are none",
        () -> Frame.rows(1).build().numbers("x"));
    refuses(
        "column \"a\": expected 2 values, one a row, got 3",
        () -> Frame.rows(2).numbers("a", new double[3]));
    refuses(
        "column \"t\": expected 2 values, one a row, got 1",
        () -> Frame.rows(2).text("t", List.of("x")));
    refuses(
        "times: expected 2 values, one a row, got 1",
        () -> Frame.rows(2).times(new long[1], TimeStyle.DATE));
    refuses(
        "column \"a\": expected finite numbers, or NaN where one is missing, got -Infinity in row 1",
        () -> Frame.rows(2).numbers("a", new double[] {0, Double.NEGATIVE_INFINITY}));
  }

  @Test
  void refusesANameTwice() {
    Frame.Builder builder = Frame.rows(1).numbers("a", new double[1]).text("t", List.of("x"));
    String message = "column \"%s\": there is one of that name; the columns are \"a\", \"t\"";
    refuses(message.formatted("a"), () -> builder.text("a", List.of("x")));
    refuses(message.formatted("t"), () -> builder.numbers("t", new double[1]));
  }

  @Test
  void saysThatThereAreNoTimes() {
    Frame frame = Frame.rows(1).build();
    assertEquals(
        "Frame: the rows have no times; call times(..) on the builder",
        assertThrows(IllegalStateException.class, () -> frame.time(0)).getMessage());
  }
}
