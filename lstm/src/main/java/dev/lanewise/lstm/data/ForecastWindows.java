package dev.lanewise.lstm.data;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Windows of a table as a network takes them, and the way of what it gives to forecasts. Immutable.
 */
public final class ForecastWindows {
  private final Recipe recipe;
  private final Prepared prepared;
  private final Origins origins;
  private final Tensor x;
  private final List<String> lines;

  private ForecastWindows(Recipe recipe, Prepared prepared, Origins origins, List<String> lines) {
    this.recipe = recipe;
    this.prepared = prepared;
    this.origins = origins;
    this.x = prepared.inputs(origins);
    this.lines = List.copyOf(lines);
  }

  static ForecastWindows of(Recipe recipe, Frame frame, boolean all) {
    if (!recipe.calendar().isEmpty() && !frame.isTimed()) {
      throw ForecastErrors.noTimes("the calendar");
    }
    Arrangement arrangement = Arrangement.of(frame, recipe.selection(), recipe.grid(), 0);
    List<Series> series = arrangement.series();
    Origins.Builder origins = new Origins.Builder();
    List<Integer> seen = new ArrayList<>();
    List<IllegalArgumentException> shorter = new ArrayList<>();
    int back = recipe.rowsNeeded() - 1;
    for (int i = 0; i < series.size(); i++) {
      int end = series.get(i).length() - 1;
      int found = all ? addAll(origins, i, series.get(i), recipe) : 0;
      if (series.get(i).isUnbroken(end - back, end)) {
        origins.add(i, end);
      } else if (found == 0) {
        int rows = all ? end + 1 : end + 1 - series.get(i).starts()[end];
        shorter.add(ForecastErrors.lookBack(series.get(i).name(), rows, back + 1));
      }
      seen.add(all ? 0 : Math.max(0, end - back));
    }
    if (series.isEmpty()) {
      throw ForecastErrors.lookBack("", 0, back + 1);
    }
    if (origins.isEmpty()) {
      throw shorter.getFirst();
    }
    List<String> lines = new ArrayList<>(arrangement.lines());
    shorter.forEach(each -> lines.add("left out: " + each.getMessage()));
    lines.addAll(Ranges.leaving(recipe, series, seen, "these rows"));
    return new ForecastWindows(recipe, new Prepared(recipe, series), origins.build(), lines);
  }

  /** Adds the windows before the last; none ends in a row that was filled from what comes later. */
  private static int addAll(Origins.Builder into, int index, Series series, Recipe recipe) {
    int back = recipe.rowsNeeded() - 1;
    int count = 0;
    for (int t = back; t < series.length() - 1; t++) {
      boolean usable = recipe.fill().isLikeMeasured() || series.measured()[t];
      if (usable && series.isUnbroken(t - back, t)) {
        into.add(index, t);
        count++;
      }
    }
    return count;
  }

  static ForecastWindows ofArrays(Recipe recipe, double[][][] windows) {
    if (!recipe.calendar().isEmpty() || !recipe.textColumns().isEmpty()) {
      throw ForecastErrors.arrays();
    }
    if (windows.length == 0) {
      throw ForecastErrors.noWindows();
    }
    List<Series> series = new ArrayList<>();
    Origins.Builder origins = new Origins.Builder();
    for (int i = 0; i < windows.length; i++) {
      series.add(ArraySeries.of(recipe, windows[i]));
      origins.add(i, windows[i].length - 1);
    }
    return new ForecastWindows(recipe, new Prepared(recipe, series), origins.build(), List.of());
  }

  /**
   * What the network takes.
   *
   * @return (windows, window, channels), near 0
   */
  public Tensor x() {
    return x;
  }

  /**
   * How the rows were put in order and filled, and where they leave what was trained on.
   *
   * @return sentences without full stops
   */
  public List<String> lines() {
    return lines;
  }

  /**
   * What the network gave, in real units.
   *
   * @param y (windows, outputs), as the network gives it for {@link #x()}
   * @return a number an output of each window
   */
  public double[][] values(Tensor y) {
    return prepared.forecasts(origins, y);
  }

  /**
   * What the network gave, as forecasts.
   *
   * @param y (windows, outputs), as the network gives it for {@link #x()}
   * @return window by window, target by target, step by step
   */
  public List<Forecast> forecasts(Tensor y) {
    double[][] values = values(y);
    List<Forecast> forecasts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Series series = prepared.series(origins.series()[i]);
      for (int out = 0; out < recipe.outputs(); out++) {
        forecasts.add(
            new Forecast(
                series.name(),
                recipe.targets().get(recipe.target(out)),
                recipe.step(out),
                time(series, origins.row()[i], recipe.step(out)),
                values[i][out]));
      }
    }
    return forecasts;
  }

  private OptionalLong time(Series series, int row, int step) {
    if (!series.isTimed()) {
      return OptionalLong.empty();
    }
    return recipe
        .grid()
        .after(series.times()[row], step)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /**
   * The latest rows of a target before its forecasts, to show them beside.
   *
   * @param series the series' name, empty for the only one
   * @param target the column
   * @return a number a row, the latest last
   * @throws IllegalArgumentException when there is no such series, or no such column in these rows
   */
  public double[] latest(String series, String target) {
    return series(series).column(target).clone();
  }

  /**
   * When those rows were.
   *
   * @param series the series' name, empty for the only one
   * @return milliseconds since 1970; empty where rows have no times
   * @throws IllegalArgumentException when there is no such series
   */
  public long[] times(String series) {
    return series(series).times().clone();
  }

  private Series series(String name) {
    return prepared.series().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ForecastErrors.noSeries(
                    name, prepared.series().stream().map(Series::name).toList()));
  }
}
