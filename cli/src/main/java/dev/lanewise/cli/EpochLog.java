package dev.lanewise.cli;

import dev.lanewise.lstm.Epoch;

/**
 * A line an epoch on stderr, where that is no terminal with a progress bar: a sign of life in a
 * log.
 */
final class EpochLog {
  private EpochLog() {}

  static void line(Epoch epoch) {
    if (!Boolean.getBoolean(Progress.TERMINAL)) {
      System.err.println(EpochLine.of(epoch, Double.NaN));
    }
  }
}
