package dev.lanewise.cli;

import dev.lanewise.lstm.Epoch;
import java.util.Locale;

/** What an epoch came to, on a line of a log. */
final class EpochLine {
  private EpochLine() {}

  /**
   * For instance {@code epoch 3 of 20: loss 0.1234, held back 0.1301, 0:07 left}; without what was
   * not held back, and without the time after the last.
   *
   * @param left the seconds left; NaN where they are not known
   */
  static String of(Epoch epoch, double left) {
    StringBuilder line = new StringBuilder();
    line.append("epoch ").append(epoch.index() + 1).append(" of ").append(epoch.of());
    line.append(": loss ").append(number(epoch.loss()));
    if (!Double.isNaN(epoch.validationLoss())) {
      line.append(", held back ").append(number(epoch.validationLoss()));
    }
    if (epoch.index() + 1 < epoch.of() && Double.isFinite(left)) {
      line.append(", ").append(TimeLeft.text(left)).append(" left");
    }
    return line.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
