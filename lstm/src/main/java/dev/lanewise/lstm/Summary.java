package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of {@link Sequential#summary}. */
final class Summary {
  private Summary() {}

  static List<LayerSummary> lines(List<Layer> layers, @Nullable LayerShapes shapes) {
    List<LayerSummary> lines = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      List<String> output = shapes == null ? List.of("?") : axes(shapes, i);
      long count = shapes == null ? -1 : count(weights(shapes, i), true, true);
      LayerType type = LayerType.of(layer);
      lines.add(new LayerSummary(layer.name(), type.name(), output, count, type.words(layer)));
    }
    return lines;
  }

  private static List<WeightSpec> weights(LayerShapes shapes, int layer) {
    return shapes.layers().get(layer).weights(shapes.before(layer));
  }

  private static List<String> axes(LayerShapes shapes, int layer) {
    Axes axes = shapes.after(layer);
    String width = Integer.toString(axes.width());
    if (!axes.hasTime() || shapes.takesEither()) {
      return List.of("batch", width);
    }
    String time = shapes.fixesTime(layer) ? Integer.toString(axes.steps()) : "timesteps";
    return List.of("batch", time, width);
  }

  static String of(List<Layer> layers, @Nullable LayerShapes shapes) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output shape", "Parameters", "Settings"});
    for (LayerSummary line : lines(layers, shapes)) {
      String title = line.name() + " (" + line.type() + ")";
      String shape = "(" + String.join(", ", line.output()) + ")";
      String count = line.parameters() < 0 ? "?" : number(line.parameters());
      rows.add(new String[] {title, shape, count, line.settings()});
    }
    String table = table(rows);
    return shapes == null
        ? table + "\nNot built: call build(features, seed)"
        : table + totals(shapes.weights().stream().flatMap(List::stream).toList());
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    String format = String.format("%%-%ds  %%-%ds  %%%ds  %%s", widths[0], widths[1], widths[2]);
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(String.format(Locale.ROOT, format, (Object[]) row).stripTrailing());
    }
    String rule = "-".repeat(lines.getFirst().length()); // settings may be long
    lines.add(1, rule);
    lines.add(rule);
    return String.join("\n", lines);
  }

  private static String totals(List<WeightSpec> weights) {
    long trained = count(weights, true, false);
    long fixed = count(weights, false, true);
    return "\nTotal parameters: "
        + number(trained + fixed)
        + "\nTrainable parameters: "
        + number(trained)
        + "\nNon-trainable parameters: "
        + number(fixed);
  }

  private static long count(List<WeightSpec> weights, boolean trainable, boolean fixed) {
    return weights.stream()
        .filter(weight -> weight.trainable() ? trainable : fixed)
        .mapToLong(weight -> weight.shape().size())
        .sum();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
