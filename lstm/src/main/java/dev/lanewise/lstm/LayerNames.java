package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
      named.add(layer.name().isEmpty() ? named(layer, free(automatic(layer), taken)) : layer);
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

  private static Layer named(Layer layer, String name) {
    return switch (layer) {
      case Dense dense -> dense.toBuilder().name(name).build();
      case Lstm lstm -> lstm.toBuilder().name(name).build();
      case Normalization normalization -> normalization.named(name);
    };
  }

  private static String automatic(Layer layer) {
    return switch (layer) {
      case Dense _ -> "dense";
      case Lstm _ -> "lstm";
      case Normalization _ -> "normalization";
    };
  }

  /** {@code Lstm}, {@code Dense} or {@code Normalization}. */
  static String type(Layer layer) {
    return layer.getClass().getSimpleName();
  }

  /** {@code Lstm "lstm_1"}, as errors name a layer. */
  static String quoted(Layer layer) {
    return layer.name().isEmpty() ? type(layer) : type(layer) + " \"" + layer.name() + "\"";
  }
}
