package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastPictureTest {

  private static Pixels picture(String pattern, Panel... panels) throws IOException {
    Shown shown = Samples.shown("t", pattern, Samples.oneStep(), List.of(panels));
    return Pixels.of(ForecastPicture.png(shown));
  }

  private static Panel flat(int rows, double actual, double forecast, double naive) {
    double[] at = new double[rows];
    Arrays.setAll(at, i -> i);
    return new Panel(
        "flat", at, all(rows, actual), all(rows, forecast), all(rows, naive), Samples.NONE);
  }

  private static double[] all(int rows, double value) {
    double[] all = new double[rows];
    Arrays.fill(all, value);
    return all;
  }

  @Test
  void drawsEachLineWhereItsNumbersAre() throws IOException {
    Pixels picture = picture("", flat(30, 0, 10, 5));
    assertEquals(1200, picture.width());
    assertEquals(500, picture.height());
    int middle = (Pixels.TOP + 440) / 2;
    assertTrue(picture.count(Line.FORECAST.color(), 200, 1000, Pixels.TOP, middle - 60) > 1500);
    assertTrue(picture.count(Line.NAIVE.color(), 200, 1000, middle - 60, middle + 60) > 300);
    assertTrue(picture.count(Line.ACTUAL.color(), 200, 1000, middle + 60, 450) > 700);
    assertEquals(0, picture.count(Line.FORECAST.color(), 200, 1000, middle - 60, 450));
  }

  @Test
  void drawsTheForecastOverTheActual() throws IOException {
    Pixels picture = picture("", flat(30, 10, 10, 0));
    assertEquals(0, picture.count(Line.ACTUAL.color(), 200, 1000, Pixels.TOP, 200));
    assertTrue(picture.count(Line.FORECAST) > 1500);
  }

  @Test
  void drawsWhatIsStillToComeBehindTheLastRowsKnown() throws IOException {
    Panel panel = Samples.future(300, 12);
    Pixels picture = picture("yyyy-MM", panel);
    assertEquals(500, picture.height(), "the last rows are few enough for one chart");
    int border = picture.left(Line.FORECAST);
    assertTrue(border > 900, "the forecast begins at " + border);
    assertTrue(picture.right(Line.FORECAST) > 1130);
    assertTrue(picture.count(Line.ACTUAL.color(), 200, 900, Pixels.TOP, 450) > 500);
    assertEquals(60 + 12, Future.shortened(panel).rows());
  }

  @Test
  void drawsMeansOfManyRowsAndTheLastRowsBelow() throws IOException {
    Pixels picture = picture("yyyy-MM-dd HH:mm", Samples.hours("t", 20_000));
    assertEquals(680, picture.height());
    int border = 380;
    assertTrue(picture.count(Line.FORECAST.color(), 130, 1170, Pixels.TOP, border) > 1000);
    assertEquals(0, picture.count(Line.NAIVE.color(), 130, 1170, Pixels.TOP, border));
    assertTrue(picture.count(Line.NAIVE.color(), 130, 1170, border, 640) > 200);
  }

  @Test
  void drawsTheFirstFourOfSeveralSeries() throws IOException {
    Panel[] two = Collections.nCopies(2, Samples.months("a", 20)).toArray(Panel[]::new);
    Panel[] nine = Collections.nCopies(9, Samples.months("a", 20)).toArray(Panel[]::new);
    assertEquals(80 + 2 * 300, picture("yyyy-MM", two).height());
    assertEquals(80 + 4 * 300, picture("yyyy-MM", nine).height());
  }

  @Test
  void marksAPointThatStandsAlone() throws IOException {
    Panel one = Samples.months("Passengers", 1);
    assertTrue(picture("yyyy-MM", one).count(Line.FORECAST) > 8);
    double[] forecast = all(50, Double.NaN);
    forecast[25] = 3;
    Panel few = flat(50, 1, 2, 1);
    Panel alone = new Panel("alone", few.at(), few.actual(), forecast, few.naive(), few.seasonal());
    assertTrue(picture("", alone).count(Line.FORECAST) > 8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void drawsNothingOfNumbersThatAreNone(double none) throws IOException {
    Pixels picture = picture("", flat(30, none, none, none));
    assertEquals(0, picture.count(Line.FORECAST));
    assertTrue(picture.count(Color.WHITE, 0, 1200, 0, 500) > 500_000);
  }

  @Test
  void drawsNoLineAcrossAGap() throws IOException {
    double[] at = new double[60];
    Arrays.setAll(at, i -> i < 30 ? i : 400 + i);
    Panel whole = flat(60, 0, 10, 5);
    Panel gap = new Panel("gap", at, whole.actual(), whole.forecast(), whole.naive(), Samples.NONE);
    Pixels picture = picture("", gap);
    assertEquals(0, picture.count(Line.FORECAST.color(), 300, 900, Pixels.TOP, 450));
    assertTrue(picture.count(Line.FORECAST) > 100);
  }

  @Test
  void isTheSameBytesAgain() {
    Shown shown = Samples.months();
    assertEquals(
        Arrays.hashCode(ForecastPicture.png(shown)), Arrays.hashCode(ForecastPicture.png(shown)));
  }
}
