package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the scales of series by the rows that they are trained on. */
final class ScaleFit {
  /** A change is of up to four numbers, each off by up to three roundings where it was filled. */
  private static final int ROUNDINGS = 16;

  private final Recipe recipe;
  private final List<Scale.Fit> inputs;
  private final List<Scale.Fit> outputs;

  private ScaleFit(Recipe recipe) {
    this.recipe = recipe;
    this.inputs = Stream.generate(Scale.Fit::new).limit(recipe.inputs().size()).toList();
    this.outputs = Stream.generate(Scale.Fit::new).limit(recipe.outputs()).toList();
  }

  /** The scales of a series that the recipe knows, or else by all its rows. */
  static Recipe.Scales known(Recipe recipe, Series series) {
    Recipe.Scales all = recipe.scales().get(Recipe.ALL);
    Recipe.Scales own = recipe.scales().get(series.name());
    return own != null
        ? own
        : all != null ? all : of(recipe, List.of(series), List.of(series.length()));
  }

  /**
   * The scales of series together.
   *
   * @param trained rows of each that may be looked at
   */
  static Recipe.Scales of(Recipe recipe, List<Series> series, List<Integer> trained) {
    ScaleFit fit = new ScaleFit(recipe);
    for (int i = 0; i < series.size(); i++) {
      fit.add(series.get(i), trained.get(i));
    }
    return new Recipe.Scales(
        fit.inputs.stream().map(Scale.Fit::scale).toList(),
        fit.outputs.stream().map(Scale.Fit::scale).toList());
  }

  private void add(Series series, int rows) {
    for (int i = 0; i < inputs.size(); i++) {
      Recipe.Input input = recipe.inputs().get(i);
      switch (input.kind()) {
        case CHANGE -> addSeen(inputs.get(i), series, input.column(), rows);
        case NUMBER -> {
          double[] values = series.column(input.column());
          for (int t = 0; t < rows; t++) {
            inputs.get(i).add(values[t]);
          }
        }
        case TEXT -> {}
      }
    }
    for (int out = 0; out < outputs.size(); out++) {
      addLearned(outputs.get(out), series, out, rows);
    }
  }

  private void addSeen(Scale.Fit fit, Series series, String target, int rows) {
    Change change = recipe.change(target);
    double[] g = Channels.transformed(series, target, change);
    double rounding = rounding(change, g, rows);
    for (int t = change.reach(); t < rows; t++) {
      if (series.isUnbroken(t - change.reach(), t)) {
        fit.add(change.seen(g, t), rounding);
      }
    }
  }

  /** What a change may be off by: a line in decimals has no two changes that are equal bits. */
  private static double rounding(Change change, double[] g, int rows) {
    if (change.isLevel()) {
      return 0;
    }
    double largest = change.log() ? 1 : 0; // a logarithm is off by what its number is, relatively
    for (int t = 0; t < rows; t++) {
      largest = Math.max(largest, Math.abs(g[t]));
    }
    return ROUNDINGS * Math.ulp(largest);
  }

  private void addLearned(Scale.Fit fit, Series series, int out, int rows) {
    String target = recipe.targets().get(recipe.target(out));
    int step = recipe.step(out);
    if (!series.numbers().containsKey(target)) { // the level of a series that is not known
      throw ForecastErrors.unknownSeries(series.name(), target);
    }
    Change change = recipe.change(target);
    double[] g = Channels.transformed(series, target, change);
    double rounding = change.seasons(step) * rounding(change, g, rows);
    for (int t = change.reach(); t + step < rows; t++) {
      if (series.isUnbroken(t - change.reach(), t + step)) {
        fit.add(g[t + step] - change.base(g, t, step), rounding);
      }
    }
  }

  /**
   * The columns that do not change in the rows trained on.
   *
   * @param within whether in those of each series, though series differ; else in all
   */
  static List<String> constant(
      Recipe recipe, List<Series> series, List<Integer> trained, boolean within) {
    List<String> constant = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>(recipe.columns());
    if (recipe.inputs().stream().noneMatch(input -> input.column().equals(recipe.series()))) {
      columns.remove(recipe.series());
    }
    for (String column : columns) {
      boolean each =
          IntStream.range(0, series.size())
              .allMatch(i -> isConstant(series.get(i), column, trained.get(i)));
      boolean all =
          each && series.stream().map(one -> first(one, column)).distinct().limit(2).count() == 1;
      if (within ? each && !all : all) {
        constant.add(column);
      }
    }
    return constant;
  }

  private static Object first(Series series, String column) {
    double[] numbers = series.numbers().get(column);
    return numbers != null ? (Object) (numbers[0] + 0.0) : series.text(column)[0];
  }

  private static boolean isConstant(Series series, String column, int rows) {
    double[] numbers = series.numbers().get(column);
    if (numbers != null) {
      return IntStream.range(1, rows).allMatch(t -> numbers[t] == numbers[0]);
    }
    String[] texts = series.text(column);
    return IntStream.range(1, rows).allMatch(t -> texts[t].equals(texts[0]));
  }
}
