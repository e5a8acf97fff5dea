package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStep;
import java.util.Arrays;
import java.util.Optional;

/** What times do from row to row. */
final class RowOrder {
  private final int read;
  private final int rises;
  private final int falls;
  private final long[] sorted;

  private RowOrder(int read, int rises, int falls, long[] sorted) {
    this.read = read;
    this.rises = rises;
    this.falls = falls;
    this.sorted = sorted;
  }

  static RowOrder of(long[] millis) {
    long[] times = new long[millis.length];
    int read = 0;
    int rises = 0;
    int falls = 0;
    for (long time : millis) {
      if (time != TimeCell.NONE) {
        rises += read > 0 && time > times[read - 1] ? 1 : 0;
        falls += read > 0 && time < times[read - 1] ? 1 : 0;
        times[read++] = time;
      }
    }
    times = Arrays.copyOf(times, read);
    if (falls > 0) {
      Arrays.sort(times);
    }
    int distinct = 0;
    for (int i = 0; i < read; i++) {
      if (i == 0 || times[i] != times[distinct - 1]) {
        times[distinct++] = times[i];
      }
    }
    return new RowOrder(read, rises, falls, Arrays.copyOf(times, distinct));
  }

  /** How many times there are. */
  int read() {
    return read;
  }

  /** How many there are without repeats. */
  int distinct() {
    return sorted.length;
  }

  /** From how many times to the next it is later. */
  int rises() {
    return rises;
  }

  /** From how many times to the next it is earlier. */
  int falls() {
    return falls;
  }

  /** The earliest; there must be one. */
  long first() {
    return sorted[0];
  }

  /** The latest; there must be one. */
  long last() {
    return sorted[sorted.length - 1];
  }

  /** Whether the rows run one way, oldest first or newest first; they may repeat. */
  boolean isSorted() {
    return rises == 0 || falls == 0;
  }

  /** Whether no time repeats. */
  boolean isUnique() {
    return sorted.length == read;
  }

  /** 0 where no time repeats; one more for each doubling of how often each stands. */
  int repeats() {
    return isUnique()
        ? 0
        : 1 + Integer.SIZE - 1 - Integer.numberOfLeadingZeros(read / sorted.length);
  }

  /** Which part of the distances is one step; 1 where there are fewer than two. */
  double evenness() {
    if (sorted.length < 2) {
      return 1;
    }
    Optional<TimeStep> step = TimeStep.find(sorted);
    if (step.isEmpty()) {
      return 0;
    }
    int even = 0;
    for (int i = 1; i < sorted.length; i++) {
      even += step.get().plus(sorted[i - 1], 1) == sorted[i] ? 1 : 0;
    }
    return (double) even / (sorted.length - 1);
  }
}
