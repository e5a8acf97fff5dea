package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static String line(double done, int columns) {
    return ProgressLine.of("training", done, 20, "loss 0.0123", 12.2, columns);
  }

  @Test
  void saysHowFarTheWorkIsAndHowLongItTakes() {
    assertEquals(
        "training  45 % [##################                      ] 9/20  loss 0.0123  0:12 left",
        line(9, 120));
    assertEquals(
        "training   0 % [                                        ] 0/20  loss 0.0123",
        ProgressLine.of("training", 0, 20, "loss 0.0123", Double.NaN, 120));
    assertEquals(
        "training 100 % [########################################] 20/20  loss 0.0123  0:00 left",
        ProgressLine.of("training", 20, 20, "loss 0.0123", 0, 120));
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    assertEquals(
        "training  45 % [##############                   ] 9/20  loss 0.0123  0:12 left",
        line(9, 80));
    assertEquals("training  45 % [###     ] 9/20  loss 0.0123  0:12 left", line(9, 55));
    assertEquals("training  45 % [#########           ] 9/20  0:12 left", line(9, 54));
    assertEquals("training  45 % 9/20  0:12 left", line(9, 40));
    assertEquals("training  45 %  0:12 left", line(9, 30));
    assertEquals("training  45 %", line(9, 20));
    assertEquals("ning  45 %", line(9, 11));
  }

  @Test
  void leavesTheLastColumnFree() {
    for (int columns = 1; columns < 150; columns++) {
      for (double done = 0; done <= 20; done += 0.25) {
        String line = line(done, columns);
        assertTrue(line.length() < columns, columns + ": " + line);
      }
    }
  }
}
