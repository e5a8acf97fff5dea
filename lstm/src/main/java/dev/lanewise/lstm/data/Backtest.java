package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Forecasts of rows that were held back, beside what came and what naive forecasts say. Immutable.
 */
public final class Backtest {
  /** Who forecasts. */
  public enum By {
    /** The model. */
    MODEL,
    /** The last value stays. */
    NAIVE,
    /** The value of a season before. */
    SEASONAL_NAIVE
  }

  /**
   * A forecast of a row held back.
   *
   * @param series the series' name, empty for the only one
   * @param target the column
   * @param step rows ahead of the window's last
   * @param row the row of the frame; -1 where the frame lacks it and it was filled
   * @param origin the row of the frame that the window ends in; -1 where that was filled
   * @param index its place among the series' rows in order of time, from 0
   * @param time when it is; empty where rows have no time
   * @param actual what came
   * @param forecast what the model said
   * @param naive the last value of the window
   * @param seasonal the value of a season before; NaN where there is none
   */
  public record Row(
      String series,
      String target,
      int step,
      int row,
      int origin,
      int index,
      OptionalLong time,
      double actual,
      double forecast,
      double naive,
      double seasonal) {

    /** The forecast by one of them. */
    double by(By who) {
      return switch (who) {
        case MODEL -> forecast;
        case NAIVE -> naive;
        case SEASONAL_NAIVE -> seasonal;
      };
    }
  }

  private final Recipe recipe;
  private final List<Row> rows;
  private final double[] usual;

  private Backtest(Recipe recipe, List<Row> rows, double[] usual) {
    this.recipe = recipe;
    this.rows = List.copyOf(rows);
    this.usual = usual;
  }

  static Backtest of(
      Recipe recipe,
      List<Series> series,
      List<Integer> trained,
      Origins origins,
      double[][] forecasts) {
    double[][] usual = new double[series.size()][recipe.targets().size()];
    for (int i = 0; i < usual.length; i++) {
      for (int target = 0; target < usual[i].length; target++) {
        usual[i][target] =
            usual(
                series.get(i),
                recipe.targets().get(target),
                trained.get(i),
                Math.max(1, recipe.season()));
      }
    }
    List<Row> rows = new ArrayList<>();
    double[] scales = new double[Math.multiplyExact(origins.count(), recipe.outputs())];
    for (int i = 0; i < origins.count(); i++) {
      Series of = series.get(origins.series()[i]);
      for (int out = 0; out < recipe.outputs(); out++) {
        int target = recipe.target(out);
        int step = recipe.step(out);
        scales[rows.size()] = usual[origins.series()[i]][target];
        String name = recipe.targets().get(target);
        rows.add(row(recipe, of, name, origins.row()[i], step, forecasts[i][out]));
      }
    }
    return new Backtest(recipe, rows, scales);
  }

  private static Row row(
      Recipe recipe, Series series, String target, int origin, int step, double forecast) {
    double[] y = series.column(target);
    int at = origin + step;
    int season = recipe.season();
    int ago = season == 0 ? -1 : Change.ago(origin, step, season);
    boolean known = season > 0 && series.isUnbroken(ago, at);
    return new Row(
        series.name(),
        target,
        step,
        series.rows()[at],
        series.rows()[origin],
        at,
        series.isTimed() ? OptionalLong.of(series.times()[at]) : OptionalLong.empty(),
        y[at],
        forecast,
        y[origin],
        known ? y[ago] : Double.NaN);
  }

  /** The mean change over a season, or a row where there is none, in the rows trained on. */
  private static double usual(Series series, String target, int rows, int lag) {
    double[] y = series.column(target);
    double sum = 0;
    int count = 0;
    for (int t = lag; t < rows; t++) {
      if (series.isUnbroken(t - lag, t)) {
        sum += Math.abs(y[t] - y[t - lag]);
        count++;
      }
    }
    return count > 0 ? sum / count : Double.NaN;
  }

  /**
   * The forecasts, series by series, window by window, target by target, step by step.
   *
   * @return one or more
   */
  public List<Row> rows() {
    return rows;
  }

  /**
   * The forecasts of one target alone.
   *
   * @param target the column
   * @return its forecasts; none where there is no such target
   */
  public Backtest ofTarget(String target) {
    return only(row -> row.target().equals(target));
  }

  /**
   * The forecasts of one series alone.
   *
   * @param series its name
   * @return its forecasts; none where there is no such series
   */
  public Backtest ofSeries(String series) {
    return only(row -> row.series().equals(series));
  }

  private Backtest only(Predicate<Row> wanted) {
    int[] kept = IntStream.range(0, rows.size()).filter(i -> wanted.test(rows.get(i))).toArray();
    List<Row> some = Arrays.stream(kept).mapToObj(rows::get).toList();
    return new Backtest(recipe, some, Arrays.stream(kept).mapToDouble(i -> usual[i]).toArray());
  }

  /**
   * Rows a season has.
   *
   * @return 0 where none is known
   */
  public int season() {
    return recipe.season();
  }

  /** What is summed up over the rows that a forecaster has a forecast for. */
  private interface Term {
    double of(double error, double usual);
  }

  private double mean(By who, int step, Term term) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double error = term.of(Math.abs(row.actual() - row.by(who)), usual[i]);
      if ((step == 0 || row.step() == step) && !Double.isNaN(error)) {
        sum += error;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /**
   * The mean absolute error of all steps.
   *
   * @param who forecasts
   * @return in the target's units; NaN where it has no forecast
   */
  public double meanAbsoluteError(By who) {
    return mean(who, 0, (error, _) -> error);
  }

  /**
   * The mean absolute error of one step.
   *
   * @param who forecasts
   * @param step rows ahead
   * @return in the target's units; NaN where it has no forecast
   */
  public double meanAbsoluteError(By who, int step) {
    return mean(who, step, (error, _) -> error);
  }

  /**
   * The root of the mean squared error of all steps.
   *
   * @param who forecasts
   * @return in the target's units; NaN where it has no forecast
   */
  public double rootMeanSquaredError(By who) {
    return Math.sqrt(mean(who, 0, (error, _) -> error * error));
  }

  /**
   * The mean absolute scaled error (Hyndman and Koehler 2006): each error over the mean change in
   * the rows trained on. The change is from season to season, or from row to row where there is no
   * season. Series in which nothing changed are left out.
   *
   * @param who forecasts
   * @return below 1 where it is better than the naive forecast was there; NaN where nothing changed
   */
  public double meanAbsoluteScaledError(By who) {
    return mean(who, 0, (error, scale) -> scale > 0 ? error / scale : Double.NaN);
  }

  /**
   * The steps that were forecast.
   *
   * @return ascending
   */
  public int[] steps() {
    int[] steps = new int[recipe.steps()];
    Arrays.setAll(steps, i -> recipe.firstStep() + i);
    return steps;
  }
}
