package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.MonthNames;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.List;

/** What one column of whole numbers says of a time, the largest first. */
enum DatePart {
  YEAR(1000, 2999, TimeStyle.YEAR, " year yr yyyy "),
  MONTH(1, 12, TimeStyle.MONTH, " month mon mo mnth "),
  DAY(1, 31, TimeStyle.DATE, " day dd dom mday dayofmonth "),
  HOUR(0, 24, TimeStyle.DATE_TIME, " hour hr hh hourofday "),
  MINUTE(0, 59, TimeStyle.DATE_TIME, " minute mins minutes "),
  SECOND(0, 59, TimeStyle.DATE_TIME, " second sec seconds ");

  /** The parts of a time of day. */
  static final List<DatePart> OF_DAY = List.of(HOUR, MINUTE, SECOND);

  private final int least;
  private final int most;
  private final TimeStyle style;

  /** Each between blanks. */
  private final String names;

  DatePart(int least, int most, TimeStyle style, String names) {
    this.least = least;
    this.most = most;
    this.style = style;
    this.names = names;
  }

  /** Whether a name says that its column is this part. */
  boolean isNamed(String name) {
    return names.contains(" " + String.join("", TimeNames.wordsWithoutZone(name)) + " ");
  }

  /** What is known of a time of which this is the smallest part. */
  TimeStyle style() {
    return style;
  }

  /** The number of a cell; -1 where it is none of this part. A month may be a name. */
  int parse(String cell) {
    long number = WholeNumber.parse(cell);
    if (number == WholeNumber.NONE && this == MONTH) {
      String name = cell.strip();
      number = MonthNames.month(name, 0, name.length());
    }
    return number < least || number > most ? -1 : (int) number;
  }

  /** Whether nine in ten of the cells are numbers of this part. */
  boolean isMost(Iterable<String> cells) {
    int count = 0;
    int all = 0;
    for (String cell : cells) {
      all++;
      count += parse(cell) < 0 ? 0 : 1;
    }
    return ReadTimes.isMost(count, all);
  }
}
