package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.BatchProgress;
import dev.lanewise.lstm.Epoch;
import dev.lanewise.lstm.Scores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  /** What two epochs of three batches leave on stderr. */
  private static String shown() {
    PrintStream trueErr = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try (Progress progress = Progress.of("training", 2)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        for (int batch = 0; batch < 3; batch++) {
          progress.step(new BatchProgress(epoch, 2, batch, 3, 32, 12345.678));
        }
        Scores scores = new Scores(0.25, Map.of());
        progress.epoch(new Epoch(epoch, 2, scores, scores, Duration.ofMillis(1)));
      }
    } finally {
      System.setErr(trueErr);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isALineAnEpochWhereThereIsNoTerminal() {
    assertEquals(
        """
        epoch 1 of 2: loss 0.2500, held back 0.2500
        epoch 2 of 2: loss 0.2500, held back 0.2500
        """,
        shown().replace(System.lineSeparator(), "\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 80, 200})
  void isOneLineOfATerminalOfAnyWidth(int columns) {
    System.setProperty(Progress.TERMINAL, "true");
    System.setProperty(Progress.COLUMNS, "" + columns);
    try {
      String shown = shown();
      assertTrue(shown.stripTrailing().indexOf('\n') < 0, shown);
      String[] drawn = shown.strip().split("\r", -1);
      assertTrue(columns < 20 || drawn[drawn.length - 1].contains("100 %"), shown);
      for (String line : drawn) {
        assertTrue(line.length() < columns || line.isEmpty(), line);
      }
    } finally {
      System.clearProperty(Progress.TERMINAL);
      System.clearProperty(Progress.COLUMNS);
    }
  }
}
