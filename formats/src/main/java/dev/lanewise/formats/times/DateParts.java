package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import java.util.Arrays;
import java.util.List;

/** Times whose year, month, day, hour, minute and second are columns of their own. */
final class DateParts {
  private DateParts() {}

  /**
   * Reads columns.
   *
   * @param cells for each part from the year on its column
   * @param names what they are called
   */
  static ReadTimes read(List<List<String>> cells, List<String> names) {
    int parts = cells.size();
    DatePart[] all = DatePart.values();
    int rows = cells.getFirst().size();
    long[] millis = new long[rows];
    int[] numbers = new int[all.length];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(numbers, 0);
      Arrays.fill(numbers, 1, 3, 1); // the first day of the first month
      boolean complete = true;
      for (int part = 0; part < parts; part++) {
        numbers[part] = all[part].parse(cells.get(part).get(row));
        complete &= numbers[part] >= 0;
      }
      millis[row] = complete ? time(numbers) : TimeCell.NONE;
    }
    return ReadTimes.of(millis, all[parts - 1].style(), String.join(", ", names));
  }

  private static long time(int[] numbers) {
    long midnight = TimeCell.midnight(numbers[0], numbers[1], numbers[2]);
    return midnight == TimeCell.NONE
        ? TimeCell.NONE
        : midnight + clock(numbers[3], numbers[4], numbers[5]);
  }

  static long clock(int hour, int minute, int second) {
    return (hour * 60L + minute) * TimeCell.MINUTE + second * 1000L;
  }
}
