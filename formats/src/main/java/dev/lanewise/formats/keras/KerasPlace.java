package dev.lanewise.formats.keras;

import java.util.List;

/**
 * A layer that has weights, as files refer to it.
 *
 * @param name of the layer in Keras, after those of the models around it; may be empty
 * @param last the layer's own name
 * @param stored its path in a {@code .keras} archive, which is not made of its name
 * @param groups where its arrays are below that path
 * @param count how many weights it has here
 */
public record KerasPlace(String name, String last, String stored, List<String> groups, int count) {
  /** Copies the groups. */
  public KerasPlace {
    groups = List.copyOf(groups);
  }
}
