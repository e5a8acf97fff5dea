package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SequencesTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
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
  void columnsAsTimeAreTheTimestepsOfOneSequence() {
    Tensor sequence = Sequences.columnsAsTime(Tensor.arange(50).reshape(10, 5));
    assertEquals(Shape.of(1, 5, 10), sequence.shape());
    assertArrayEquals(
        new float[] {1, 6, 11, 16, 21, 26, 31, 36, 41, 46},
        sequence.select(0, 0).select(0, 1).toArray());
  }

  @Test
  void areViews() {
    Tensor x = Tensor.zeros(3, 2);
    Tensor rows = Sequences.rows(x);
    Tensor columns = Sequences.columns(x);
    Tensor columnsAsTime = Sequences.columnsAsTime(x);
    x.set(7, 2, 1);
    assertEquals(7, rows.get(0, 2, 1));
    assertEquals(7, columns.get(1, 2, 0));
    assertEquals(7, columnsAsTime.get(0, 1, 2));
  }

  @Test
  void refuseOtherRanks() {
    refused(
        "Sequences.rows: needs (timesteps, features), got the 1-D (10); one series of one feature:"
            + " x.reshape(1, 10, 1); several such of unequal length: Sequences.pad(list)",
        () -> Sequences.rows(Tensor.zeros(10)));
    refused(
        "Sequences.columns: needs (timesteps, series), got the 3-D (2, 3, 4);"
            + " that is (batch, timesteps, features) already",
        () -> Sequences.columns(Tensor.zeros(2, 3, 4)));
    refused(
        "Sequences.columnsAsTime: needs (features, timesteps), got the 4-D (1, 2, 3, 4)",
        () -> Sequences.columnsAsTime(Tensor.zeros(1, 2, 3, 4)));
  }

  @Test
  void lastStepIsTheLastOfAll() {
    Tensor y = Tensor.arange(24).reshape(2, 3, 4);
    Tensor last = Sequences.lastStep(y);
    assertArrayEquals(new float[] {8, 9, 10, 11, 20, 21, 22, 23}, last.toArray());
    y.set(-1, 1, 2, 3);
    assertEquals(-1, last.get(1, 3));
  }

  @Test
  void lastStepByLengthsIsEachSequencesOwn() {
    Tensor y = Tensor.arange(24).reshape(4, 3, 2);
    int[] lengths = {1, 3, 2, 1};
    for (Tensor from : new Tensor[] {y, y.permute(2, 0, 1).copy().permute(1, 2, 0)}) {
      Tensor last = Sequences.lastStep(from, lengths);
      assertEquals(Shape.of(4, 2), last.shape());
      for (int b = 0; b < 4; b++) {
        for (int unit = 0; unit < 2; unit++) {
          assertEquals(y.get(b, lengths[b] - 1, unit), last.get(b, unit));
        }
      }
    }
    int[] none = {};
    assertEquals(Shape.of(0, 2), Sequences.lastStep(Tensor.zeros(0, 3, 2), none).shape());
  }

  @Test
  void lastStepByLengthsIsWhatEachSequenceGivesAlone() {
    Sequential model = Sequential.of(Lstm.builder(5).returnSequences(true).build()).build(2, 3);
    Tensor a = Tensor.arange(6).reshape(3, 2);
    Tensor b = Tensor.arange(10).reshape(5, 2);
    Padded padded = Sequences.pad(List.of(a, b));
    Tensor last = Sequences.lastStep(model.predict(padded.x()), padded.lengths());
    assertArrayEquals(
        Sequences.lastStep(model.predict(Sequences.rows(a))).toArray(),
        last.slice(0, 0, 1).toArray());
    assertArrayEquals(
        Sequences.lastStep(model.predict(Sequences.rows(b))).toArray(),
        last.slice(0, 1, 2).toArray());
  }

  @Test
  void lastStepRefusesWhatHasNone() {
    refused(
        "Sequences.lastStep: needs (batch, timesteps, units), got the 2-D (3, 64);"
            + " an LSTM gives all its steps with returnSequences(true)",
        () -> Sequences.lastStep(Tensor.zeros(3, 64)));
    refused(
        "Sequences.lastStep: needs (batch, timesteps, units), got the 1-D (3)",
        () -> Sequences.lastStep(Tensor.zeros(3), 1));
    refused(
        "Sequences.lastStep: (3, 0, 64) has no timesteps",
        () -> Sequences.lastStep(Tensor.zeros(3, 0, 64)));
  }

  @Test
  void lastStepRefusesLengthsThatAreNone() {
    Tensor y = Tensor.zeros(3, 10, 2);
    refused(
        "Sequences.lastStep: (3, 10, 2) has 3 samples, got 2 lengths; needs one a sample",
        () -> Sequences.lastStep(y, 1, 2));
    refused(
        "Sequences.lastStep: sample 1 of (3, 10, 2) has length 0, needs 1 to 10",
        () -> Sequences.lastStep(y, 1, 0, 2));
    refused(
        "Sequences.lastStep: sample 2 of (3, 10, 2) has length 11, needs 1 to 10",
        () -> Sequences.lastStep(y, 1, 10, 11));
  }
}
