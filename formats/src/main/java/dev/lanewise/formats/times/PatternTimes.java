package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are written by a pattern of java.time, in English: {@code dd/MM/yyyy}.
 *
 * <p>Kinder than java.time: letters have any case, {@code dd} also takes one digit, and {@code yy}
 * is 1969 to 2068.
 */
public final class PatternTimes {
  private static final LocalDate FIRST_SHORT_YEAR = LocalDate.of(1969, 1, 1);

  private final DateTimeFormatter formatter;
  private final String pattern;
  private @Nullable TimeStyle style;

  private PatternTimes(String pattern) {
    this.pattern = pattern;
    this.formatter = formatter(pattern);
  }

  /**
   * Reads cells.
   *
   * @throws IllegalArgumentException when java.time knows no such pattern
   */
  public static ReadTimes read(List<String> cells, String pattern) {
    PatternTimes times = new PatternTimes(pattern);
    long[] millis = new long[cells.size()];
    for (int row = 0; row < millis.length; row++) {
      millis[row] = times.millis(cells.get(row).strip());
    }
    TimeStyle style = times.style;
    ReadTimes read =
        ReadTimes.of(millis, style == null ? TimeStyle.DATE_TIME : style, times.pattern);
    return style == TimeStyle.CLOCK ? read.counted() : read;
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    int begin = 0;
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); ) {
      char letter = pattern.charAt(i);
      int end = i + 1;
      while (end < pattern.length() && pattern.charAt(end) == letter && letter != '\'') {
        end++;
      }
      quoted ^= letter == '\'';
      boolean adjacent =
          (i > 0 && Character.isLetter(pattern.charAt(i - 1)))
              || (end < pattern.length() && Character.isLetter(pattern.charAt(end)));
      if (!quoted && end - i == 2 && (isYear(letter) || (!adjacent && isKind(letter)))) {
        append(builder, pattern.substring(begin, i));
        begin = end;
        if (isYear(letter)) {
          builder.appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_SHORT_YEAR);
        } else {
          builder.appendPattern(String.valueOf(letter));
        }
      }
      i = end;
    }
    append(builder, pattern.substring(begin));
    return builder.toFormatter(Locale.ENGLISH);
  }

  private static void append(DateTimeFormatterBuilder builder, String pattern) {
    if (!pattern.isEmpty()) {
      builder.appendPattern(pattern);
    }
  }

  private static boolean isYear(char letter) {
    return letter == 'y' || letter == 'u';
  }

  private static boolean isKind(char letter) {
    return "dMHhk".indexOf(letter) >= 0;
  }

  private long millis(String cell) {
    ParsePosition position = new ParsePosition(0);
    // Says without an exception that a cell is written otherwise.
    TemporalAccessor written = formatter.parseUnresolved(cell, position);
    if (written == null || position.getIndex() < cell.length()) {
      return TimeCell.NONE;
    }
    try {
      TemporalAccessor parsed = formatter.parse(cell);
      return isMoved(written, parsed) ? TimeCell.NONE : millis(parsed);
    } catch (DateTimeException | ArithmeticException e) {
      return TimeCell.NONE; // a month 13
    }
  }

  /** 31 February, which java.time takes for the last day; but 24:00 is the next. */
  private static boolean isMoved(TemporalAccessor written, TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null || !written.isSupported(ChronoField.DAY_OF_MONTH)) {
      return false;
    }
    long day = written.getLong(ChronoField.DAY_OF_MONTH);
    return date.getDayOfMonth() != day && date.minusDays(1).getDayOfMonth() != day;
  }

  private long millis(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      long seconds = Math.multiplyExact(parsed.getLong(ChronoField.INSTANT_SECONDS), 1000);
      return styled(TimeStyle.INSTANT, seconds + parsed.get(ChronoField.MILLI_OF_SECOND));
    }
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime clock = parsed.query(TemporalQueries.localTime());
    long millis = clock == null ? 0 : clock.toNanoOfDay() / 1_000_000;
    if (date != null) {
      return styled(
          clock == null ? TimeStyle.DATE : TimeStyle.DATE_TIME,
          Math.multiplyExact(date.toEpochDay(), TimeCell.DAY) + millis);
    }
    if (!parsed.isSupported(ChronoField.YEAR)) {
      return clock == null ? TimeCell.NONE : styled(TimeStyle.CLOCK, millis);
    }
    int year = parsed.get(ChronoField.YEAR);
    boolean month = parsed.isSupported(ChronoField.MONTH_OF_YEAR);
    boolean quarter = parsed.isSupported(IsoFields.QUARTER_OF_YEAR);
    int first =
        month
            ? parsed.get(ChronoField.MONTH_OF_YEAR)
            : quarter ? 3 * (int) parsed.getLong(IsoFields.QUARTER_OF_YEAR) - 2 : 1;
    return styled(
        month || quarter ? TimeStyle.MONTH : TimeStyle.YEAR,
        LocalDate.of(year, first, 1).toEpochDay() * TimeCell.DAY);
  }

  /** The first cell says what is known; another that says less or more is no such time. */
  private long styled(TimeStyle known, long millis) {
    style = style == null ? known : style;
    return style == known ? millis : TimeCell.NONE;
  }
}
