package dev.lanewise.cli;

import dev.lanewise.cli.report.Panel;
import dev.lanewise.cli.report.StepErrors;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Backtest.By;
import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forecasts as the pictures and the page draw them. */
final class ForecastPanels {
  /** Rows that came, shown before those that are still to come: so many, or so many windows. */
  private static final int SHOWN = 60;

  private static final int WINDOWS = 2;

  private final Recipe recipe;

  ForecastPanels(Recipe recipe) {
    this.recipe = recipe;
  }

  /** The pattern of dates; empty where there are none to show. */
  String datePattern() {
    TimeStyle style = recipe.grid().style().orElse(TimeStyle.CLOCK);
    return switch (style) {
      case YEAR -> "yyyy";
      case MONTH -> "yyyy-MM";
      case DATE -> "yyyy-MM-dd";
      case DATE_TIME, INSTANT -> "yyyy-MM-dd HH:mm";
      case CLOCK -> "";
    };
  }

  private boolean dated() {
    return !datePattern().isEmpty();
  }

  private String name(String series, String target) {
    return series.isEmpty() ? target : series + ": " + target;
  }

  /** The rows held back: of each series and target the nearest step, and the farthest. */
  List<Panel> of(Backtest test) {
    Map<String, List<Backtest.Row>> groups = new LinkedHashMap<>();
    boolean several = recipe.steps() > 1;
    for (Backtest.Row row : test.rows()) {
      if (row.step() == recipe.firstStep() || row.step() == recipe.lastStep()) {
        String name = name(row.series(), row.target());
        String ahead = several ? ", " + Ahead.of(recipe, row.step()) : "";
        groups.computeIfAbsent(name + ahead, _ -> new ArrayList<>()).add(row);
      }
    }
    List<Panel> panels = new ArrayList<>();
    groups.forEach((name, rows) -> panels.add(panel(name, rows, test.season() > 0)));
    return panels;
  }

  private Panel panel(String name, List<Backtest.Row> rows, boolean seasonal) {
    return new Panel(
        name,
        rows.stream()
            .mapToDouble(row -> dated() ? row.time().orElse(row.index()) : row.index())
            .toArray(),
        rows.stream().mapToDouble(Backtest.Row::actual).toArray(),
        rows.stream().mapToDouble(Backtest.Row::forecast).toArray(),
        rows.stream().mapToDouble(Backtest.Row::naive).toArray(),
        seasonal ? rows.stream().mapToDouble(Backtest.Row::seasonal).toArray() : new double[0]);
  }

  /** Errors by step. */
  static StepErrors errors(Backtest test) {
    int[] steps = test.steps();
    boolean seasonal = !Double.isNaN(test.meanAbsoluteError(By.SEASONAL_NAIVE));
    return new StepErrors(
        steps,
        Arrays.stream(steps).mapToDouble(h -> test.meanAbsoluteError(By.MODEL, h)).toArray(),
        Arrays.stream(steps).mapToDouble(h -> test.meanAbsoluteError(By.NAIVE, h)).toArray(),
        seasonal
            ? Arrays.stream(steps)
                .mapToDouble(h -> test.meanAbsoluteError(By.SEASONAL_NAIVE, h))
                .toArray()
            : new double[0]);
  }

  /** What is still to come, after the latest rows. */
  List<Panel> of(ForecastWindows windows, List<Forecast> forecasts) {
    Map<String, List<Forecast>> groups = new LinkedHashMap<>();
    for (Forecast each : forecasts) {
      String name = name(each.series(), each.target());
      groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(each);
    }
    List<Panel> panels = new ArrayList<>();
    groups.forEach((name, steps) -> panels.add(future(name, windows, steps)));
    return panels;
  }

  private Panel future(String name, ForecastWindows windows, List<Forecast> steps) {
    Forecast first = steps.get(0);
    double[] latest = windows.latest(first.series(), first.target());
    long[] times = windows.times(first.series());
    int most = Math.max(SHOWN, WINDOWS * recipe.window());
    int from = Math.max(0, latest.length - most);
    int known = latest.length - from;
    double[] at = new double[known + steps.size()];
    double[] actual = new double[at.length];
    double[] forecast = new double[at.length];
    double[] naive = new double[at.length];
    Arrays.fill(actual, Double.NaN);
    Arrays.fill(forecast, Double.NaN);
    Arrays.fill(naive, Double.NaN);
    boolean timed = dated() && times.length > 0 && first.time().isPresent();
    for (int i = 0; i < known; i++) {
      at[i] = timed ? times[from + i] : from + i;
      actual[i] = latest[from + i];
    }
    for (int i = 0; i < steps.size(); i++) {
      Forecast each = steps.get(i);
      at[known + i] = timed ? each.time().orElse(0) : latest.length - 1 + each.step();
      forecast[known + i] = each.value();
      naive[known + i] = latest[latest.length - 1];
    }
    return new Panel(name, at, actual, forecast, naive, new double[0]);
  }
}
