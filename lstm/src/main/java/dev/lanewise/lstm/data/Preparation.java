package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes {@link ForecastData}: arranges the rows, then decides by those trained on alone. */
final class Preparation {
  /** A text with more values is no feature. */
  private static final int MOST_VALUES = 64;

  private final Forecaster forecaster;
  private final Frame frame;
  private final Arrangement arrangement;
  private final List<String> notes = new ArrayList<>();
  private List<Series> series;
  private List<Integer> trained;

  Preparation(Forecaster forecaster, Frame frame) {
    this.forecaster = forecaster;
    this.frame = frame;
    for (String target : forecaster.targets()) {
      if (frame.isText(target)) {
        throw ForecastErrors.textTarget(target);
      }
    }
    if (!forecaster.calendar().isEmpty() && !frame.isTimed()) {
      throw ForecastErrors.noTimes("the calendar");
    }
    Selection selection =
        new Selection(
            forecaster.targets(),
            forecaster.features(),
            forecaster.series(),
            forecaster.fill(),
            Recipe.longestFilled(forecaster.window()));
    arrangement = Arrangement.of(frame, selection, null, forecaster.heldBack());
    series = arrangement.series();
    trained =
        series.stream().map(each -> Split.trained(each.length(), forecaster.heldBack())).toList();
  }

  ForecastData data() {
    int season = season();
    List<Change> changes = new ArrayList<>();
    for (String target : forecaster.targets()) {
      changes.add(change(target, season));
    }
    keepLong(changes);
    Recipe draft = recipe(changes, season, Map.of()); // the scales are of its inputs
    Map<String, Recipe.Scales> scales = new LinkedHashMap<>();
    if (forecaster.scaledBySeries() && !forecaster.series().isEmpty()) {
      for (int i = 0; i < series.size(); i++) {
        List<Series> one = List.of(series.get(i));
        scales.put(series.get(i).name(), ScaleFit.of(draft, one, List.of(trained.get(i))));
      }
    } else {
      scales.put(Recipe.ALL, ScaleFit.of(draft, series, trained));
    }
    noteConstant(draft);
    Recipe recipe = recipe(changes, season, scales);
    return new ForecastData(recipe, series, trained, arrangement.lines(), notes);
  }

  private void noteConstant(Recipe draft) {
    List<String> same = ScaleFit.constant(draft, series, trained, false);
    if (!same.isEmpty()) {
      notes.add(
          "nothing to learn from " + String.join(", ", same) + ", the same in all rows trained on");
    }
    if (!forecaster.scaledBySeries()) {
      return;
    }
    List<String> within =
        ScaleFit.constant(draft, series, trained, true).stream()
            .filter(column -> !frame.isText(column))
            .toList();
    if (!within.isEmpty()) {
      notes.add(
          "nothing to learn from "
              + String.join(", ", within)
              + ", the same in all rows of a series, where each has scales of its own");
    }
  }

  private int season() {
    String first = forecaster.targets().get(0);
    if (forecaster.season().isEmpty()) {
      return Season.find(arrangement.grid(), series, trained, first);
    }
    int asked = forecaster.season().getAsInt();
    if (asked > 0 && trained.stream().allMatch(rows -> rows <= asked)) {
      notes.add(
          "no series has more than a season of " + asked + " rows to train on: it is not used");
    }
    return asked;
  }

  private Change change(String target, int season) {
    if (forecaster.change().isPresent()) {
      Change asked = forecaster.change().get();
      notes.add("\"" + target + "\": learns " + asked + ", as asked");
      return asked;
    }
    ChangeChoice choice = choice(target, season, logarithm());
    if (choice.change().log() && !forecaster.log() && hasNoLogarithm(target)) {
      notes.add("\"" + target + "\" holds 0 or less in rows held back: no logarithm is learned");
      choice = choice(target, season, ChangeChoice.Logarithm.NEVER);
    }
    notes.add("\"" + target + "\": learns " + choice.change() + "; " + choice.reason());
    return choice.change();
  }

  private ChangeChoice.Logarithm logarithm() {
    return forecaster.log() ? ChangeChoice.Logarithm.ASKED : ChangeChoice.Logarithm.FOUND;
  }

