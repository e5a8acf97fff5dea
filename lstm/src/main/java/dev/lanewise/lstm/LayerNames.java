package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives layers without a name Keras's: {@code lstm}, {@code lstm_1}, {@code dense}. */
final class LayerNames {
  private LayerNames() {}

  /** The same layers, every one with a name of its own. */
  static List<Layer> complete(List<Layer> layers) {
    Set<String> taken = new HashSet<>();
    for (Layer layer : layers) {
      if (!layer.name().isEmpty() && !taken.add(layer.name())) {
        throw LstmErrors.duplicateName(layer.name());
      }
    }
    List<Layer> named = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      String automatic = type(layer).toLowerCase(Locale.ROOT);
      named.add(layer.name().isEmpty() ? layer.named(free(automatic, taken)) : layer);
    }
    return List.copyOf(named);
  }

  private static String free(String base, Set<String> taken) {
    String name = base;
    for (int count = 1; !taken.add(name); count++) {
      name = base + "_" + count;
    }
    return name;
  }

  /** {@code Lstm}, {@code Dense} or another. */
  static String type(Layer layer) {
    return layer.getClass().getSimpleName();
  }

  /** {@code Lstm "lstm_1"}, as errors name a layer. */
  static String quoted(Layer layer) {
    return layer.name().isEmpty() ? type(layer) : type(layer) + " \"" + layer.name() + "\"";
  }
}
