package dev.lanewise.lstm;

import static java.lang.Character.isLowerCase;
import static java.lang.Character.isUpperCase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    Map<String, Integer> next = new HashMap<>(); // below it all are taken
    for (Layer layer : layers) {
      String automatic = automatic(layer);
      named.add(layer.name().isEmpty() ? layer.named(free(automatic, taken, next)) : layer);
    }
    return List.copyOf(named);
  }

  private static String automatic(Layer layer) {
    String type = type(layer);
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < type.length(); i++) {
      char letter = type.charAt(i);
      if (i > 0 && isUpperCase(letter) && isLowerCase(type.charAt(i - 1))) {
        words.append('_');
      }
      words.append(letter);
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }

  private static String free(String base, Set<String> taken, Map<String, Integer> next) {
    int count = next.getOrDefault(base, 0);
    String name = numbered(base, count);
    while (!taken.add(name)) {
      count++;
      name = numbered(base, count);
    }
    next.put(base, count + 1);
    return name;
  }

  private static String numbered(String base, int count) {
    return count == 0 ? base : base + "_" + count;
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
