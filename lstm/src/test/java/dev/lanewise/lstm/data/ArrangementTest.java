package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.GAP;
import static dev.lanewise.lstm.data.Frames.MONDAY;
import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.days;
import static dev.lanewise.lstm.data.Frames.refuses;
import static dev.lanewise.lstm.data.Frames.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrangementTest {
  private static final int LONGEST = 3;

  private static Arrangement arranged(Frame frame, Fill fill, String... columns) {
    Selection selection = new Selection(List.of(columns[0]), List.of(columns), "", fill, LONGEST);
    return Arrangement.of(frame, selection, null, 0);
  }

  private static Arrangement bySeries(Frame frame, Fill fill) {
    return Arrangement.of(
        frame, new Selection(List.of("y"), List.of("y"), "store", fill, LONGEST), null, 0);
  }

  private static Series only(Arrangement arrangement) {
    assertEquals(1, arrangement.series().size());
    return arrangement.series().get(0);
  }

  private static long[] from(int... counts) {
    return days(counts);
  }

  private static String measured(Series series) {
    StringBuilder text = new StringBuilder();
    for (boolean each : series.measured()) {
      text.append(each ? '1' : '0');
    }
    return text.toString();
  }

  @Test
  void leavesRowsInOrderAsTheyAre() {
    Arrangement arrangement = arranged(daily(5, 6, 7), Fill.FORWARD, "y");
    Series series = only(arrangement);
    assertEquals("", series.name());
    assertArrayEquals(new int[] {0, 1, 2}, series.rows());
    assertArrayEquals(new double[] {5, 6, 7}, series.column("y"));
    assertArrayEquals(from(0, 1, 2), series.times());
    assertArrayEquals(new int[3], series.starts());
    assertEquals("111", measured(series));
    assertEquals(List.of(), arrangement.lines());
  }

  @Test
  void sortsRowsWhoseNewestIsFirst() {
    Arrangement arrangement = arranged(daily(from(3, 2, 1, 0), 8, 7, 6, 5), Fill.FORWARD, "y");
    assertArrayEquals(new double[] {5, 6, 7, 8}, only(arrangement).column("y"));
    assertArrayEquals(new int[] {3, 2, 1, 0}, only(arrangement).rows());
    assertEquals(List.of("the newest row is the first: sorted by time"), arrangement.lines());
  }

  @Test
  void sortsOneRowThatIsOutOfPlace() {
    Arrangement arrangement =
        arranged(daily(from(0, 1, 4, 2, 3, 5), 0, 1, 4, 2, 3, 5), Fill.FORWARD, "y");
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, only(arrangement).column("y"));
    assertEquals(List.of("sorted by time"), arrangement.lines());
  }

  @Test
  void keepsTheFirstRowOfEachTime() {
    Arrangement arrangement =
        arranged(daily(from(0, 1, 1, 2, 1), 5, 6, 60, 7, 600), Fill.FORWARD, "y");
    assertArrayEquals(new double[] {5, 6, 7}, only(arrangement).column("y"));
    assertEquals(
        List.of("sorted by time", "2 rows left out whose time repeats, the first of each kept"),
        arrangement.lines());
  }

  @Test
  void putsAbsentRowsOnTheGrid() {
    Arrangement arrangement =
        arranged(daily(from(0, 1, 4, 5, 6), 5, 6, 9, 10, 11), Fill.FORWARD, "y");
    Series series = only(arrangement);
    assertArrayEquals(new int[] {0, 1, -1, -1, 2, 3, 4}, series.rows());
    assertArrayEquals(from(0, 1, 2, 3, 4, 5, 6), series.times());
    assertArrayEquals(new double[] {5, 6, 6, 6, 9, 10, 11}, series.column("y"));
    assertEquals("1100111", measured(series));
    assertTrue(series.isUnbroken(0, 6));
    assertEquals(
        List.of("2 rows absent, 1 day apart: filled with the value before"), arrangement.lines());
  }

  @Test
  void fillsAGapOfTheLongestLengthAndNoLonger() {
    Series filled = only(arranged(daily(from(3, 4, 5, 9, 10), 0, 1, 2, 6, 7), Fill.FORWARD, "y"));
    assertEquals(8, filled.length());
    assertTrue(filled.isUnbroken(0, 7));

    Arrangement arrangement =
        arranged(daily(from(3, 4, 5, 10, 11), 0, 1, 2, 7, 8), Fill.FORWARD, "y");
    Series cut = only(arrangement);
    assertArrayEquals(new double[] {0, 1, 2, 7, 8}, cut.column("y"));
    assertArrayEquals(new int[] {0, 0, 0, 3, 3}, cut.starts());
    assertTrue(cut.isUnbroken(0, 2));
    assertFalse(cut.isUnbroken(2, 3));
    assertEquals(
        List.of("a gap of up to 4 rows, too long to fill: no window crosses it"),
        arrangement.lines());
  }

  @Test
  void fillsMissingCellsOfTheLongestLengthAndNoMore() {
    Series filled = only(arranged(daily(1, GAP, GAP, GAP, 5), Fill.FORWARD, "y"));
    assertArrayEquals(new double[] {1, 1, 1, 1, 5}, filled.column("y"));
    assertEquals("10001", measured(filled));

    Arrangement arrangement = arranged(daily(1, GAP, GAP, GAP, GAP, 6, 7), Fill.FORWARD, "y");
    Series cut = only(arrangement);
    assertArrayEquals(new double[] {1, 6, 7}, cut.column("y"));
    assertArrayEquals(new int[] {0, 1, 1}, cut.starts());
    assertArrayEquals(from(0, 5, 6), cut.times());
    assertEquals(
        List.of("a gap of up to 4 rows, too long to fill: no window crosses it"),
        arrangement.lines());
  }

  @Test
  void countsAbsentRowsAndMissingCellsAsOneGap() {
    Series cut =
        only(arranged(daily(from(0, 1, 2, 5, 6, 7), 0, 1, GAP, GAP, 6, 7), Fill.FORWARD, "y"));
    assertArrayEquals(new double[] {0, 1, 6, 7}, cut.column("y"));
    assertArrayEquals(new int[] {0, 0, 2, 2}, cut.starts());
  }

  @ParameterizedTest
  @EnumSource(Fill.class)
  void takesTheMissingCellsBesideAGapForItsPart(Fill fill) {
    int[] counts = {0, 1, 2, 3, 9, 10, 11, 12};
    Series cut = only(arranged(daily(from(counts), 0, 1, 2, GAP, GAP, GAP, 11, 12), fill, "y"));
    assertArrayEquals(new double[] {0, 1, 2, 11, 12}, cut.column("y"));
    assertArrayEquals(new int[] {0, 0, 0, 3, 3}, cut.starts());
  }

  @Test
  void fillsByTheValueBefore() {
    Arrangement arrangement = arranged(daily(1, GAP, GAP, 7), Fill.FORWARD, "y");
    assertArrayEquals(new double[] {1, 1, 1, 7}, only(arrangement).column("y"));
    assertEquals(List.of("2 missing cells filled with the value before"), arrangement.lines());
  }

  @Test
  void fillsByALine() {
    Arrangement arrangement = arranged(daily(1, GAP, GAP, 7), Fill.INTERPOLATE, "y");
    assertArrayEquals(new double[] {1, 3, 5, 7}, only(arrangement).column("y"));
    assertEquals("1001", measured(only(arrangement)));
    assertEquals(List.of("2 missing cells filled by interpolation"), arrangement.lines());
  }

  @Test
  void drawsNoLineOverTheSplit() {
    // 10 rows, 4 held back: rows 6 and on.
    double[] y = {0, GAP, 2, 3, 4, GAP, GAP, 7, GAP, 9};
    Selection selection = Frames.selection(Fill.INTERPOLATE, "y");
    Series series = Arrangement.of(daily(y), selection, null, 0.4).series().get(0);
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 4, 4, 7, 8, 9}, series.column("y"));
    Series all = Arrangement.of(daily(y), selection, null, 0).series().get(0);
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, all.column("y"));
  }

  @Test
  void drawsNoLineToTheOneRowThatATinyFractionHoldsBack() {
    Selection selection = Frames.selection(Fill.INTERPOLATE, "y");
    Series series = Arrangement.of(daily(0, GAP, 2), selection, null, 1e-9).series().get(0);
    assertArrayEquals(new double[] {0, 0, 2}, series.column("y"));
  }

  @Test
  void dropsRows() {
    Arrangement arrangement = arranged(daily(from(0, 1, 2, 3, 5), 1, GAP, 3, 4, 6), Fill.DROP, "y");
    Series series = only(arrangement);
    assertArrayEquals(new double[] {1, 3, 4, 6}, series.column("y"));
    assertArrayEquals(new int[] {0, 1, 1, 3}, series.starts());
    assertEquals("1111", measured(series));
    assertEquals(
        List.of(
            "1 row absent, 1 day apart: left out",
            "1 row without a number left out: no window crosses where they were"),
        arrangement.lines());
  }

  @Test
  void masksRows() {
    Arrangement arrangement = arranged(daily(1, GAP, 3), Fill.MASK, "y");
    assertEquals("101", measured(only(arrangement)));
    assertTrue(only(arrangement).isUnbroken(0, 2));
    assertEquals(List.of("1 missing cell masked"), arrangement.lines());
  }

  @Test
  void keepsSeriesApart() {
    Frame frame =
        Frames.series("BABAAB", from(0, 0, 1, 1, 2, 2))
            .numbers("y", new double[] {10, 1, 20, 2, 3, GAP})
            .build();
    Arrangement arrangement = bySeries(frame, Fill.FORWARD);
    assertEquals(List.of("A", "B"), arrangement.series().stream().map(Series::name).toList());
    assertArrayEquals(new double[] {1, 2, 3}, arrangement.series().get(0).column("y"));
    assertArrayEquals(new int[] {1, 3, 4}, arrangement.series().get(0).rows());
    assertArrayEquals(new double[] {10, 20}, arrangement.series().get(1).column("y"));
    assertEquals(
        List.of("1 row left out after the last with a number of every target"),
        arrangement.lines());
  }

  @Test
  void leavesOutRowsThatNameNoSeries() {
    Frame frame =
        Frame.rows(3)
            .numbers("y", new double[] {1, 2, 3})
            .text("store", List.of("A", "", "A"))
            .build();
    Arrangement arrangement = bySeries(frame, Fill.FORWARD);
    assertArrayEquals(new double[] {1, 3}, only(arrangement).column("y"));
    assertEquals(List.of("1 row without a \"store\" left out"), arrangement.lines());
  }

  @Test
  void namesTheSeriesThatHasNoNumber() {
    Frame frame =
        Frames.series("AABB", from(0, 1, 0, 1)).numbers("y", new double[] {1, 2, GAP, GAP}).build();
    Arrangement arrangement = bySeries(frame, Fill.FORWARD);
    assertEquals("A", only(arrangement).name());
    assertEquals(List.of("series \"B\" left out: \"y\" has no number"), arrangement.lines());
  }

  @Test
  void namesTheColumnThatHasNoNumber() {
    Frame frame =
        Frame.rows(2)
            .numbers("y", new double[] {1, 2})
            .numbers("x", new double[] {GAP, GAP})
            .build();
    refuses(
        "no row is left to forecast from: \"x\" has no number",
        () -> arranged(frame, Fill.FORWARD, "y", "x"));
  }

  @Test
  void namesTargetsThatEndBeforeAColumnBegins() {
    Frame frame =
        Frame.rows(4)
            .numbers("y", new double[] {1, 2, GAP, GAP})
            .numbers("x", new double[] {GAP, GAP, 3, 4})
            .build();
    refuses(
        "no row is left to forecast from: no row has a number of every target once all columns"
            + " have begun",
        () -> arranged(frame, Fill.FORWARD, "y", "x"));
  }

  @Test
  void beginsWithTheLatestColumnAndKnowsWhatCameBefore() {
    Frame frame =
        Frame.rows(5)
            .times(from(upTo(5)), TimeStyle.DATE)
            .numbers("y", new double[] {1, 2, GAP, 4, 5})
            .numbers("x", new double[] {GAP, GAP, 30, 40, 50})
            .text("t", List.of("", "sun", "", "", "rain"))
            .build();
    Arrangement arrangement = arranged(frame, Fill.FORWARD, "y", "x", "t");
    Series series = only(arrangement);
    // Not the 4 of the day after: it was not known.
    assertArrayEquals(new double[] {2, 4, 5}, series.column("y"));
    assertArrayEquals(new String[] {"sun", "sun", "rain"}, series.text("t"));
    assertEquals("011", measured(series));
    assertEquals(
        List.of(
            "2 rows left out before \"x\" begins", "1 missing cell filled with the value before"),
        arrangement.lines());
  }

  @Test
  void endsWhereAColumnEndedLongBeforeAndCarriesOneThatEndedLately() {
    // LONGEST rows without a number are carried, one more are not.
    for (int lacking : new int[] {LONGEST, LONGEST + 1}) {
      double[] y = new double[10 + lacking];
      double[] x = new double[y.length];
      Arrays.setAll(y, t -> t);
      Arrays.setAll(x, t -> t < 10 ? 100 + t : GAP);
      Frame frame = Frame.rows(y.length).numbers("y", y).numbers("x", x).build();
      Arrangement arrangement = arranged(frame, Fill.FORWARD, "y", "x");
      Series series = only(arrangement);
      boolean carried = lacking == LONGEST;
      assertEquals(carried ? y.length : 10, series.length());
      assertEquals(109, series.column("x")[series.length() - 1]);
      assertEquals(
          carried
              ? List.of(LONGEST + " missing cells filled with the value before")
              : List.of(LONGEST + 1 + " rows left out after \"x\" ended"),
          arrangement.lines());
    }
  }

  @Test
  void endsWhereAColumnEndedBeforeABreak() {
    // "x" lacks 2 rows alone, but 11 days: what it was before the break is not known after it.
    Frame frame =
        Frame.rows(8)
            .times(from(0, 1, 2, 3, 4, 5, 15, 16), TimeStyle.DATE)
            .numbers("y", new double[] {0, 1, 2, 3, 4, 5, 15, 16})
            .numbers("x", new double[] {0, 1, 2, 3, 4, 5, GAP, GAP})
            .build();
    Arrangement arrangement = arranged(frame, Fill.FORWARD, "y", "x");
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, only(arrangement).column("y"));
    assertEquals(
        List.of(
            "2 rows left out after \"x\" ended",
            "a gap of up to 9 rows, too long to fill: no window crosses it"),
        arrangement.lines());
  }

  @Test
  void leavesOutAGapThatEndsAfterAColumnEnded() {
    // "y" lacks 5 rows, of which "x" has the first two: they are not filled either.
    Frame frame =
        Frame.rows(10)
            .numbers("y", new double[] {0, 1, 2, GAP, GAP, GAP, GAP, GAP, 8, 9})
            .numbers("x", new double[] {0, 1, 2, 3, 4, GAP, GAP, GAP, GAP, GAP})
            .build();
    Arrangement arrangement = arranged(frame, Fill.FORWARD, "y", "x");
    assertArrayEquals(new double[] {0, 1, 2}, only(arrangement).column("y"));
    assertEquals(
        List.of(
            "5 rows left out after \"x\" ended",
            "a gap of up to 5 rows, too long to fill: no window crosses it"),
        arrangement.lines());
  }

  @Test
  void tellsOfNoGapInRowsAfterAColumnEnded() {
    Frame frame =
        Frame.rows(8)
            .numbers("y", new double[] {0, 1, 2, GAP, GAP, GAP, GAP, 7})
            .numbers("x", new double[] {0, 1, 2, GAP, GAP, GAP, GAP, GAP})
            .build();
    assertEquals(
        List.of("5 rows left out after \"x\" ended"),
        arranged(frame, Fill.FORWARD, "y", "x").lines());
  }

  @Test
  void drawsALineToANumberAfterAColumnEnded() {
    Frame frame =
        Frame.rows(7)
            .numbers("y", new double[] {0, 1, GAP, 3, 4, 5, 6})
            .numbers("x", new double[] {0, 1, 2, GAP, GAP, GAP, GAP})
            .build();
    Series series = only(arranged(frame, Fill.INTERPOLATE, "y", "x"));
    assertArrayEquals(new double[] {0, 1, 2}, series.column("y"));
    assertEquals("110", measured(series));
  }

  @Test
  void tellsOfThreeSeriesThatBeginLaterAndCountsTheRest() {
    Frame frame =
        Frames.series("AABBCCDDEE", from(0, 1, 0, 1, 0, 1, 0, 1, 0, 1))
            .numbers("y", new double[] {GAP, 1, GAP, 1, GAP, 1, GAP, 1, GAP, 1})
            .build();
    assertEquals(
        List.of(
            "1 row left out before \"y\" begins in A",
            "1 row left out before \"y\" begins in B",
            "1 row left out before \"y\" begins in C",
            "so in 2 more series"),
        bySeries(frame, Fill.FORWARD).lines());
  }

  @Test
  void endsWithTheLastRowOfAllTargets() {
    Frame frame =
        Frame.rows(5)
            .numbers("y", new double[] {1, 2, 3, 4, GAP})
            .numbers("z", new double[] {1, 2, 3, GAP, 5})
            .build();
    Selection selection = new Selection(List.of("y", "z"), List.of("y"), "", Fill.FORWARD, LONGEST);
    Arrangement arrangement = Arrangement.of(frame, selection, null, 0);
    assertArrayEquals(new double[] {1, 2, 3}, only(arrangement).column("z"));
    assertEquals(
        List.of("2 rows left out after the last with a number of every target"),
        arrangement.lines());
  }

  @Test
  void carriesAFeatureToTheEnd() {
    Frame frame =
        Frame.rows(4)
            .numbers("y", new double[] {1, 2, 3, 4})
            .numbers("x", new double[] {7, 8, GAP, GAP})
            .build();
    for (Fill fill : List.of(Fill.FORWARD, Fill.INTERPOLATE, Fill.MASK)) {
      Series series = only(arranged(frame, fill, "y", "x"));
      assertArrayEquals(new double[] {7, 8, 8, 8}, series.column("x"));
      assertEquals("1100", measured(series));
    }
    assertEquals(2, only(arranged(frame, Fill.DROP, "y", "x")).length());
  }

  @Test
  void carriesWhatWasKnownInARowThatIsLeftOut() {
    // "y" has a gap of 4 in which "x" goes on: its last number there is known after the gap.
    Frame frame =
        Frame.rows(8)
            .numbers("y", new double[] {1, 2, GAP, GAP, GAP, GAP, 7, 8})
            .numbers("x", new double[] {1, 2, 3, 4, 5, 6, GAP, 8})
            .build();
    Series series = only(arranged(frame, Fill.FORWARD, "y", "x"));
    assertArrayEquals(new double[] {1, 2, 6, 8}, series.column("x"));
    assertArrayEquals(new int[] {0, 0, 2, 2}, series.starts());
  }

  @Test
  void carriesTextsOverAbsentRows() {
    Frame frame =
        Frame.rows(5)
            .times(from(0, 1, 3, 4, 5), TimeStyle.DATE)
            .numbers("y", new double[] {1, 2, 4, 5, 6})
            .text("t", List.of("", "a", "", "b", ""))
            .build();
    Arrangement arrangement = arranged(frame, Fill.FORWARD, "y", "t");
    assertArrayEquals(new String[] {"", "a", "a", "a", "b", "b"}, only(arrangement).text("t"));
  }

  @Test
  void cutsUnevenRowsWhereTheyAreFarApart() {
    long[] times = new long[10];
    for (int i = 0; i < 10; i++) {
      times[i] = MONDAY + i * DAY + (i % 3) * 1000L + (i >= 5 ? 40 * DAY : 0);
    }
    Arrangement arrangement = arranged(daily(times, new double[10]), Fill.FORWARD, "y");
    assertEquals(TimeGrid.Spacing.ROWS, arrangement.grid().spacing());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 5, 5, 5, 5, 5}, only(arrangement).starts());
    assertEquals(10, only(arrangement).length());
    assertEquals(
        List.of("a gap of up to 40 rows, too long to fill: no window crosses it"),
        arrangement.lines());
  }

  @Test
  void takesAWeekendForNoGap() {
    Arrangement arrangement =
        arranged(daily(from(0, 1, 2, 3, 4, 7, 8, 9, 10, 11), new double[10]), Fill.FORWARD, "y");
    assertEquals(TimeGrid.Spacing.WEEKDAYS, arrangement.grid().spacing());
    assertEquals(10, only(arrangement).length());
    assertTrue(only(arrangement).isUnbroken(0, 9));
  }

  @Test
  void refusesRowsThatDoNotLieOnAKnownGrid() {
    TimeGrid hours =
        new TimeGrid(
            TimeGrid.Spacing.EVEN,
            Optional.of(new TimeStep(Frames.HOUR, TimeStep.Unit.MILLIS)),
            Optional.of(TimeStyle.DATE_TIME));
    long[] times = {MONDAY, MONDAY + Frames.HOUR, MONDAY + Frames.HOUR * 3 / 2};
    Selection selection = Frames.selection(Fill.FORWARD, "y");
    refuses(
        "row 2: 2015-01-05T01:30 comes after 2015-01-05T01:00, but the model was trained on rows"
            + " 1 hour apart; bring rows with that distance",
        () -> Arrangement.of(daily(times, 1, 2, 3), selection, hours, 0));
    assertEquals(
        25, Arrangement.of(daily(from(0, 1), 1, 2), selection, hours, 0).series().get(0).length());
  }

  @ParameterizedTest
  @EnumSource(Fill.class)
  void doesNotDependOnTheOrderOfRows(Fill fill) {
    int[] order = {5, 2, 7, 0, 3, 6, 1, 4};
    String letters = "ABABABAB";
    double[] y = {1, 10, GAP, 20, 3, 30, 4, 40};
    int[] time = {0, 0, 1, 1, 2, 3, 3, 4};
    StringBuilder shuffledLetters = new StringBuilder();
    double[] shuffledY = new double[8];
    int[] shuffledTime = new int[8];
    for (int i = 0; i < 8; i++) {
      shuffledLetters.append(letters.charAt(order[i]));
      shuffledY[i] = y[order[i]];
      shuffledTime[i] = time[order[i]];
    }
    List<Series> straight =
        bySeries(Frames.series(letters, days(time)).numbers("y", y).build(), fill).series();
    List<Series> shuffled =
        bySeries(
                Frames.series(shuffledLetters.toString(), days(shuffledTime))
                    .numbers("y", shuffledY)
                    .build(),
                fill)
            .series();
    assertEquals(2, shuffled.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(straight.get(i).name(), shuffled.get(i).name());
      assertArrayEquals(straight.get(i).column("y"), shuffled.get(i).column("y"));
      assertArrayEquals(straight.get(i).times(), shuffled.get(i).times());
      assertArrayEquals(straight.get(i).starts(), shuffled.get(i).starts());
      assertTrue(Arrays.equals(straight.get(i).measured(), shuffled.get(i).measured()));
    }
  }
}
