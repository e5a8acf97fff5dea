package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of {@link Sequential#summary}. */
final class Summary {
  private static final String GAP = "  ";

  private Summary() {}

  static List<LayerSummary> lines(List<Layer> layers, @Nullable ModelWeights weights) {
    boolean time = layers.stream().anyMatch(Lstm.class::isInstance);
    List<LayerSummary> lines = new ArrayList<>();
    String width = "features";
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      width = width(layer, width);
      time &= LayerShapes.keepsSequence(layer);
      List<String> output = time ? List.of("batch", "timesteps", width) : List.of("batch", width);
      long count = weights == null ? -1 : count(weights.layer(i).weights(), true, true);
      lines.add(new LayerSummary(layer.name(), LayerNames.type(layer), output, count));
    }
    return lines;
  }

  static String of(List<Layer> layers, @Nullable ModelWeights weights) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output shape", "Parameters"});
    for (LayerSummary line : lines(layers, weights)) {
      String title = line.name() + " (" + line.type() + ")";
      String shape = "(" + String.join(", ", line.output()) + ")";
      String count = line.parameters() < 0 ? "?" : number(line.parameters());
      rows.add(new String[] {title, shape, count});
    }
    String table = table(rows);
    return weights == null
        ? table + "\nNot built: call build(features, seed)"
        : table + totals(weights.all());
  }

  private static String width(Layer layer, String before) {
    return switch (layer) {
      case Dense dense -> Integer.toString(dense.units());
      case Lstm lstm -> Integer.toString(lstm.units());
      case Normalization fixed ->
          before.equals("features") ? Integer.toString(fixed.features()) : before;
    };
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    String format =
        "%-" + widths[0] + "s" + GAP + "%-" + widths[1] + "s" + GAP + "%" + widths[2] + "s";
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(String.format(Locale.ROOT, format, (Object[]) row));
    }
    String rule = "-".repeat(lines.getFirst().length());
    lines.add(1, rule);
    lines.add(rule);
    return String.join("\n", lines);
  }

  private static String totals(List<Weight> weights) {
    long trained = count(weights, true, false);
    long fixed = count(weights, false, true);
    return "\nTotal parameters: "
        + number(trained + fixed)
        + "\nTrainable parameters: "
        + number(trained)
        + "\nNon-trainable parameters: "
        + number(fixed);
  }

  private static long count(List<Weight> weights, boolean trainable, boolean fixed) {
    return weights.stream()
        .filter(weight -> weight.trainable() ? trainable : fixed)
        .mapToLong(weight -> weight.shape().size())
        .sum();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
