package dev.lanewise.cli.bench;

import java.util.List;

/** How fast one thread reads memory over and over, as the kernels do. */
public final class ReadingRates {
  private static final int SAMPLES = 5;

  private ReadingRates() {}

  /**
   * Gigabytes a second.
   *
   * @param bytes how many are read each time, one or more of them
   * @return as many rates: the best of some samples
   */
  public static List<Double> of(List<Long> bytes) {
    long most = bytes.stream().mapToLong(Long::longValue).max().orElseThrow();
    try (Ceiling ceiling = new Ceiling(1, most)) {
      ceiling.settle();
      return bytes.stream().map(each -> best(ceiling, each)).toList();
    }
  }

  /** What disturbs a sample only lowers it. */
  private static double best(Ceiling ceiling, long bytes) {
    double best = 0;
    for (int i = 0; i < SAMPLES; i++) {
      best = Math.max(best, ceiling.reading(bytes));
    }
    return best;
  }
}
