package dev.lanewise.cli.report;

import java.text.SimpleDateFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.DateTickUnitType;
import org.jfree.chart.axis.TickUnits;

/** An axis of dates whose labels are never finer than the dates themselves, so never twice. */
final class DateTicks {
  private static final List<Integer> YEARS = List.of(1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000);
  private static final List<Integer> MONTHS = List.of(1, 2, 3, 4, 6);
  private static final List<Integer> DAYS = List.of(1, 2, 4, 7, 14);
  private static final List<Integer> HOURS = List.of(1, 2, 3, 6, 12);
  private static final List<Integer> SIXTIETHS = List.of(1, 2, 5, 10, 15, 30);
  private static final List<Integer> THOUSANDTHS = List.of(1, 2, 5, 10, 20, 50, 100, 200, 500);
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  private DateTicks() {}

  /** In UTC. */
  static DateAxis axis(String pattern) {
    DateAxis axis = new DateAxis("", UTC, Locale.ROOT);
    axis.setStandardTickUnits(units(pattern));
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    return axis;
  }

  static TickUnits units(String pattern) {
    boolean dates = pattern.contains("y");
    TickUnits units = new TickUnits();
    add(units, DateTickUnitType.YEAR, YEARS, "yyyy");
    if (pattern.contains("M") || !dates) {
      add(units, DateTickUnitType.MONTH, MONTHS, "yyyy-MM");
    }
    if (pattern.contains("d") || !dates) {
      add(units, DateTickUnitType.DAY, DAYS, "yyyy-MM-dd");
    }
    String day = dates ? "yyyy-MM-dd " : "";
    if (pattern.contains("H")) {
      add(units, DateTickUnitType.HOUR, HOURS, day + "HH:mm");
    }
    if (pattern.contains("m")) {
      add(units, DateTickUnitType.MINUTE, SIXTIETHS, day + "HH:mm");
    }
    if (pattern.contains("s")) {
      add(units, DateTickUnitType.SECOND, SIXTIETHS, day + "HH:mm:ss");
      add(units, DateTickUnitType.MILLISECOND, THOUSANDTHS, day + "HH:mm:ss.SSS");
    }
    return units;
  }

  private static void add(
      TickUnits units, DateTickUnitType type, List<Integer> multiples, String pattern) {
    SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ROOT);
    format.setTimeZone(UTC);
    for (int multiple : multiples) {
      units.add(new DateTickUnit(type, multiple, format));
    }
  }
}
