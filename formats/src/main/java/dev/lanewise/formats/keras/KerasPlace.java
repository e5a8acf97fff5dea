package dev.lanewise.formats.keras;

import java.util.List;

/**
 * A layer that has weights, as files refer to it.
 *
 * @param name of the layer in Keras, after those of the models around it; may be empty
 * @param last the layer's own name
 * @param stored what a {@code .keras} archive calls the models around it and the layer itself,
 *     which are not their names; the outermost first
 * @param groups where its arrays are below that
 * @param count how many weights it has here
 * @param fixed how many of them, the last ones, no training changes
 */
public record KerasPlace(
    String name,
    String last,
    List<KerasGroupName> stored,
    List<String> groups,
    int count,
    int fixed) {
  /** Copies the lists. */
  public KerasPlace {
    stored = List.copyOf(stored);
    groups = List.copyOf(groups);
  }

  /** The outermost of the models around it; empty for none. */
  String model() {
    return stored.size() > 1 ? stored.getFirst().toString() : "";
  }
}
