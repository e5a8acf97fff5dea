package dev.lanewise.cli;

import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Backtest.By;
import dev.lanewise.lstm.data.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well the rows held back were forecast, in words.
 *
 * @param recipe of the model
 * @param test its forecasts
 */
record Accuracy(Recipe recipe, Backtest test) {

  /** Lines for standard output. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    double error = test.meanAbsoluteError(By.MODEL);
    double naive = test.meanAbsoluteError(By.NAIVE);
    lines.add(
        "test mean absolute error "
            + Numbers.rounded(error)
            + ", naive forecast "
            + Numbers.rounded(naive)
            + ": "
            + (naive == 0
                ? "the target does not change in the rows held back"
                : better(error, naive)));
    double seasonal = test.meanAbsoluteError(By.SEASONAL_NAIVE);
    if (!Double.isNaN(seasonal)) {
      lines.add(
          "seasonal naive forecast ("
              + test.season()
              + " rows before) "
              + Numbers.rounded(seasonal)
              + (seasonal == 0 ? "" : ": " + better(error, seasonal)));
    }
    lines.add(
        "root mean squared error "
            + Numbers.rounded(test.rootMeanSquaredError(By.MODEL))
            + ", of the last value "
            + Numbers.rounded(test.rootMeanSquaredError(By.NAIVE))
            + scaled());
    if (test.steps().length > 1) {
      lines.addAll(steps());
    }
    return lines;
  }

  private String scaled() {
    double scaled = test.meanAbsoluteScaledError(By.MODEL);
    return Double.isNaN(scaled) ? "" : "; scaled error (MASE) " + Numbers.rounded(scaled);
  }

  private List<String> steps() {
    List<String> lines = new ArrayList<>();
    for (int step : test.steps()) {
      double seasonal = test.meanAbsoluteError(By.SEASONAL_NAIVE, step);
      lines.add(
          "  "
              + Ahead.of(recipe, step)
              + ": "
              + Numbers.rounded(test.meanAbsoluteError(By.MODEL, step))
              + ", last value "
              + Numbers.rounded(test.meanAbsoluteError(By.NAIVE, step))
              + (Double.isNaN(seasonal) ? "" : ", a season ago " + Numbers.rounded(seasonal)));
    }
    return lines;
  }

  private static String better(double error, double than) {
    double percent = 100 * (1 - error / than);
    return String.format(
        Locale.ROOT, "%.1f %% %s", Math.abs(percent), percent >= 0 ? "better" : "worse");
  }

  /** A table of the page: a header, then a row a forecaster. */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("forecast by", "mean absolute error", "root mean squared error", "MASE"));
    for (By who : By.values()) {
      if (!Double.isNaN(test.meanAbsoluteError(who))) {
        double scaled = test.meanAbsoluteScaledError(who);
        rows.add(
            List.of(
                name(who),
                Numbers.rounded(test.meanAbsoluteError(who)),
                Numbers.rounded(test.rootMeanSquaredError(who)),
                Double.isNaN(scaled) ? "" : Numbers.rounded(scaled)));
      }
    }
    return rows;
  }

  private String name(By who) {
    return switch (who) {
      case MODEL -> "the model";
      case NAIVE -> "the last value";
      case SEASONAL_NAIVE -> "the value " + test.season() + " rows before";
    };
  }
}
