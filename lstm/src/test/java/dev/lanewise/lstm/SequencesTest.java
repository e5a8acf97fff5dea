package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private static void refused(String message, Tensor x, boolean rows) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              Tensor _ = rows ? Sequences.rows(x) : Sequences.columns(x);
            });
    assertEquals(message, e.getMessage());
  }

  @Test
  void rowsAreTheTimestepsOfOneSequence() {
    Tensor x = Tensor.arange(50).reshape(10, 5);
    Tensor sequence = Sequences.rows(x);
    assertEquals(Shape.of(1, 10, 5), sequence.shape());
    assertArrayEquals(x.toArray(), sequence.toArray());
  }

  @Test
  void columnsAreSeriesOfOneFeature() {
    Tensor series = Sequences.columns(Tensor.arange(50).reshape(10, 5));
    assertEquals(Shape.of(5, 10, 1), series.shape());
    assertArrayEquals(
        new float[] {0, 5, 10, 15, 20, 25, 30, 35, 40, 45}, series.select(0, 0).toArray());
    assertArrayEquals(
        new float[] {4, 9, 14, 19, 24, 29, 34, 39, 44, 49}, series.select(0, -1).toArray());
  }

  @Test
  void areViews() {
    Tensor x = Tensor.zeros(3, 2);
    Tensor rows = Sequences.rows(x);
    Tensor columns = Sequences.columns(x);
    x.set(7, 2, 1);
    assertEquals(7, rows.get(0, 2, 1));
    assertEquals(7, columns.get(1, 2, 0));
  }

  @Test
  void refuseOtherRanks() {
    refused(
        "Sequences.rows: needs (timesteps, features), got the 1-D (10);"
            + " one series of one feature: x.reshape(1, 10, 1)",
        Tensor.zeros(10),
        true);
    refused(
        "Sequences.columns: needs (timesteps, series), got the 3-D (2, 3, 4);"
            + " that is (batch, timesteps, features) already",
        Tensor.zeros(2, 3, 4),
        false);
    refused(
        "Sequences.rows: needs (timesteps, features), got the 4-D (1, 2, 3, 4)",
        Tensor.zeros(1, 2, 3, 4),
        true);
  }
}
