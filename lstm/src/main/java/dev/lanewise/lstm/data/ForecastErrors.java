package dev.lanewise.lstm.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds the exceptions of frames and forecasters. */
final class ForecastErrors {
  private static final double SMALL = 0.001;
  private static final double LARGE = 1e15;

  private ForecastErrors() {}

  private static IllegalArgumentException bad(String message) {
    return new IllegalArgumentException(message);
  }

  /** A number with a few digits. */
  static String number(double value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= SMALL && size < LARGE);
    String format = !plain ? "%.3e" : size >= 1000 ? "%.0f" : size >= 10 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String names(Collection<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  static IllegalArgumentException negativeRows(int rows) {
    return bad("Frame.rows: expected 0 or more, got " + rows);
  }

  static IllegalArgumentException noColumn(String column, String kind, Collection<String> known) {
    return bad(
        "no column \""
            + column
            + "\" of "
            + kind
            + "; the columns of "
            + kind
            + " are "
            + names(known));
  }

  static IllegalArgumentException infinite(String column, int row, double value) {
    return bad(
        "column \""
            + column
            + "\": expected finite numbers, or NaN where one is missing, got "
            + value
            + " in row "
            + row);
  }

  static IllegalArgumentException columnLength(String what, int got, int rows) {
    return bad(what + ": expected " + rows + " values, one a row, got " + got);
  }

  static IllegalArgumentException columnTwice(String name, Collection<String> known) {
    return bad(
        "column \"" + name + "\": there is one of that name; the columns are " + names(known));
  }

  static IllegalArgumentException scale(double offset, double deviation) {
    return bad(
        "Scale: expected a finite offset and a finite deviation above 0, got "
            + offset
            + " and "
            + deviation);
  }

  static IllegalArgumentException season(int season) {
    return bad("season: expected 2 rows or more, or 0 for none, got " + season);
  }

  static IllegalArgumentException recipe() {
    return bad("Recipe: its targets, changes, inputs, steps and scales do not fit together");
  }

  static IllegalArgumentException logarithm(String target, double value) {
    return bad(
        "target \""
            + target
            + "\": a logarithm needs numbers above 0, got "
            + value
            + "; forecast without the logarithm");
  }

  static IllegalArgumentException steps(int first, int last) {
    return bad(
        "horizon: expected a first step of 1 or more and a last one not before it, got "
            + first
            + ".."
            + last);
  }

  static IllegalArgumentException atLeastOne(String name, int value) {
    return bad(name + ": expected 1 or more, got " + value);
  }

  static IllegalArgumentException noTargets() {
    return bad("targets: expected one column or more, got none");
  }

  static IllegalArgumentException held(double held) {
    return bad("held back: expected a fraction from 0 to below 1, got " + held);
  }

  static IllegalArgumentException textTarget(String target) {
    return bad("target \"" + target + "\": expected numbers, got text");
  }

  static IllegalArgumentException noTimes(String what) {
    return bad(what + " needs the times of the rows, got none");
  }

  static IllegalArgumentException tooFewRows(
      Forecaster forecaster, String series, int rows, int trained, int reach) {
    int window = forecaster.window();
    return bad(
        (series.isEmpty() ? "" : "the longest series, \"" + series + "\": ")
            + rows
            + " rows, of which heldBack("
            + forecaster.heldBack()
            + ") leaves "
            + trained
            + " to train on; window("
            + window
            + ") and horizon("
            + forecaster.lastStep()
            + ")"
            + (reach == 0 ? "" : ", with " + reach + " before for the change,")
            + " need "
            + (window + reach + forecaster.lastStep())
            + " or more. Bring more rows or lower window("
            + window
            + ")");
  }

  static IllegalArgumentException noWindow(int window) {
    return bad(
        "no window of "
            + window
            + " rows without a gap to train on; lower the window, or fill the gaps (Fill.FORWARD)");
  }

  static IllegalArgumentException noHeldWindow(int window) {
    return bad(
        "no window of "
            + window
            + " rows without a gap forecasts a row held back; hold back more rows or lower the window");
  }

  static IllegalArgumentException values(String column, int got, int most) {
    return bad(
        "column \""
            + column
            + "\" holds "
            + got
            + " different texts, expected at most "
            + most
            + " for a feature; leave it out, or group its values");
  }

  static IllegalArgumentException lookBack(String series, int rows, int needed) {
    return bad(
        (series.isEmpty() ? "" : "series \"" + series + "\": ")
            + "expected "
            + needed
            + " rows or more without a gap, as many as the model looks back on, got "
            + rows);
  }

  static IllegalArgumentException array(int row, double[] got, Collection<String> columns) {
    return bad(
        "row "
            + row
            + ": expected a finite number for each of "
            + names(columns)
            + ", got "
            + Arrays.toString(got));
  }

  static IllegalArgumentException network(String what, long expected, long got) {
    return bad("network: expected " + expected + " " + what + ", got " + got);
  }

  static IllegalArgumentException nothingLeft(String why) {
    return bad("no row is left to forecast from: " + why);
  }

  static IllegalArgumentException offGrid(int row, long before, long time, TimeGrid grid) {
    return bad(
        "row "
            + row
            + ": "
            + grid.format(time)
            + " comes after "
            + grid.format(before)
            + ", but the model was trained on rows "
            + grid
            + "; bring rows with that distance");
  }

  static IllegalArgumentException noSeries(String series, Collection<String> known) {
    return bad("no series \"" + series + "\"; the series are " + names(known));
  }

  static IllegalArgumentException unknownSeries(String series, String target) {
    return bad(
        "series \""
            + series
            + "\" is not one of those trained on; to scale its forecasts, add the column \""
            + target
            + "\" to the features when training, or train with scaledBySeries(false)");
  }

  static IllegalArgumentException targetTwice(String target) {
    return bad("targets: \"" + target + "\" is named twice");
  }

  static IllegalArgumentException arrays() {
    return bad(
        "rows of numbers hold no text, series or times, but the model needs them; forecast a Frame");
  }

  static IllegalArgumentException noWindows() {
    return bad("windows: expected one or more, got none");
  }

  static IllegalArgumentException networkShape(String expected, String got) {
    return bad(
        "network: expected (batch, outputs) = "
            + expected
            + " for one window, got "
            + got
            + "; its last recurrent layer returns one row: returnSequences(false)");
  }
}
