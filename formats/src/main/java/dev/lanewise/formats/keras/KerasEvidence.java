package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which versions of Keras may have written a model's JSON that does not say it, as {@code to_json}
 * of Keras 3 never does: by the names in it, and by the file of its weights.
 */
public final class KerasEvidence {
  /** Names that Keras 2 gave to what Keras 1 called otherwise. */
  private static final Set<String> FROM_2 =
      Set.of("units", "use_bias", "recurrent_activation", "filters", "kernel_size", "rate");

  /** Names that only Keras 1 has in a layer with units. */
  private static final Set<String> BEFORE_2 =
      Set.of("inner_activation", "inner_init", "nb_filter", "border_mode", "forget_bias_init");

  /** Names that came with the serialisation of Keras 2.12. */
  private static final Set<String> FROM_2_12 =
      Set.of("registered_name", "build_config", "module", "zero_output_for_mask");

  /** Names that Keras 3 no longer writes. */
  private static final Set<String> BEFORE_3 =
      Set.of("time_major", "implementation", "batch_input_shape");

  private boolean from2;
  private boolean from212;
  private boolean from3;
  private boolean before2;
  private boolean before3;

  private KerasEvidence() {}

  /**
   * By a model's JSON alone.
   *
   * @param json the whole of it
   */
  static KerasVersion of(JsonObject json) {
    KerasEvidence evidence = new KerasEvidence();
    json.names().forEach(name -> evidence.note(name, json.member(name)));
    json.names().forEach(name -> evidence.read(json.member(name)));
    return evidence.version();
  }

  /** By a file of weights: its attribute, else its layout. */
  public static KerasVersion of(Hdf5 weights) {
    for (String group : List.of("", "model_weights")) {
      if (weights.hasAttribute(group, "keras_version")) {
        return KerasVersion.parse(weights.text(group, "keras_version"));
      }
    }
    if (weights.hasList("", "layer_names") || weights.hasList("model_weights", "layer_names")) {
      return KerasVersion.UNKNOWN.before(3, 0); // whose files of this layout have the attribute
    }
    // On Windows a layer's group is layers\\dense.
    return weights.children("layers").isEmpty()
            && weights.children("").stream().noneMatch(name -> name.startsWith("layers\\"))
        ? KerasVersion.UNKNOWN
        : KerasVersion.UNKNOWN.from(3, 0);
  }

  private void read(Object node) {
    switch (node) {
      case Map<?, ?> members -> {
        members.forEach((name, value) -> note((String) name, value));
        members.values().forEach(this::read);
      }
      case List<?> items -> items.forEach(this::read);
      default -> {
        // A value says nothing.
      }
    }
  }

  private void note(String name, Object value) {
    from2 |= FROM_2.contains(name);
    before2 |= BEFORE_2.contains(name);
    from212 |= FROM_2_12.contains(name);
    before3 |= BEFORE_3.contains(name);
    from3 |= name.equals("batch_shape") || "DTypePolicy".equals(value);
  }

  private KerasVersion version() {
    KerasVersion version = KerasVersion.UNKNOWN;
    version = from2 ? version.and(KerasVersion.UNKNOWN.from(2, 0)) : version;
    version = from212 ? version.and(KerasVersion.UNKNOWN.from(2, 12)) : version;
    version = from3 ? version.and(KerasVersion.UNKNOWN.from(3, 0)) : version;
    version = before2 ? version.and(KerasVersion.UNKNOWN.before(2, 0)) : version;
    return before3 ? version.and(KerasVersion.UNKNOWN.before(3, 0)) : version;
  }
}
