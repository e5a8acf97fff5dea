package dev.lanewise.lstm;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a model computes but for its weights, as text that stays the same for ever: the layers
 * without their names, their settings that are not by default, and what each call reads.
 *
 * <p>What matters in training alone is not in it. A setting that a later version adds is by default
 * in the models of before, so their text stays.
 */
final class LayersText {
  private static final int VERSION = 1;

  private final StringBuilder text = new StringBuilder();

  private LayersText() {}

  static String of(Plan plan) {
    return new LayersText().write(plan);
  }

  /** That of a layer by itself. */
  static String of(Layer layer) {
    LayersText one = new LayersText();
    one.write(layer);
    return one.text.toString();
  }

  private String write(Plan plan) {
    text.append(VERSION).append('\n');
    plan.ports().forEach(port -> text.append(port.axes().width()).append('\n'));
    for (Plan.Node node : plan.nodes()) {
      text.append(node.weights()).append(' ');
      write(node.layer());
      text.append(Arrays.toString(node.in())).append(Arrays.toString(node.from())).append('\n');
    }
    return text.append(Arrays.toString(plan.outputs())).append('\n').toString();
  }

  private void write(Layer layer) {
    LayerType type = LayerType.of(layer);
    text.append(type.name()).append('(');
    for (Setting setting : type.settings()) {
      Object value = setting.of(layer);
      boolean isDefault = setting.byDefault().equals(Optional.of(value));
      if (!isDefault && !setting.isForTraining() && setting.kind() != Setting.Kind.WEIGHT) {
        text.append(setting.name()).append('=');
        write(value);
        text.append(';');
      }
    }
    text.append(')');
  }

  private void write(Object value) {
    switch (value) {
      case Layer inner -> write(inner);
      case int[] axes -> text.append(Arrays.toString(axes));
      case Enum<?> constant -> text.append(constant.name());
      default -> text.append(value);
    }
  }
}
