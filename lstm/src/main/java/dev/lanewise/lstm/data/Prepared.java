package dev.lanewise.lstm.data;

import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Series made ready for a network by a recipe: its input, and its output's way to and from real
 * units.
 */
final class Prepared {
  private final Recipe recipe;
  private final List<Series> series;
  private final List<Recipe.Scales> scales = new ArrayList<>();
  private final List<Tensor> channels = new ArrayList<>();
  private final List<List<double[]>> transformed = new ArrayList<>();

  Prepared(Recipe recipe, List<Series> series) {
    this.recipe = recipe;
    this.series = List.copyOf(series);
    for (Series each : series) {
      Recipe.Scales ofSeries = ScaleFit.known(recipe, each);
      scales.add(ofSeries);
      channels.add(new Channels(recipe, each, ofSeries).tensor());
      List<double[]> targets = new ArrayList<>();
      for (String target : recipe.targets()) {
        boolean seen = each.numbers().containsKey(target); // a level alone needs none
        targets.add(
            seen
                ? Channels.transformed(each, target, recipe.change(target))
                : new double[each.length()]);
      }
      transformed.add(targets);
    }
  }

  List<Series> series() {
    return series;
  }

  Series series(int index) {
    return series.get(index);
  }

  /** (origins, window, channels): a view where the origins are one run, else a copy. */
  Tensor inputs(Origins origins) {
    Windows windows = Windows.length(recipe.window());
    List<Tensor> parts = new ArrayList<>();
    for (int[] run : origins.runs()) {
      Tensor all = channels.get(origins.series()[run[0]]);
      int first = origins.row()[run[0]] - recipe.window() + 1;
      parts.add(windows.inputs(all.slice(0, first, origins.row()[run[1] - 1] + 1L)));
    }
    return parts.size() == 1 ? parts.get(0) : Tensor.concat(0, parts.toArray(Tensor[]::new));
  }

  /** (origins, outputs): what the network shall give. */
  Tensor outputs(Origins origins) {
    int width = recipe.outputs();
    float[] all = new float[Math.multiplyExact(origins.count(), width)];
    for (int i = 0; i < origins.count(); i++) {
      int of = origins.series()[i];
      int t = origins.row()[i];
      for (int out = 0; out < width; out++) {
        double[] g = transformed.get(of).get(recipe.target(out));
        double change =
            g[t + recipe.step(out)]
                - recipe.changes().get(recipe.target(out)).base(g, t, recipe.step(out));
        all[i * width + out] = (float) scales.get(of).outputs().get(out).in(change);
      }
    }
    return Tensor.of(all, origins.count(), width);
  }

  /** What the network gave, in real units. */
  double[][] forecasts(Origins origins, Tensor y) {
    float[] given = y.toArray();
    int width = recipe.outputs();
    double[][] all = new double[origins.count()][width];
    for (int i = 0; i < all.length; i++) {
      int of = origins.series()[i];
      for (int out = 0; out < width; out++) {
        Change change = recipe.changes().get(recipe.target(out));
        double[] g = transformed.get(of).get(recipe.target(out));
        double base = change.base(g, origins.row()[i], recipe.step(out));
        double off = scales.get(of).outputs().get(out).out(given[i * width + out]);
        all[i][out] = change.out(base + off);
      }
    }
    return all;
  }
}
