package dev.lanewise.lstm.data;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** What a network sees of a series: computed in double, brought near 0, then rounded to float32. */
final class Channels {
  private final Recipe recipe;
  private final Series series;
  private final Recipe.Scales scales;

  Channels(Recipe recipe, Series series, Recipe.Scales scales) {
    this.recipe = recipe;
    this.series = series;
    this.scales = scales;
  }

  /** A target's numbers, or their logarithms. */
  static double[] transformed(Series series, String target, Change change) {
    double[] values = series.column(target);
    if (!change.log()) {
      return values;
    }
    double[] logs = new double[values.length];
    for (int t = 0; t < logs.length; t++) {
      if (!(values[t] > 0)) {
        throw ForecastErrors.logarithm(target, values[t]);
      }
      logs[t] = StrictMath.log(values[t]);
    }
    return logs;
  }

  /** (rows, channels); 0 in rows whose change is not known. */
  Tensor tensor() {
    int width = recipe.channels();
    float[] all = new float[Math.multiplyExact(series.length(), width)];
    int at = 0;
    for (int i = 0; i < recipe.inputs().size(); i++) {
      Recipe.Input input = recipe.inputs().get(i);
      Scale scale = scales.inputs().get(i);
      switch (input.kind()) {
        case CHANGE -> change(all, at, width, input.column(), scale);
        case NUMBER -> number(all, at, width, series.column(input.column()), scale);
        case TEXT -> text(all, at, width, series.text(input.column()), input.values());
      }
      at += input.width();
    }
    for (CalendarFeature circle : recipe.circles()) {
      circle(all, at, width, circle);
      at += 2;
    }
    if (recipe.fill() == Fill.MASK) {
      mask(all, width);
    }
    return Tensor.of(all, series.length(), width);
  }

  private void change(float[] all, int at, int width, String target, Scale scale) {
    Change change = recipe.change(target);
    double[] g = transformed(series, target, change);
    for (int t = change.reach(); t < g.length; t++) {
      if (series.isUnbroken(t - change.reach(), t)) {
        all[t * width + at] = (float) scale.in(change.seen(g, t));
      }
    }
  }

  private static void number(float[] all, int at, int width, double[] values, Scale scale) {
    for (int t = 0; t < values.length; t++) {
      all[t * width + at] = (float) scale.in(values[t]);
    }
  }

  private static void text(float[] all, int at, int width, String[] texts, List<String> values) {
    for (int t = 0; t < texts.length; t++) {
      int value = values.indexOf(texts[t]);
      if (value >= 0 && !texts[t].isEmpty()) {
        all[t * width + at + value] = 1;
      }
    }
  }

  /** Of the first row that is forecast from there: known ahead. */
  private void circle(float[] all, int at, int width, CalendarFeature circle) {
    for (int t = 0; t < series.length(); t++) {
      long time =
          recipe.grid().after(series.times()[t], recipe.firstStep()).orElse(series.times()[t]);
      double angle = 2 * Math.PI * circle.turn(time);
      all[t * width + at] = (float) StrictMath.sin(angle);
      all[t * width + at + 1] = (float) StrictMath.cos(angle);
    }
  }

  private void mask(float[] all, int width) {
    for (int t = 0; t < series.length(); t++) {
      if (!series.measured()[t]) {
        Arrays.fill(all, t * width, (t + 1) * width, Recipe.MASKED);
      }
    }
  }
}
