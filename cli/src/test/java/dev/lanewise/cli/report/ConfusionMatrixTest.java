package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final List<String> LABELS = List.of("rain", "sun", "snow");

  private static void refused(String message, int[] wanted, int[] predicted, List<String> labels) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ConfusionMatrix.of(wanted, predicted, labels));
    assertEquals(message, e.getMessage());
  }

  @Test
  void isARowForEachClassWantedAndAColumnForEachPredicted() {
    int[] wanted = {0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1};
    int[] predicted = {0, 0, 0, 1, 1, 1, 2, 0, 1, 1, 1, 1, 1, 1, 1};
    ConfusionMatrix matrix = ConfusionMatrix.of(wanted, predicted, LABELS);
    assertEquals(
        """
        wanted \\ predicted   rain    sun   snow  total  recall
        rain                    4      1      0      5   0.800
        sun                     0      9      1     10   0.900
        snow                    0      0      0      0       -
        total                   4     10      1     15
        precision           1.000  0.900  0.000  0.867""",
        matrix.text());
    assertEquals(15, matrix.samples());
    assertEquals(13.0 / 15, matrix.accuracy());
  }

  @Test
  void ofNoSamplesHasNothingToDivide() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[0], new int[0], List.of("a", "b"));
    assertEquals(
        """
        wanted \\ predicted  a  b  total  recall
        a                   0  0      0       -
        b                   0  0      0       -
        total               0  0      0
        precision           -  -      -""",
        matrix.text());
    assertEquals(Double.NaN, matrix.accuracy());
  }

  /** A letter of two chars takes one place. */
  @Test
  void standsBelowOneAnotherWhateverTheLabels() {
    String line =
        ConfusionMatrix.of(new int[] {1}, new int[] {1}, List.of("\uD835\uDC9C", "b"))
            .text()
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    assertEquals("\uD835\uDC9C" + " ".repeat(19) + "0      0      0       -", line);
  }

  @Test
  void refusesWhatHasNoLabel() {
    refused(
        "ConfusionMatrix: wanted[1] is class 3, but there are 3 labels: 0 to 2",
        new int[] {0, 3},
        new int[] {0, 0},
        LABELS);
    refused(
        "ConfusionMatrix: predicted[0] is class -1, but there are 3 labels: 0 to 2",
        new int[] {0},
        new int[] {-1},
        LABELS);
    refused(
        "ConfusionMatrix: expected a class predicted for each wanted, got 1 for 2",
        new int[2],
        new int[1],
        LABELS);
    refused(
        "ConfusionMatrix: expected a label for each class, got none",
        new int[0],
        new int[0],
        List.of());
  }
}
