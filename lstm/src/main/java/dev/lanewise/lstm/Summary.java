package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of {@link Model#summary}. */
final class Summary {
  private Summary() {}

  static List<LayerSummary> lines(List<Layer> layers, @Nullable Plan plan) {
    List<LayerSummary> lines = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      lines.add(plan == null ? unbuilt(layers.get(i)) : line(layers.get(i), plan, i));
    }
    return lines;
  }

  private static LayerSummary unbuilt(Layer layer) {
    LayerType type = LayerType.of(layer);
    String words = type.words(layer);
    return new LayerSummary(layer.name(), type.name(), List.of("?"), -1, words, List.of());
  }

  private static LayerSummary line(Layer layer, Plan plan, int index) {
    Plan.Node call = plan.firstCall(index);
    LayerType type = LayerType.of(layer);
    return new LayerSummary(
        layer.name(),
        type.name(),
        axes(plan, call),
        count(layer.weights(plan.before(call)), true, true),
        type.words(layer),
        readBy(plan, index));
  }

  /** The inputs and layers that the calls of a layer read. */
  private static List<String> readBy(Plan plan, int layer) {
    List<String> names = new ArrayList<>();
    for (Plan.Node node : plan.nodes()) {
      if (node.weights() == layer) {
        Arrays.stream(node.in()).forEach(value -> names.add(plan.source(value)));
        Arrays.stream(node.from()).forEach(value -> names.add(plan.source(value)));
      }
    }
    return names.stream().distinct().toList();
  }

  private static List<String> axes(Plan plan, Plan.Node call) {
    Axes axes = plan.axes(call.out());
    String width = Integer.toString(axes.width());
    if (!axes.hasTime() || plan.takesEither()) {
      return List.of("batch", width);
    }
    String time = plan.time().fixesTime(call) ? Integer.toString(axes.steps()) : "timesteps";
    return List.of("batch", time, width);
  }

  static String of(List<Layer> layers, @Nullable Plan plan) {
    List<String[]> rows = new ArrayList<>();
    boolean graph = plan != null && !plan.isChain();
    rows.add(row(graph, "Layer (type)", "Output shape", "Parameters", "Reads", "Settings"));
    for (LayerSummary line : lines(layers, plan)) {
      String title = line.name() + " (" + line.type() + ")";
      String shape = "(" + String.join(", ", line.output()) + ")";
      String count = line.parameters() < 0 ? "?" : number(line.parameters());
      rows.add(row(graph, title, shape, count, String.join(", ", line.reads()), line.settings()));
    }
    String table = table(rows);
    return plan == null
        ? table + "\nNot built: call build(features, seed)"
        : table + totals(plan.weights().stream().flatMap(List::stream).toList());
  }

  /** The cells of a line, of which what a layer reads is shown for graphs alone. */
  private static String[] row(
      boolean graph, String title, String shape, String count, String reads, String settings) {
    return graph
        ? new String[] {title, shape, count, reads, settings}
        : new String[] {title, shape, count, settings};
  }

  private static String table(List<String[]> rows) {
    int columns = rows.getFirst().length;
    StringBuilder format = new StringBuilder();
    for (int column = 0; column < columns - 1; column++) {
      int at = column;
      int width = rows.stream().mapToInt(row -> row[at].length()).max().orElse(1);
      format.append(column == 2 ? "%" : "%-").append(Math.max(1, width)).append("s  ");
    }
    format.append("%s");
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(String.format(Locale.ROOT, format.toString(), (Object[]) row).stripTrailing());
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
