package dev.lanewise.cli.report;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Things to show. */
final class Samples {
  static final double[] NONE = new double[0];

  private Samples() {}

  static Shown shown(String title, String pattern, StepErrors errors, List<Panel> panels) {
    return new Shown(
        title,
        "tested on 1958-08 to 1960-12, 29 rows; mean absolute error 17.2, naive 44.7",
        pattern,
        panels,
        errors,
        List.of(
            List.of("", "MAE", "RMSE", "MASE"),
            List.of("forecast", "17.2", "21.9", "0.57"),
            List.of("naive", "44.7", "52.1", "1.48"),
            List.of("seasonal naive", "47.8", "50.7", "1.58")),
        "mean squared error, standardized",
        new double[] {0.9, 0.5, 0.31, 0.24, 0.2, 0.19},
        new double[] {1.1, 0.6, 0.42, 0.4, 0.35, 0.36},
        List.of("144 rows; dates in Month, monthly, 1949-01 to 1960-12", "delimiter , and point ."),
        List.of("the change from a season before (12), for it was nearer on the rows trained on"),
        "lanewise train --data airline.csv --target Passengers --season 12 --out out");
  }

  static Shown months() {
    return shown(
        "Passengers, 1 step ahead", "yyyy-MM", oneStep(), List.of(months("Passengers", 29)));
  }

  static StepErrors oneStep() {
    return new StepErrors(
        new int[] {1}, new double[] {17.2}, new double[] {44.7}, new double[] {47.8});
  }

  static StepErrors sevenSteps() {
    return new StepErrors(
        new int[] {1, 2, 3, 4, 5, 6, 7},
        new double[] {1.9, 2.3, 2.5, 2.6, 2.7, 2.75, 2.8},
        new double[] {2.0, 2.7, 3.0, 3.2, 3.3, 3.4, 3.5},
        new double[] {3.1, 3.1, 3.1, 3.15, 3.1, 3.1, 3.1});
  }

  static Panel months(String name, int rows) {
    double[] at = new double[rows];
    Arrays.setAll(at, i -> millis(LocalDate.of(1958, 8, 1).plusMonths(i)));
    return panel(name, at, i -> 400 + 3 * i + 80 * Math.sin(i * Math.PI / 6));
  }

  static Panel days(String name, int rows, double level) {
    double[] at = new double[rows];
    Arrays.setAll(at, i -> millis(LocalDate.of(2010, 1, 1).plusDays(i)));
    return panel(name, at, i -> level * (1 + 0.4 * Math.sin(i * Math.PI / 182)));
  }

  static Panel rows(String name, int rows, double level) {
    double[] at = new double[rows];
    Arrays.setAll(at, i -> 100 + i);
    return panel(name, at, i -> level * (1 + 0.4 * Math.sin(i * Math.PI / 12)));
  }

  static Panel hours(String name, int rows) {
    double[] at = new double[rows];
    Arrays.setAll(at, i -> millis(LocalDate.of(2010, 3, 1)) + 3_600_000.0 * i);
    return panel(name, at, i -> 20 + 8 * Math.sin(i * Math.PI / 12));
  }

  /** So many rows known, without a forecast, and so many to come. */
  static Panel future(int known, int ahead) {
    Panel all = months("Passengers", known + ahead);
    double[] actual = all.actual().clone();
    double[] forecast = all.forecast().clone();
    double[] naive = new double[known + ahead];
    Arrays.fill(actual, known, known + ahead, Double.NaN);
    Arrays.fill(forecast, 0, known, Double.NaN);
    Arrays.fill(naive, Double.NaN);
    Arrays.fill(naive, known, known + ahead, all.actual()[known - 1]);
    return new Panel(all.name(), all.at(), actual, forecast, naive, NONE);
  }

  static Panel constant(String name, double value) {
    double[] all = new double[30];
    Arrays.fill(all, value);
    double[] at = new double[30];
    Arrays.setAll(at, i -> i);
    return new Panel(name, at, all, all, all, NONE);
  }

  /**
   * Noise of a twentieth of the first number, forecasts near it, each naive forecast a row late.
   */
  static Panel panel(String name, double[] at, IntToDoubleFunction level) {
    Random random = new Random(at.length);
    double noise = Math.abs(level.applyAsDouble(0)) / 20;
    double[] actual = new double[at.length];
    Arrays.setAll(actual, i -> level.applyAsDouble(i) + noise * random.nextGaussian());
    double[] forecast = new double[at.length];
    Arrays.setAll(forecast, i -> level.applyAsDouble(i) + noise / 2 * random.nextGaussian());
    double[] naive = new double[at.length];
    Arrays.setAll(naive, i -> i < 1 ? actual[0] : actual[i - 1]);
    double[] seasonal = new double[at.length];
    Arrays.setAll(seasonal, i -> i < 12 ? Double.NaN : actual[i - 12]);
    return new Panel(name, at, actual, forecast, naive, seasonal);
  }

  static double millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
