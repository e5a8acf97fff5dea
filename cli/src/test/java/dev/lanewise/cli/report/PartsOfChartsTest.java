package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.TickUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsOfChartsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy",
        "yyyy-MM",
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "HH:mm:ss"
      })
  void ticksThatFollowEachOtherAreWrittenDifferently(String pattern) {
    TickUnits units = DateTicks.units(pattern);
    Date first = Date.from(Instant.parse("2010-01-01T00:00:00Z"));
    for (int i = 0; i < units.size(); i++) {
      DateTickUnit unit = (DateTickUnit) units.get(i);
      Date next = unit.addToDate(first, TimeZone.getTimeZone("UTC"));
      assertNotEquals(unit.dateToString(first), unit.dateToString(next), unit.toString());
    }
    assertTrue(units.size() > 5);
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy, {YYYY}",
    "yyyy-MM-dd, {YYYY}-{MM}-{DD}",
    "uuuu-MM-dd HH:mm:ss.SSS, {YYYY}-{MM}-{DD} {HH}:{mm}:{ss}.{fff}",
    "yyyy-MM-dd''T''HH:mmX, {YYYY}-{MM}-{DD}T{HH}:{mm}Z"
  })
  void datesOfThePageAreWrittenAsGiven(String pattern, String page) {
    assertEquals(page, PageDate.of(pattern.replace("''", "'")));
  }

  @Test
  void datesInWordsAreRefused() {
    assertEquals(
        "date pattern E yyyy: E is none of y, M, d, H, m, s, S, X",
        assertThrows(IllegalArgumentException.class, () -> PageDate.of("E yyyy")).getMessage());
  }

  @Test
  void thinRowsKeepEveryPeak() {
    Panel panel = Samples.rows("v", 10_000, 1);
    panel.actual()[4321] = 99;
    panel.forecast()[1234] = -99;
    panel.naive()[777] = Double.NaN;
    Panel thin = Thinning.to(1000, panel);
    assertTrue(thin.rows() <= 1000, "" + thin.rows());
    assertTrue(thin.rows() > 300, "" + thin.rows());
    assertEquals(99, Arrays.stream(thin.actual()).max().orElseThrow());
    assertEquals(-99, Arrays.stream(thin.forecast()).min().orElseThrow());
    assertTrue(Arrays.stream(thin.naive()).anyMatch(Double::isNaN), "the hole stays");
    assertEquals(panel.at()[0], thin.at()[0]);
    assertEquals(panel.at()[9999], thin.at()[thin.rows() - 1]);
  }

  @Test
  void meansEndAtTheLastRowAndLeaveOutWhatIsNoNumber() {
    double[] values = {100, 1, 3, Double.NaN, 7, Double.NaN, Double.NaN};
    double[] at = {0, 1, 2, 3, 4, 5, 6};
    Panel means = Thinning.means(2, new Panel("v", at, values, values, values, Samples.NONE));
    assertArrayEquals(new double[] {1.5, 3.5, 5.5}, means.at());
    assertArrayEquals(new double[] {2, 7, Double.NaN}, means.actual());
  }

  @ParameterizedTest
  @CsvSource({"3600, 40, 48", "86400, 4, 7", "86400, 8, 14", "60, 4, 4", "2592000, 3, 3"})
  void meansAreOfWholeDaysAndWeeks(long stepSeconds, int each, int whole) {
    double[] at = new double[2000];
    Arrays.setAll(at, i -> 1000.0 * stepSeconds * i);
    assertEquals(whole, Thinning.wholeCycles(each, at));
  }

  @Test
  void aGapGetsARowWithoutNumbers() {
    double[] at = {0, 1, 2, 3, 30, 31};
    Panel broken = Thinning.broken(new Panel("v", at, at, at, at, at));
    assertArrayEquals(new double[] {0, 1, 2, 3, 16.5, 30, 31}, broken.at());
    assertArrayEquals(new double[] {0, 1, 2, 3, Double.NaN, 30, 31}, broken.seasonal());
  }

  @Test
  void scalesHoldAllNumbersAndAreNeverEmpty() {
    assertEquals(new Scale(0, 10.5), Scale.of(List.of(new double[] {0, 10, Double.NaN})));
    assertEquals(new Scale(99.5, 110.5), Scale.of(List.of(new double[] {100, 110})));
    assertEquals(new Scale(95, 105), Scale.of(List.of(new double[] {100, 100})));
    assertEquals(new Scale(-1, 1), Scale.of(List.of(new double[] {0})));
    assertEquals(new Scale(0, 1), Scale.of(List.of(new double[] {Double.NaN})));
  }

  @ParameterizedTest
  @CsvSource({
    "17.234, 17.23",
    "80000000, 80000000",
    "123456.7, 123457",
    "0.00012345678, 0.0001235",
    "1.5e-20, 1.5E-20",
    "0, 0",
    "100, 100"
  })
  void barsSayFourDigits(double number, String text) {
    assertEquals(text, new SignificantDigits(4).format(number));
  }

  @Test
  void numbersOfThePageAreAsFineAsCanBeSeen() {
    assertEquals(
        "{\"kind\":\"k\",\"first\":5,\"count\":4,\"step\":2,\"lines\":[{\"kind\":\"FORECAST\","
            + "\"label\":\"forecast\",\"width\":2.2,\"dash\":[],\"y\":[8E7,null,1.2E8,0]}]}",
        new ChartData("k")
            .at(new double[] {5, 7, 9, 11})
            .lines(
                List.of(Line.FORECAST), line -> new double[] {8e7, Double.NaN, 120000000.4, 0.12})
            .toString());
  }

  @Test
  void lengthsThatDifferAreRefused() {
    double[] two = {1, 2};
    double[] one = {1};
    assertEquals(
        "Panel p: 2 rows, but actual has 2, forecast 1, naive 2, seasonal 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Panel("p", two, two, one, two, Samples.NONE))
            .getMessage());
    assertEquals(
        "StepErrors: 1 steps, but forecast has 1, naive 2, seasonal 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new StepErrors(new int[] {1}, one, two, Samples.NONE))
            .getMessage());
  }
}
