package dev.lanewise.formats;

import dev.lanewise.formats.KerasConfig.Entry;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import java.util.ArrayList;
import java.util.List;

/** Keras's layers as this library's, with the defaults of the version that wrote them. */
final class KerasLayers {
  /** A layer, and what it was. */
  record Placed(Layer layer, Entry entry) {}

  private final KerasConfig model;
  private final List<Placed> placed = new ArrayList<>();
  private boolean time; // whether what comes next has a time axis
  private String name = "";

  private KerasLayers(KerasConfig config) {
    this.model = config;
    this.time = config.input() == null || config.input().size() != 1;
  }

  static List<Placed> of(KerasConfig config) {
    KerasLayers layers = new KerasLayers(config);
    for (Entry entry : config.layers()) {
      ModelSizes.guarded(
          config.file(),
          entry.config().where(),
          () -> {
            layers.add(entry);
            return entry;
          });
    }
    return layers.placed;
  }

  private void add(Entry entry) {
    name = entry.name();
    for (Layer layer : entry.kind().layers(entry.config(), this)) {
      placed.add(new Placed(layer, entry));
      time = layer.givesTime(time || layer.takesIds());
    }
  }

  // What a kind asks of the place where its layer stands

  KerasVersion version() {
    return model.version();
  }

  /** The timesteps of ids that come in; 0 where they are free. */
  int timesteps() {
    return model.timesteps(0);
  }

  /** Whether what comes in has a time axis. */
  boolean time() {
    return time;
  }

  /** The layer's name. */
  String name() {
    return name;
  }

  /** Gives an activation to the layer before, which must have none. */
  void activate(JsonObject config, Activation activation) {
    if (placed.isEmpty() || !isLinear(placed.getLast())) {
      String shown = KerasActivations.name(activation);
      throw KerasErrors.looseActivation(config.file(), config.where(), shown);
    }
    Placed last = placed.removeLast();
    Layer active =
        LayerType.of(last.layer)
            .make(
                setting ->
                    setting.of(last.layer) == Activation.LINEAR
                        ? activation
                        : setting.of(last.layer));
    placed.add(new Placed(active.named(last.layer.name()), last.entry));
  }

  private static boolean isLinear(Placed last) {
    return last.entry.kind().activates
        && LayerType.of(last.layer).settings().stream()
            .anyMatch(setting -> setting.of(last.layer) == Activation.LINEAR);
  }
}
