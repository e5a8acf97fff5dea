package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.numbers;
import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecasterTest {
  private static Forecaster.Builder small() {
    return Forecaster.builder("y").window(3).change(Change.LEVEL).season(0);
  }

  @Test
  void refusesSettingsThatAreNone() {
    refuses("targets: expected one column or more, got none", () -> Forecaster.builder());
    refuses("targets: \"y\" is named twice", () -> Forecaster.builder("y", "z", "y"));
    refuses("window: expected 1 or more, got 0", () -> small().window(0));
    String horizon =
        "horizon: expected a first step of 1 or more and a last one not before it, got ";
    refuses(horizon + "0..0", () -> small().horizon(0));
    refuses(horizon + "3..2", () -> small().horizon(3, 2));
    refuses("season: expected 2 rows or more, or 0 for none, got 1", () -> small().season(1));
    refuses("season: expected 2 rows or more, or 0 for none, got -7", () -> small().season(-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesToHoldBackWhatIsNoFraction(double held) {
    refuses(
        "held back: expected a fraction from 0 to below 1, got " + held,
        () -> small().heldBack(held));
  }

  @Test
  void refusesATextForATarget() {
    Frame frame = Frame.rows(1).text("y", List.of("a")).build();
    refuses("target \"y\": expected numbers, got text", () -> small().build().prepare(frame));
  }

  @Test
  void refusesTheCalendarOfRowsWithoutTimes() {
    Frame frame = Frame.rows(9).numbers("y", new double[9]).build();
    refuses(
        "the calendar needs the times of the rows, got none",
        () -> small().calendar(Set.of(CalendarFeature.HOUR)).build().prepare(frame));
  }

  @Test
  void namesTheColumnThatIsAbsent() {
    Frame frame = daily(numbers(20, t -> t));
    String known = "; the columns of numbers are \"y\"";
    refuses(
        "no column \"x\" of numbers" + known, () -> small().features("x").build().prepare(frame));
    refuses(
        "no column \"z\" of numbers" + known, () -> Forecaster.builder("z").build().prepare(frame));
    refuses(
        "no column \"store\" of text; the columns of text are none",
        () -> small().series("store").build().prepare(frame));
  }

  @Test
  void saysHowManyRowsItNeeds() {
    // 10 rows, 2 held back: 8. window 7 and 1 ahead, and 1 before: 9.
    Forecaster.Builder builder = small().window(7);
    assertEquals(1, builder.build().prepare(daily(numbers(10, t -> t % 3))).trainX().dim(0));
    refuses(
        "10 rows, of which heldBack(0.2) leaves 8 to train on; window(7) and horizon(1), with 1"
            + " before for the change, need 9 or more. Bring more rows or lower window(7)",
        () -> builder.change(Change.LAST).build().prepare(daily(numbers(10, t -> t % 3))));
    refuses(
        "10 rows, of which heldBack(0.2) leaves 8 to train on; window(8) and horizon(1)"
            + " need 9 or more. Bring more rows or lower window(8)",
        () -> small().window(8).build().prepare(daily(numbers(10, t -> t % 3))));
    refuses(
        "0 rows, of which heldBack(0.2) leaves 0 to train on; window(3) and horizon(1)"
            + " need 4 or more. Bring more rows or lower window(3)",
        () -> small().build().prepare(daily()));
  }

  @Test
  void namesTheLongestSeriesWhereAllAreTooShort() {
    Frame frame =
        Frames.series("ABBAB", Frames.days(0, 0, 1, 1, 2)).numbers("y", new double[5]).build();
    refuses(
        "the longest series, \"B\": 3 rows, of which heldBack(0.0) leaves 3 to train on; window(3)"
            + " and horizon(1) need 4 or more. Bring more rows or lower window(3)",
        () -> small().series("store").heldBack(0).build().prepare(frame));
  }

  @Test
  void refusesATextOfTooManyValues() {
    List<String> codes = IntStream.range(0, 100).mapToObj(i -> "code" + i).toList();
    Frame frame =
        Frame.rows(100).numbers("y", numbers(100, t -> t % 5)).text("code", codes).build();
    refuses(
        "column \"code\" holds 80 different texts, expected at most 64 for a feature; leave it"
            + " out, or group its values",
        () -> small().features("y", "code").build().prepare(frame));
  }

  @Test
  void saysThatNoWindowIsWhole() {
    double[] y = numbers(40, t -> t % 4 == 3 ? Double.NaN : t);
    refuses(
        "no window of 3 rows without a gap to train on; lower the window, or fill the gaps"
            + " (Fill.FORWARD)",
        () -> small().fill(Fill.DROP).build().prepare(daily(y)));
  }

  @Test
  void saysThatNoWindowForecastsTheRowsHeldBack() {
    refuses(
        "no window of 3 rows without a gap forecasts a row held back; hold back more rows or lower"
            + " the window",
        () -> small().horizon(1, 5).build().prepare(daily(numbers(20, t -> t % 4))));
  }

  @Test
  void namesTheNumberThatHasNoLogarithm() {
    String message =
        "target \"y\": a logarithm needs numbers above 0, got 0.0; forecast without the logarithm";
    double[] y = numbers(20, t -> t == 5 ? 0 : 1 + t);
    refuses(message, () -> small().change(Change.LAST.ofLog()).build().prepare(daily(y)));
    refuses(message, () -> Forecaster.builder("y").window(3).log(true).build().prepare(daily(y)));
  }

  @Test
  void isNotChangedByItsBuilder() {
    Forecaster.Builder builder = small();
    Forecaster forecaster = builder.build();
    builder.window(9).fill(Fill.DROP).features("x");
    assertEquals(3, forecaster.window());
    assertEquals(Fill.FORWARD, forecaster.fill());
    assertEquals(List.of("y"), forecaster.features());
  }
}
