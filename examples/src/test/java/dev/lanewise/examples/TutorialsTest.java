package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What docs/tutorials.md says of the programs, by what they print. */
class TutorialsTest {
  @Test
  void theForecastIsBetterThanTheNaiveOne() {
    double naive = Checked.printed("Weather", "\"tomorrow is as today\"");
    assertTrue(Checked.printed("Weather", "error in degrees") < 0.95 * naive);
    assertTrue(
        Checked.printed("Weather", "the best of them") + 5 == Checked.printed("Weather", "epochs"));
  }

  @Test
  void theOrderOfWordsIsRead() {
    assertTrue(Checked.printed("Reviews", "right about new reviews") > 0.98);
    assertTrue(Checked.printed("Reviews", "without their order") < 0.75);
  }

  @Test
  void theWordsBesideDecide() {
    assertTrue(Checked.printed("Tagging", "right about new words") > 0.98);
    assertTrue(Checked.printed("Tagging", "by the word alone") < 0.85);
  }

  @Test
  void whatIsNotHealthyIsFound() {
    assertTrue(Checked.printed("Anomalies", "not healthy, and above") > 0.98);
    assertTrue(Checked.printed("Anomalies", "healthy, but above") < 0.03);
  }
}
