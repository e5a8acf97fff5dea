package dev.lanewise.formats.times;

import java.util.Comparator;
import java.util.List;

/**
 * Columns that may say when each row was, and how well.
 *
 * @param columns their places in the table
 * @param times what was read from them
 * @param order what it does from row to row
 * @param tier 0 for dates; more for what is taken only where there is nothing better
 * @param hinted whether the names hint at a time
 */
public record TimeCandidate(
    List<Integer> columns, ReadTimes times, RowOrder order, int tier, boolean hinted) {
  static final int DATES = 0;
  static final int DECIMALS = 1;
  static final int CLOCKS = 2;

  /** The best first. */
  static final Comparator<TimeCandidate> BEST =
      Comparator.comparingInt((TimeCandidate candidate) -> candidate.repeats() + candidate.tier())
          .thenComparingInt(TimeCandidate::tier)
          .thenComparing(candidate -> !candidate.order().isSorted())
          .thenComparing(candidate -> !candidate.hinted())
          .thenComparingInt(candidate -> candidate.columns().size())
          .thenComparingInt(candidate -> candidate.columns().getFirst());

  static TimeCandidate of(List<Integer> columns, ReadTimes times, int tier, boolean hinted) {
    return new TimeCandidate(columns, times, RowOrder.of(times.millis()), tier, hinted);
  }

  int repeats() {
    return order.repeats();
  }

  boolean isOpen() {
    return times.open() != null;
  }
}
