package dev.lanewise.lstm.data;

/** Builds the exceptions of times and steps. */
final class TimeErrors {
  private TimeErrors() {}

  static IllegalArgumentException amount(long amount) {
    return new IllegalArgumentException(
        "TimeStep: amount=" + amount + " but a step goes forward: at least 1");
  }

  static IllegalArgumentException order(int row, long before, long time) {
    return new IllegalArgumentException(
        "TimeStep.find: times["
            + row
            + "]="
            + TimeStyle.DATE_TIME.format(time)
            + " is not after "
            + TimeStyle.DATE_TIME.format(before)
            + ": sort the times and drop those that repeat");
  }
}