  private ChangeChoice choice(String target, int season, ChangeChoice.Logarithm logarithm) {
    return ChangeChoice.of(
        series,
        trained,
        target,
        season,
        forecaster.window(),
        forecaster.firstStep(),
        forecaster.lastStep(),
        logarithm);
  }

  /** Whether a row, trained on or not, has no logarithm. */
  private boolean hasNoLogarithm(String target) {
    List<Integer> all = series.stream().map(Series::length).toList();
    return ChangeChoice.notPositive(series, all, target).isPresent();
  }

  /** Leaves out the series that are too short. */
  private void keepLong(List<Change> changes) {
    int reach = changes.stream().mapToInt(Change::reach).max().orElse(0);
    int needed = forecaster.window() + reach + forecaster.lastStep();
    List<Series> kept = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < series.size(); i++) {
      if (trained.get(i) >= needed) {
        kept.add(series.get(i));
        rows.add(trained.get(i));
      }
      longest = trained.get(i) > trained.get(longest) ? i : longest;
    }
    if (kept.isEmpty()) {
      boolean none = series.isEmpty();
      throw ForecastErrors.tooFewRows(
          forecaster,
          none ? "" : series.get(longest).name(),
          none ? 0 : series.get(longest).length(),
          none ? 0 : trained.get(longest),
          reach);
    }
    if (kept.size() < series.size()) {
      int left = series.size() - kept.size();
      notes.add(
          (left == 1 ? "1 series" : left + " series")
              + " left out with fewer than "
              + needed
              + " rows to train on");
    }
    series = List.copyOf(kept);
    trained = List.copyOf(rows);
  }

  private Recipe recipe(List<Change> changes, int season, Map<String, Recipe.Scales> scales) {
    List<Recipe.Input> inputs = new ArrayList<>();
    Map<String, Recipe.Range> ranges = new LinkedHashMap<>();
    for (String column : forecaster.features()) {
      inputs.add(input(column, changes));
      boolean change = inputs.getLast().kind() == Recipe.Kind.CHANGE;
      if (change
          && forecaster.showLevel().orElseGet(() -> !Level.leaves(series, trained, column))) {
        inputs.add(new Recipe.Input(column, Recipe.Kind.NUMBER, List.of()));
      }
    }
    List<String> all = new ArrayList<>(forecaster.targets());
    inputs.stream()
        .filter(input -> input.kind() == Recipe.Kind.NUMBER)
        .map(Recipe.Input::column)
        .filter(column -> !all.contains(column))
        .forEach(all::add);
    all.forEach(column -> ranges.put(column, range(column)));
    return new Recipe(
        forecaster.targets(),
        changes,
        inputs,
        forecaster.window(),
        forecaster.firstStep(),
        forecaster.lastStep(),
        forecaster.series(),
        forecaster.fill(),
        forecaster.calendar(),
        arrangement.grid(),
        season,
        scales,
        ranges);
  }

  private Recipe.Input input(String column, List<Change> changes) {
    if (frame.isText(column)) {
      TreeSet<String> values = new TreeSet<>();
      for (int i = 0; i < series.size(); i++) {
        String[] texts = series.get(i).text(column);
        for (int t = 0; t < trained.get(i); t++) {
          values.add(texts[t]);
        }
      }
      values.remove("");
      if (values.size() > MOST_VALUES) {
        throw ForecastErrors.values(column, values.size(), MOST_VALUES);
      }
      // A text that is never there still is a column of zeros.
      List<String> all = values.isEmpty() ? List.of("") : List.copyOf(values);
      return new Recipe.Input(column, Recipe.Kind.TEXT, all);
    }
    int target = forecaster.targets().indexOf(column);
    boolean learnsChange = target >= 0 && !changes.get(target).equals(Change.LEVEL);
    return new Recipe.Input(
        column, learnsChange ? Recipe.Kind.CHANGE : Recipe.Kind.NUMBER, List.of());
  }

  private Recipe.Range range(String column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < series.size(); i++) {
      double[] values = series.get(i).column(column);
      for (int t = 0; t < trained.get(i); t++) {
        low = Math.min(low, values[t]);
        high = Math.max(high, values[t]);
      }
    }
    return new Recipe.Range(low, high);
  }
}
