package dev.lanewise.cli;

import dev.lanewise.lstm.Epoch;
import java.util.Locale;

/** A line an epoch on stderr, where that is no terminal: a sign of life in a log. */
final class EpochLog {
  /** Whether stderr is a terminal, which has a progress bar: set by the launcher. */
  private static final String TERMINAL = "dev.lanewise.cli.terminal";

  private EpochLog() {}

  static void line(Epoch epoch) {
    if (!Boolean.getBoolean(TERMINAL)) {
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
