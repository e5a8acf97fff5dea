package dev.lanewise.cli;

import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Backtest.By;
import dev.lanewise.lstm.data.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How well the rows held back were forecast, in words.
 *
 * @param recipe of the model
 * @param test its forecasts
 */
record Accuracy(Recipe recipe, Backtest test) {
  private static final String ERROR = "test mean absolute error ";

  /** Lines for standard output: of each target where there are several, for they may have units. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean several = recipe.targets().size() > 1;
    for (String target : recipe.targets()) {
      Accuracy one = new Accuracy(recipe, test.ofTarget(target));
      String name = several ? "\"" + target + "\": " : "";
      one.errors().forEach(line -> lines.add(name + line));
      if (recipe.steps() > 1) {
        lines.addAll(one.steps());
      }
    }
    List<String> series = test.rows().stream().map(Backtest.Row::series).distinct().toList();
    if (series.size() > 1) {
      lines.add(ofSeries(series));
    }
    return lines;
  }

  /** The first line of each target. */
  String headline() {
    return recipe.targets().size() == 1
        ? errors().getFirst()
        : lines().stream().filter(line -> line.contains(ERROR)).collect(Collectors.joining("; "));
  }

  private String ofSeries(List<String> series) {
    long better =
        series.stream()
            .map(test::ofSeries)
            .filter(one -> one.meanAbsoluteError(By.MODEL) < one.meanAbsoluteError(By.NAIVE))
            .count();
    return better + " of " + series.size() + " series are forecast better than by their last value";
  }

  private List<String> errors() {
    List<String> lines = new ArrayList<>();
    double error = test.meanAbsoluteError(By.MODEL);
    double naive = test.meanAbsoluteError(By.NAIVE);
    String verdict =
        naive == 0 ? "the target does not change in the rows held back" : better(error, naive);
    lines.add(
        ERROR
            + Numbers.rounded(error)
            + ", naive forecast "
            + Numbers.rounded(naive)
            + ": "
            + verdict);
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

  /**
   * A table of the page: a header, then a row a forecaster, of each target where there are several.
   */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("forecast by", "mean absolute error", "root mean squared error", "MASE"));
    for (String target : recipe.targets()) {
      String of = recipe.targets().size() > 1 ? target + ": " : "";
      Backtest one = test.ofTarget(target);
      for (By who : By.values()) {
        if (!Double.isNaN(one.meanAbsoluteError(who))) {
          double scaled = one.meanAbsoluteScaledError(who);
          rows.add(
              List.of(
                  of + name(who),
                  Numbers.rounded(one.meanAbsoluteError(who)),
                  Numbers.rounded(one.rootMeanSquaredError(who)),
                  Double.isNaN(scaled) ? "" : Numbers.rounded(scaled)));
        }
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
