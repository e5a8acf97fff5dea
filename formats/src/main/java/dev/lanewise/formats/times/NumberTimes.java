package dev.lanewise.formats.times;

import dev.lanewise.formats.RowTimes;
import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.List;
import java.util.Optional;

/** A column of times in which each is one whole number. */
final class NumberTimes {
  private static final int SAMPLE = 200;

  private NumberTimes() {}

  /** What a whole number says. */
  interface Meaning {
    /** Milliseconds since 1970; {@link RowTimes#NONE} where the number is no such time. */
    long millis(long number);

    TimeStyle style();

    /** In words. */
    String format();
  }

  /**
   * Reads a column.
   *
   * @param least which part of a sample must be times for the whole to be read
   * @param meanings what the numbers may say; one is chosen by a sample, the first of those alike
   * @return the times; empty where too few are
   */
  static Optional<ReadTimes> read(
      List<String> cells, double least, List<? extends Meaning> meanings) {
    List<String> sample = ReadTimes.sample(cells, SAMPLE);
    Meaning best = null;
    int most = 0;
    for (Meaning meaning : meanings) {
      int count = 0;
      for (String cell : sample) {
        count += millis(meaning, cell) == TimeCell.NONE ? 0 : 1;
      }
      if (count > most) {
        most = count;
        best = meaning;
      }
    }
    if (best == null || most < least * sample.size()) {
      return Optional.empty();
    }
    long[] millis = new long[cells.size()];
    for (int row = 0; row < millis.length; row++) {
      millis[row] = millis(best, cells.get(row));
    }
    return Optional.of(ReadTimes.of(millis, best.style(), best.format()));
  }

  private static long millis(Meaning meaning, String cell) {
    long number = WholeNumber.parse(cell);
    return number == WholeNumber.NONE ? TimeCell.NONE : meaning.millis(number);
  }
}
