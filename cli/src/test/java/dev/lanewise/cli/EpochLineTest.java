package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.Epoch;
import dev.lanewise.lstm.Scores;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochLineTest {
  private static Epoch epoch(int index, double loss, double validation) {
    return new Epoch(
        index,
        20,
        new Scores(loss, Map.of()),
        new Scores(validation, Map.of()),
        Duration.ofMillis(400));
  }

  @Test
  void saysTheLossesAndTheTimeLeft() {
    assertEquals(
        "epoch 3 of 20: loss 0.1234, held back 0.1301, 0:07 left",
        EpochLine.of(epoch(2, 0.12341, 0.13011), 6.8));
  }

  @Test
  void saysNothingOfRowsThatWereNotHeldBack() {
    assertEquals(
        "epoch 3 of 20: loss 1.234e-05, 1:02:03 left",
        EpochLine.of(epoch(2, 0.000012341, Double.NaN), 3723));
  }

  @Test
  void saysNoTimeThatIsNotKnownOrOver() {
    assertEquals(
        "epoch 1 of 20: loss 0.5000, held back 0.6000",
        EpochLine.of(epoch(0, 0.5, 0.6), Double.NaN));
    assertEquals(
        "epoch 20 of 20: loss 0.5000, held back 0.6000", EpochLine.of(epoch(19, 0.5, 0.6), 0));
  }
}
