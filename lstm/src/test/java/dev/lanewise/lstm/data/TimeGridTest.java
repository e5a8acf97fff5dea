package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.HOUR;
import static dev.lanewise.lstm.data.Frames.MONDAY;
import static dev.lanewise.lstm.data.Frames.arranged;
import static dev.lanewise.lstm.data.Frames.days;
import static dev.lanewise.lstm.data.Frames.every;
import static dev.lanewise.lstm.data.Frames.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.data.TimeGrid.Spacing;
import dev.lanewise.lstm.data.TimeStep.Unit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeGridTest {
  private static final TimeStep ONE_DAY = new TimeStep(DAY, Unit.MILLIS);
  private static final Optional<TimeStyle> DATE = Optional.of(TimeStyle.DATE);

  private static TimeGrid found(long... times) {
    Frame frame =
        Frame.rows(times.length)
            .times(times, TimeStyle.DATE)
            .numbers("y", new double[times.length])
            .build();
    return arranged(frame, Fill.FORWARD, "y").grid();
  }

  private static long at(String date) {
    return LocalDate.parse(date).toEpochDay() * DAY;
  }

  @Test
  void countsWeekdaysAsTheCalendarDoes() {
    TimeGrid grid = new TimeGrid(Spacing.WEEKDAYS, Optional.of(ONE_DAY), DATE);
    for (int start = 0; start < 7; start++) {
      LocalDate day = LocalDate.ofEpochDay(MONDAY / DAY + start);
      LocalDate expected = day;
      for (int steps = 0; steps <= 12; steps++) {
        assertEquals(
            Optional.of(expected.toEpochDay() * DAY),
            grid.after(day.toEpochDay() * DAY, steps),
            day + " and " + steps);
        do {
          expected = expected.plusDays(1);
        } while (expected.getDayOfWeek() == DayOfWeek.SATURDAY
            || expected.getDayOfWeek() == DayOfWeek.SUNDAY);
      }
      assertEquals(
          day.getDayOfWeek().getValue() >= 6, TimeGrid.isWeekend(day.toEpochDay() * DAY), "" + day);
    }
  }

  @Test
  void countsMonthsAndHours() {
    TimeGrid months = new TimeGrid(Spacing.EVEN, Optional.of(new TimeStep(1, Unit.MONTHS)), DATE);
    assertEquals(Optional.of(at("2020-03-01")), months.after(at("2019-12-01"), 3));
    TimeGrid hours = new TimeGrid(Spacing.EVEN, Optional.of(new TimeStep(HOUR, Unit.MILLIS)), DATE);
    assertEquals(Optional.of(MONDAY + 5 * HOUR), hours.after(MONDAY, 5));
  }

  @Test
  void doesNotKnowWhatComesAfterUnevenRows() {
    assertEquals(Optional.empty(), TimeGrid.NONE.after(0, 1));
    assertEquals(
        Optional.empty(), new TimeGrid(Spacing.ROWS, Optional.empty(), DATE).after(MONDAY, 1));
  }

  @Test
  void findsDaysWithAHole() {
    TimeGrid grid = found(days(0, 1, 2, 5, 6, 7, 8));
    assertEquals(new TimeGrid(Spacing.EVEN, Optional.of(ONE_DAY), DATE), grid);
    assertEquals("1 day apart", grid.toString());
  }

  @Test
  void findsDaysOfTrade() {
    TimeGrid grid = found(days(0, 1, 2, 3, 4, 7, 8, 9, 11));
    assertEquals(new TimeGrid(Spacing.WEEKDAYS, Optional.of(ONE_DAY), DATE), grid);
    assertEquals("on weekdays", grid.toString());
  }

  @Test
  void takesLessThanAWeekForDays() {
    assertEquals(Spacing.EVEN, found(days(0, 1, 2, 3, 4)).spacing());
  }

  @Test
  void takesNoDaysOfTradeWhereOneSeriesHasAWeekend() {
    int[] counts = {0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 4, 5, 6};
    Frame frame = Frames.series("AAAAAAAAAABBB", days(counts)).numbers("y", new double[13]).build();
    Selection selection = new Selection(List.of("y"), List.of("y"), "store", Fill.FORWARD, 100);
    assertEquals(Spacing.EVEN, Arrangement.of(frame, selection, null, 0).grid().spacing());
  }

  @Test
  void takesNoDaysOfTradeWhereADayHasTwoRows() {
    long[] times = days(0, 1, 2, 3, 4, 7, 8, 9, 10);
    times[8] = times[7] + HOUR;
    assertEquals(Spacing.ROWS, found(times).spacing());
  }

  @Test
  void findsMonths() {
    TimeGrid grid = found(at("2019-11-01"), at("2019-12-01"), at("2020-01-01"), at("2020-02-01"));
    assertEquals(Optional.of(new TimeStep(1, Unit.MONTHS)), grid.step());
    assertEquals("1 month apart", grid.toString());
  }

  @Test
  void findsNoGridWhereOneRowLiesBesideIt() {
    long[] times = every(HOUR, upTo(20));
    times[11] += 1000;
    TimeGrid grid = found(times);
    assertEquals(new TimeGrid(Spacing.ROWS, Optional.empty(), DATE), grid);
    assertEquals("unevenly apart", grid.toString());
  }

  @Test
  void findsNoneWithoutTimes() {
    Frame frame = Frame.rows(3).numbers("y", new double[3]).build();
    assertEquals(TimeGrid.NONE, arranged(frame, Fill.FORWARD, "y").grid());
    assertEquals("without times", TimeGrid.NONE.toString());
  }

  @Test
  void writesTimesInTheirStyle() {
    assertEquals("2015-01-05", found(days(0, 1)).format(MONDAY));
    assertEquals("17", TimeGrid.NONE.format(17));
  }
}
