package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChangeTest {
  //                                  0  1  2  3   4   5   6   7
  private static final double[] G = {10, 1, 4, 11, 3, 20, 13, 50};
  private static final Change SEASON = new Change(false, 3, false);
  private static final Change BOTH = new Change(true, 3, false);

  @Test
  void seesTheLevelAsItIs() {
    assertEquals(3, Change.LEVEL.seen(G, 4));
    assertEquals(0, Change.LEVEL.base(G, 4, 2));
    assertEquals(0, Change.LEVEL.reach());
    assertTrue(Change.LEVEL.isLevel());
  }

  @Test
  void seesTheChangeOnTheLastValue() {
    assertEquals(3 - 11, Change.LAST.seen(G, 4));
    assertEquals(3, Change.LAST.base(G, 4, 1));
    assertEquals(3, Change.LAST.base(G, 4, 100));
    assertEquals(1, Change.LAST.reach());
    assertFalse(Change.LAST.isLevel());
  }

  @Test
  void seesTheChangeOnTheSeasonBefore() {
    assertEquals(3 - 1, SEASON.seen(G, 4));
    assertEquals(4, SEASON.base(G, 4, 1)); // row 5 less 3
    assertEquals(11, SEASON.base(G, 4, 2)); // row 6 less 3
    assertEquals(3, SEASON.base(G, 4, 3)); // row 7 less 3: the last one known
    assertEquals(3, SEASON.reach());
    assertFalse(SEASON.isLevel());
  }

  @Test
  void takesTheSeasonThatIsKnownForFartherSteps() {
    assertEquals(4, SEASON.base(G, 4, 4)); // row 8 less 6, for row 5 is to come
    assertEquals(3, SEASON.base(G, 4, 6)); // row 10 less 6
    assertEquals(4, SEASON.base(G, 4, 7)); // row 11 less 9
  }

  @Test
  void seesTheChangeOnBoth() {
    assertEquals((3 - 1) - (11 - 10), BOTH.seen(G, 4));
    // a season before, and the change over a season up to now
    assertEquals(4 + (3 - 1), BOTH.base(G, 4, 1));
    assertEquals(3 + (3 - 1), BOTH.base(G, 4, 3));
    assertEquals(4 + 2 * (3 - 1), BOTH.base(G, 4, 4));
    assertEquals(4 + 3 * (3 - 1), BOTH.base(G, 4, 7));
    assertEquals(4, BOTH.reach());
  }

  @Test
  void isExactOnATrendWithASeason() {
    double[] season = {5, -2, 9};
    double[] g = Frames.numbers(40, t -> 7 * t + season[t % 3]);
    for (int h = 1; h <= 10; h++) {
      assertEquals(g[20 + h], BOTH.base(g, 20, h), "step " + h);
    }
    assertEquals(0, BOTH.seen(g, 20));
    assertEquals(21, SEASON.seen(g, 20));
  }

  @Test
  void looksBackNoFartherThanItsReach() {
    for (Change change : new Change[] {Change.LEVEL, Change.LAST, SEASON, BOTH}) {
      for (int h = 1; h <= 8; h++) {
        double[] g = new double[20];
        Arrays.fill(g, Double.NaN);
        for (int t = 10 - change.reach(); t <= 10; t++) {
          g[t] = 1;
        }
        assertFalse(Double.isNaN(change.base(g, 10, h)), change + " " + h);
        assertFalse(Double.isNaN(change.seen(g, 10)), change.toString());
      }
    }
  }

  @Test
  void goesToTheLogarithmAndBack() {
    assertEquals(new Change(true, 3, true), BOTH.ofLog());
    assertEquals(StrictMath.log(5), BOTH.ofLog().in(5));
    assertEquals(StrictMath.exp(1.5), BOTH.ofLog().out(1.5));
    assertEquals(5, BOTH.in(5));
    assertEquals(1.5, BOTH.out(1.5));
    assertTrue(Change.LEVEL.ofLog().isLevel());
  }

  @Test
  void refusesASeasonThatIsNone() {
    refuses(
        "season: expected 2 rows or more, or 0 for none, got -1",
        () -> new Change(false, -1, false));
    refuses(
        "season: expected 2 rows or more, or 0 for none, got 1", () -> new Change(true, 1, false));
  }

  @Test
  void saysWhatItIs() {
    assertEquals("the level", Change.LEVEL.toString());
    assertEquals("the logarithm of the level", Change.LEVEL.ofLog().toString());
    assertEquals("the change on its last value", Change.LAST.toString());
    assertEquals(
        "the change of the logarithm on its value 3 rows before", SEASON.ofLog().toString());
    assertEquals("the change on its last value and its season of 3", BOTH.toString());
  }
}
