package dev.lanewise.cli;

import dev.lanewise.lstm.Epoch;
import java.util.Locale;

/**
 * A line an epoch on stderr, where that is no terminal with a progress bar: a sign of life in a
 * log.
 */
final class EpochLog {
  private EpochLog() {}

  static void line(Epoch epoch) {
    if (!Boolean.getBoolean(Progress.TERMINAL)) {
      System.err.printf(
          Locale.ROOT,
          "epoch %d of %d: loss %.4g, of the rows held back %.4g%n",
          epoch.index() + 1,
          epoch.of(),
          epoch.loss(),
          epoch.validationLoss());
    }
  }
}
