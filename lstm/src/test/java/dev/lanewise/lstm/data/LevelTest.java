package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.numbers;
import static dev.lanewise.lstm.data.Frames.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelTest {
  private static boolean leaves(int trained, double... y) {
    return Level.leaves(List.of(plain("y", y)), List.of(trained), "y");
  }

  @Test
  void leavesItsRangeWhereItRisesOrFalls() {
    assertTrue(leaves(100, numbers(100, t -> t)));
    assertTrue(leaves(100, numbers(100, t -> -t)));
    assertFalse(leaves(100, numbers(100, t -> t % 10)));
  }

  @Test
  void mayLeaveItInOneOfTenRows() {
    // 100 rows: the latest 20, of which 2 may be beyond.
    for (int beyond = 0; beyond <= 4; beyond++) {
      int outside = beyond;
      assertEquals(
          beyond > 2,
          leaves(100, numbers(100, t -> t >= 100 - outside ? 99 : t % 10)),
          "" + beyond);
    }
  }

  @Test
  void looksAtTheRowsTrainedOnAlone() {
    double[] y = numbers(100, t -> t < 50 ? t % 10 : t);
    assertFalse(leaves(50, y));
    assertTrue(leaves(100, y));
  }

  @Test
  void countsAllSeriesTogetherEachByItsOwnRange() {
    List<Series> series =
        List.of(plain("y", numbers(50, t -> t)), plain("y", numbers(500, t -> 1000 + t % 7)));
    assertFalse(Level.leaves(series, List.of(50, 500), "y")); // 10 of 110
    assertTrue(Level.leaves(series, List.of(50, 400), "y")); // 10 of 90
  }

  @Test
  void isNotTrustedInTooFewRows() {
    assertTrue(leaves(4, 1, 1, 1, 1));
  }
}
