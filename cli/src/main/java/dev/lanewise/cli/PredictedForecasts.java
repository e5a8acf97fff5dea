package dev.lanewise.cli;

import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What {@code predict} writes of a forecaster: a row a window, in the targets' units. */
final class PredictedForecasts {
  private PredictedForecasts() {}

  static OutputArray of(Recipe recipe, ForecastWindows windows, Tensor y) {
    List<Forecast> forecasts = windows.forecasts(y);
    int width = recipe.outputs();
    boolean series = !recipe.series().isEmpty();
    boolean timed = forecasts.stream().anyMatch(each -> each.time().isPresent());
    List<String> columns = new ArrayList<>();
    if (series) {
      columns.add(recipe.series());
    }
    if (timed) {
      columns.add("time");
    }
    columns.addAll(columns(recipe));
    List<List<String>> before = new ArrayList<>();
    for (int from = 0; from < forecasts.size() && (series || timed); from += width) {
      Forecast first = forecasts.get(from);
      List<String> cells = new ArrayList<>();
      if (series) {
        cells.add(first.series());
      }
      if (timed) {
        cells.add(first.time().isPresent() ? recipe.grid().format(first.time().getAsLong()) : "");
      }
      before.add(cells);
    }
    return OutputArray.of(columns, windows.values(y), before);
  }

  /** The target's name, with the step behind it where there are several. */
  static List<String> columns(Recipe recipe) {
    List<String> columns = new ArrayList<>();
    for (String target : recipe.targets()) {
      for (int step = recipe.firstStep(); step <= recipe.lastStep(); step++) {
        columns.add(recipe.steps() == 1 ? target : target + " +" + step);
      }
    }
    return columns;
  }
}
