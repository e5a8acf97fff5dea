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
    Arrangement arrangement = Arrangement.of(frame, recipe.selection(), recipe.grid(), 0);
    List<Series> series = arrangement.series();
    Origins.Builder origins = new Origins.Builder();
    List<Integer> seen = new ArrayList<>();
    int back = recipe.rowsNeeded() - 1;
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      int end = each.length() - 1;
      if (!each.isUnbroken(end - back, end)) {
        throw ForecastErrors.lookBack(each.name(), end + 1 - each.starts()[end], back + 1);
      }
      for (int t = all ? back : end; t <= end; t++) {
        if (each.isUnbroken(t - back, t)) {
          origins.add(i, t);
        }
      }
      seen.add(all ? 0 : end - back);
    }
    if (series.isEmpty()) {
      throw ForecastErrors.lookBack("", 0, back + 1);
    }
    List<String> lines = new ArrayList<>(arrangement.lines());
    lines.addAll(Ranges.leaving(recipe, series, seen, "these rows"));
    return new ForecastWindows(recipe, new Prepared(recipe, series), origins.build(), lines);
  }

  static ForecastWindows ofArrays(Recipe recipe, double[][][] windows) {
    if (!recipe.calendar().isEmpty() || !recipe.textColumns().isEmpty()) {
      throw ForecastErrors.noTimes("a model of text, series or the calendar");
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
                recipe.targets().get(prepared.target(out)),
                prepared.step(out),
                time(series, origins.row()[i], prepared.step(out)),
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
   */
  public double[] latest(String series, String target) {
    for (int i = 0; i < origins.count(); i++) {
      Series each = prepared.series(origins.series()[i]);
      if (each.name().equals(series)) {
        return each.column(target).clone();
      }
    }
    throw ForecastErrors.noColumn(series, "series", List.of());
  }

  /**
   * When those rows were.
   *
   * @param series the series' name, empty for the only one
   * @return milliseconds since 1970; empty where rows have no times
   */
  public long[] times(String series) {
    for (int i = 0; i < origins.count(); i++) {
      Series each = prepared.series(origins.series()[i]);
      if (each.name().equals(series)) {
        return each.times().clone();
      }
    }
    throw ForecastErrors.noColumn(series, "series", List.of());
  }
}
