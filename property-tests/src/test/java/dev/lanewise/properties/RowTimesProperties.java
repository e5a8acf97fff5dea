package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.RowTimes;
import dev.lanewise.lstm.data.TimeStep;
import dev.lanewise.lstm.data.TimeStep.Unit;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Times written in every format are read as what was written. */
@Tag("no-kernels")
class RowTimesProperties {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long FIRST = LocalDate.of(1980, 1, 1).toEpochDay() * DAY;
  private static final long LAST = LocalDate.of(2028, 12, 31).toEpochDay() * DAY;

  /** A day that only one order of day and month can read. */
  private static final long DECISIVE = LocalDate.of(2001, 3, 25).toEpochDay() * DAY;

  private static final List<String> PATTERNS =
      List.of(
          "yyyy-MM-dd",
          "yyyy-M-d",
          "yyyy/MM/dd",
          "yyyy.MM.dd",
          "yyyy-MM-dd HH:mm",
          "yyyy-MM-dd'T'HH:mm",
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd'T'HH:mm:ss.SSS",
          "yyyy-MM-dd HH:mm:ss,SSS",
          "yyyy-MM-dd'T'HH:mmXXX",
          "yyyy-MM-dd HH:mm:ss xx",
          "yyyy-MM-dd'T'HH:mm:ss.SSSx",
          "yyyy/MM/dd HH.mm.ss",
          "yyyyMMdd'T'HHmmss",
          "yyyyMMdd",
          "yyyyMMddHH",
          "yyyyMMddHHmm",
          "yyyyMMddHHmmss",
          "yyyyMM",
          "yyyy-MM",
          "yyyy/MM",
          "MM/yyyy",
          "yyyy-'Q'q",
          "'Q'q yyyy",
          "yyyy",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "d/M/yyyy H:mm",
          "M/d/yyyy h:mm a",
          "dd.MM.yyyy HH:mm:ss",
          "dd-MM-yy",
          "M/d/yy, hh:mm:ss a",
          "d MMMM yyyy",
          "MMM d, yyyy",
          "d-MMM-yy",
          "dd/MMM/yyyy:HH:mm:ss xx",
          "EEEE, d MMMM yyyy",
          "MMMM d, yyyy 'at' h:mm a",
          "MMM-yy",
          "MMMM yyyy");

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(PATTERNS);
  }

  /** Without years that run neither way, which may be those of anything. */
  @Provide
  Arbitrary<String> plainTimes() {
    return patterns().filter(pattern -> !pattern.equals("yyyy"));
  }

  /** Times in any order, which may repeat: evenly spaced, or not. */
  @Provide
  Arbitrary<List<Long>> times() {
    Arbitrary<Long> time = Arbitraries.longs().between(FIRST, LAST - 1);
    Arbitrary<List<Long>> irregular = time.list().ofMinSize(1).ofMaxSize(40);
    Arbitrary<TimeStep> steps =
        Arbitraries.of(
            new TimeStep(SECOND, Unit.MILLIS),
            new TimeStep(5 * MINUTE, Unit.MILLIS),
            new TimeStep(HOUR, Unit.MILLIS),
            new TimeStep(DAY, Unit.MILLIS),
            new TimeStep(7 * DAY, Unit.MILLIS),
            new TimeStep(1, Unit.MONTHS),
            new TimeStep(3, Unit.MONTH_ENDS));
    Arbitrary<List<Long>> regular =
        Combinators.combine(
                Arbitraries.longs().between(FIRST, LAST - 12 * 366 * DAY),
                steps,
                Arbitraries.integers().between(1, 40))
            .as(
                (begin, step, count) ->
                    IntStream.range(0, count).mapToObj(i -> step.plus(begin, i)).toList());
    return Arbitraries.oneOf(irregular, regular, regular.flatMap(Arbitraries::shuffle));
  }

  private static ZoneOffset zone(String pattern, int row) {
    boolean zoned = pattern.endsWith("x") || pattern.endsWith("X");
    return ZoneOffset.ofHours(zoned ? row % 3 - 1 : 0);
  }

  private static String write(long millis, String pattern, int row) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .format(Instant.ofEpochMilli(millis).atOffset(zone(pattern, row)));
  }

  /** What a pattern keeps of a time. */
  private static long kept(long millis, String pattern) {
    if (pattern.contains("SSS")) {
      return millis;
    }
    if (pattern.contains("ss")) {
      return millis - Math.floorMod(millis, SECOND);
    }
    if (pattern.contains("mm")) {
      return millis - Math.floorMod(millis, MINUTE);
    }
    if (pattern.contains("HH")) {
      return millis - Math.floorMod(millis, HOUR);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    if (pattern.contains("q")) {
      date = date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
    } else if (!pattern.contains("M")) {
      date = date.withDayOfYear(1);
    } else if (!pattern.contains("d")) {
      date = date.withDayOfMonth(1);
    }
    return date.toEpochDay() * DAY;
  }

  private static CsvTable table(String name, List<String> cells) {
    return CsvTable.of(
        List.of("No", name, "value"),
        IntStream.range(0, cells.size())
            .mapToObj(row -> List.of("" + (row + 1), cells.get(row), "13." + row % 10))
            .toList());
  }

  private static List<String> write(List<Long> times, String pattern) {
    return IntStream.range(0, times.size())
        .mapToObj(row -> write(times.get(row), pattern, row))
        .toList();
  }

  private static long[] kept(List<Long> times, String pattern) {
    return times.stream().mapToLong(time -> kept(time, pattern)).toArray();
  }

  /** The times and one more whose day says which order a column has. */
  private static List<Long> decided(List<Long> times) {
    List<Long> all = new ArrayList<>(times);
    all.add(times.size() / 2, DECISIVE + Math.floorMod(times.getFirst(), DAY));
    return all;
  }

  @Property(tries = 2000)
  void readsWhatWasWrittenInAnyOrderOfRows(
      @ForAll("times") List<Long> some, @ForAll("patterns") String pattern) {
    List<Long> times = decided(some);
    RowTimes read = RowTimes.of(table("x", write(times, pattern)), List.of("x"));
    assertArrayEquals(kept(times, pattern), read.millis(), read.format());
    assertEquals(0, read.unread());
    boolean zoned = pattern.endsWith("x") || pattern.endsWith("X");
    assertEquals(zoned, read.style() == TimeStyle.INSTANT);
  }

  @Property(tries = 2000)
  void aColumnOfTimesIsFoundAmongNumbers(
      @ForAll("times") List<Long> some, @ForAll("plainTimes") String pattern) {
    List<Long> times = decided(some);
    RowTimes read = RowTimes.find(table("time", write(times, pattern))).orElseThrow();
    assertEquals(List.of("time"), read.columns());
    assertArrayEquals(kept(times, pattern), read.millis(), read.format());
  }

  @Property(tries = 1000)
  void aPatternReadsWhatItWrote(
      @ForAll("times") List<Long> times, @ForAll("patterns") String pattern) {
    RowTimes read = RowTimes.of(table("x", write(times, pattern)), List.of("x"), pattern);
    assertArrayEquals(kept(times, pattern), read.millis());
  }

  @Property(tries = 1000)
  void countsSinceTheEpochAreRead(
      @ForAll("times") List<Long> times, @ForAll @IntRange(min = 0, max = 3) int unit) {
    long[] factors = {1, 1000, 1_000_000};
    List<String> cells =
        times.stream()
            .map(time -> "" + (unit == 0 ? time / 1000 : time * factors[unit - 1]))
            .toList();
    long[] expected =
        times.stream().mapToLong(time -> unit == 0 ? time / 1000 * 1000 : time).toArray();
    assertArrayEquals(expected, RowTimes.find(table("ts", cells)).orElseThrow().millis());
    assertArrayEquals(expected, RowTimes.of(table("x", cells), List.of("x")).millis());
  }

  @Property(tries = 1000)
  void partsInColumnsAreReadInAnyOrderOfColumns(
      @ForAll("times") List<Long> times,
      @ForAll @IntRange(min = 2, max = 6) int parts,
      @ForAll Random random) {
    List<String> names = List.of("year", "month", "day", "hour", "minute", "second");
    List<String> patterns = List.of("yyyy", "M", "d", "H", "m", "s");
    List<String> kept = List.of("", "", "yyyy-M", "yyyy-M-d", "HH", "mm", "ss");
    List<Integer> columns = new ArrayList<>(IntStream.range(0, parts).boxed().toList());
    Collections.shuffle(columns, random);
    CsvTable table =
        CsvTable.of(
            columns.stream().map(names::get).toList(),
            times.stream()
                .map(
                    time ->
                        columns.stream().map(part -> write(time, patterns.get(part), 0)).toList())
                .toList());
    long[] expected = kept(times, kept.get(parts));
    RowTimes found = RowTimes.find(table).orElseThrow();
    assertEquals(names.subList(0, parts), found.columns());
    assertArrayEquals(expected, found.millis());
    assertArrayEquals(expected, RowTimes.of(table, table.columns()).millis());
  }

  @Property(tries = 500)
  void aDateAndATimeOfDayAreReadTogether(
      @ForAll("times") List<Long> some, @ForAll @IntRange(min = 0, max = 2) int way) {
    List<Long> times = decided(some);
    String clock = List.of("HH:mm", "h:mm a", "H").get(way);
    CsvTable table =
        CsvTable.of(
            List.of("Date", "Hour"),
            times.stream()
                .map(time -> List.of(write(time, "dd/MM/yyyy", 0), write(time, clock, 0)))
                .toList());
    assertArrayEquals(
        kept(times, way == 2 ? "HH" : "mm"), RowTimes.of(table, table.columns()).millis());
  }

  @Property(tries = 500)
  void clocksThatRunAreCountedOn(
      @ForAll @IntRange(min = 0, max = 1439) int begin,
      @ForAll @IntRange(min = 1, max = 1439) int minutes,
      @ForAll @IntRange(min = 2, max = 100) int count) {
    List<Long> times =
        IntStream.range(0, count).mapToObj(i -> (begin + (long) i * minutes) * MINUTE).toList();
    RowTimes read = RowTimes.find(table("time", write(times, "HH:mm"))).orElseThrow();
    assertEquals(TimeStyle.CLOCK, read.style());
    assertArrayEquals(times.stream().mapToLong(Long::longValue).toArray(), read.millis());
  }

  @Property(tries = 500)
  void otherCellsHaveNoTime(
      @ForAll("times") List<Long> some, @ForAll("patterns") String pattern, @ForAll Random random) {
    List<Long> times = decided(some);
    List<String> cells = new ArrayList<>(write(times, pattern));
    long[] expected = kept(times, pattern);
    for (int i = 0; i < cells.size() / 10; i++) {
      int row = random.nextInt(cells.size());
      if (times.get(row) / DAY != DECISIVE / DAY) {
        cells.set(row, List.of("", "NA", "-", "soon", "99").get(random.nextInt(5)));
        expected[row] = RowTimes.NONE;
      }
    }
    RowTimes read = RowTimes.of(table("x", cells), List.of("x"));
    assertArrayEquals(expected, read.millis());
    assertEquals(
        Arrays.stream(expected).filter(time -> time == RowTimes.NONE).count(), read.unread());
  }

  @Property(tries = 500)
  void anyCellIsReadOrRefused(@ForAll List<String> cells) {
    try {
      RowTimes read = RowTimes.of(table("x", cells), List.of("x"));
      assertEquals(cells.size(), read.millis().length);
    } catch (FormatException e) {
      assertEquals("table", e.file());
    }
  }
}
