package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.data.TimeStep;
import dev.lanewise.lstm.data.TimeStep.Unit;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Steps of time against the calendar of java.time. */
@Tag("no-kernels")
class TimeStepProperties {
  private static final long FIRST = -5_000_000_000_000L; // in 1811
  private static final long LAST = 5_000_000_000_000L; // in 2128

  private static LocalDateTime calendar(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }

  private static long millis(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.longs().between(FIRST, LAST);
  }

  @Provide
  Arbitrary<Unit> units() {
    return Arbitraries.of(Unit.class);
  }

  private static LocalDateTime lastDay(LocalDateTime time) {
    return time.withDayOfMonth(YearMonth.from(time).lengthOfMonth());
  }

  @Property(tries = 1000)
  void plusIsThatOfTheCalendar(
      @ForAll("times") long origin,
      @ForAll @IntRange(min = 1, max = 30) int amount,
      @ForAll @IntRange(min = -500, max = 500) int steps) {
    LocalDateTime moved = calendar(origin).plusMonths((long) amount * steps);
    assertEquals(millis(moved), new TimeStep(amount, Unit.MONTHS).plus(origin, steps));
    assertEquals(millis(lastDay(moved)), new TimeStep(amount, Unit.MONTH_ENDS).plus(origin, steps));
    assertEquals(
        origin + 1000L * amount * steps,
        new TimeStep(1000L * amount, Unit.MILLIS).plus(origin, steps));
  }

  @Property(tries = 1000)
  void betweenIsTheLargestNumberOfStepsThatIsNotPastTheOther(
      @ForAll("times") long from,
      @ForAll("times") long to,
      @ForAll("units") Unit unit,
      @ForAll @LongRange(min = 1, max = 40) long amount) {
    TimeStep step = new TimeStep(amount, unit);
    long steps = step.between(from, to);
    assertTrue(step.plus(from, steps) <= to);
    assertTrue(step.plus(from, steps + 1) > to);
    assertEquals(step.plus(from, steps) == to, step.reaches(from, to));
  }

  @Property(tries = 1000)
  void whatIsSomeStepsAwayIsReached(
      @ForAll("times") long origin,
      @ForAll("units") Unit unit,
      @ForAll @LongRange(min = 1, max = 40) long amount,
      @ForAll @IntRange(min = -300, max = 300) int steps) {
    TimeStep step = new TimeStep(amount, unit);
    long to = step.plus(origin, steps);
    assertEquals(steps, step.between(origin, to));
    assertTrue(step.reaches(origin, to));
    if (unit != Unit.MONTH_ENDS) {
      assertEquals(origin, step.plus(origin, 0));
    }
  }

  @Property(tries = 1000)
  void theStepOfEvenTimesIsFound(
      @ForAll("times") long origin,
      @ForAll("units") Unit unit,
      @ForAll @LongRange(min = 1, max = 40) long amount,
      @ForAll @IntRange(min = 3, max = 60) int count,
      @ForAll @IntRange(min = 0, max = 59) int missing) {
    TimeStep step = new TimeStep(unit == Unit.MILLIS ? amount * 60_000 : amount, unit);
    long[] times = new long[count];
    Arrays.setAll(times, i -> step.plus(origin, i + (count > 4 && i > missing ? 1 : 0)));
    TimeStep found = TimeStep.find(times).orElseThrow();
    assertEquals(step.amount(), found.amount());
    assertEquals(unit == Unit.MILLIS, found.unit() == Unit.MILLIS);
    for (long time : times) {
      assertTrue(found.reaches(times[0], time) || found.unit() != unit);
    }
  }

  @Property(tries = 1000)
  void isoTextReadsBackAsTheTime(@ForAll("times") long millis) {
    assertEquals(calendar(millis), LocalDateTime.parse(TimeStyle.DATE_TIME.format(millis)));
    assertEquals(calendar(millis).toLocalDate().toString(), TimeStyle.DATE.format(millis));
    assertEquals(TimeStyle.DATE_TIME.format(millis) + "Z", TimeStyle.INSTANT.format(millis));
    assertEquals(calendar(millis).toLocalTime().toString(), TimeStyle.CLOCK.format(millis));
  }

  @Property(tries = 200)
  void fewerThanTwoTimesHaveNoStep(@ForAll("times") long time) {
    assertEquals(Optional.empty(), TimeStep.find(new long[] {time}));
  }
}
