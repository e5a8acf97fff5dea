package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import dev.lanewise.formats.keras.KerasConfig.Entry;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.FeatureSlice;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Keras's layers as this library's, with the defaults of the version that wrote them. */
final class KerasLayers {
  /** A layer, and what it was. */
  record Placed(Layer layer, Entry entry) {}

  /**
   * What is known of a tensor.
   *
   * @param time whether it has a time axis
   * @param from the name of the layer that gives it; empty for none
   * @param isSole whether it is that layer's only output, and read once
   */
  private record Flow(boolean time, String from, boolean isSole) {}

  /** Which layers that hold no padding back have as a setting. */
  private static final String MASKS = "maskZero";

  private final KerasConfig model;
  private final KerasMasks masks = new KerasMasks();
  private final Map<Reference, Long> readers;
  private final Map<String, Long> calls = new HashMap<>();
  private final Map<Reference, Flow> flows = new HashMap<>();
  private final Map<String, List<Layer>> made = new LinkedHashMap<>();
  private final Map<String, Boolean> times = new HashMap<>(); // of what each layer reads first
  private final Set<String> stateful = new HashSet<>();
  private final Map<String, List<Layer>> halves = new HashMap<>(); // of what layers give

  // The place where the next layer stands
  private String key = "";
  private String name = "";
  private Flow before = new Flow(true, "", false);

  private KerasLayers(KerasConfig config) {
    this.model = config;
    this.readers = config.graph().readers();
    config.graph().calls().forEach(node -> calls.merge(node.layer(), 1L, Long::sum));
    for (KerasInput input : config.inputs()) {
      flows.put(config.tensor(input), new Flow(input.hasTime(), "", false));
    }
  }

  /** The layers of a model, as its calls have them. */
  static KerasLayers read(KerasConfig config) {
    KerasLayers layers = new KerasLayers(config);
    for (KerasNode node : config.graph().nodes()) {
      if (config.graph().isMask(node)) {
        layers.masks.operate(node);
      } else {
        Entry entry = config.entry(node);
        ModelSizes.guarded(
            config.file(),
            entry.config().where(),
            () -> {
              layers.add(node, entry);
              return entry;
            });
      }
    }
    layers.settleMasks();
    return layers;
  }

  /** The layers of a model, in the order of their weights. */
  static List<Placed> of(KerasConfig config) {
    return read(config).placed();
  }

  List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    model
        .layers()
        .forEach((layer, entry) -> of(layer).forEach(each -> placed.add(new Placed(each, entry))));
    return placed;
  }

  /** What a layer of Keras becomes: layers one after the other, or none. */
  List<Layer> of(String layer) {
    return made.getOrDefault(layer, List.of());
  }

  /** Whether a layer gives its states too. */
  boolean givesStates(String layer) {
    return stateful.contains(layer);
  }

  /**
   * What makes of a layer's output the two tensors that it gives in Keras; none where it gives it
   * as it is.
   */
  List<Layer> halves(String layer) {
    return halves.getOrDefault(layer, List.of());
  }

  private void add(KerasNode node, Entry entry) {
    KerasCallChecks.require(node, entry, model.isSequential());
    List<Reference> reads = node.call().reads();
    for (Reference each : reads) {
      if (!flows.containsKey(each)) {
        throw KerasErrors.noTensor(entry.config(), each);
      }
    }
    key = node.layer();
    name = entry.name();
    before = flow(reads.getFirst());
    masks.require(node, entry);
    List<Layer> own = made.get(key);
    if (own == null) {
      own = entry.kind().layers(entry.config(), this);
      made.put(key, own);
    }
    if (times.merge(key, before.time, (one, other) -> one) != before.time) {
      throw KerasErrors.sharedTime(entry.config());
    }
    give(node, entry, own);
  }

  private Flow flow(Reference tensor) {
    return flows.getOrDefault(tensor, new Flow(true, "", false));
  }

  private void give(KerasNode node, Entry entry, List<Layer> own) {
    boolean time = before.time;
    for (Layer layer : own) {
      time = layer.givesTime(time || layer.takesIds());
    }
    Reference output = node.gives(0);
    boolean sole = readers.getOrDefault(output, 0L) == 1 && calls.getOrDefault(key, 0L) == 1;
    flows.put(
        output,
        own.isEmpty()
            ? new Flow(time, before.from, before.isSole && sole)
            : new Flow(time, key, sole));
    int given = Math.max(1, halves(key).size());
    for (int i = 1; i < given; i++) {
      flows.put(node.gives(i), new Flow(time, "", false));
    }
    masks.pass(node, entry, time, own.stream().anyMatch(KerasKinds::joins), given);
    if (stateful.contains(key)) {
      Layer last = own.getLast();
      int states = last.stateUnits().size() + last.cellUnits().size();
      for (int i = 0; i < states; i++) {
        flows.put(node.gives(given + i), new Flow(false, "", false));
      }
    }
  }

  // Masks that Keras does not heed

  /** A mask that no call heeds in Keras is not made, as all would heed it here. */
  private void settleMasks() {
    masks.halfHeeded().forEach(this::refuseMask);
    masks.unheeded().forEach(this::leaveMask);
  }

  private void refuseMask(String maker, KerasNode reader) {
    throw KerasErrors.unheededMask(entry(maker).config(), reader.layer());
  }

  private void leaveMask(String maker, KerasNode reader) {
    List<Layer> own = of(maker);
    if (own.stream().noneMatch(KerasLayers::mayMask)) {
      refuseMask(maker, reader);
    }
    made.put(maker, own.stream().map(KerasLayers::withoutMask).toList());
  }

  private static boolean mayMask(Layer layer) {
    return LayerType.of(layer).settings().stream().anyMatch(each -> each.name().equals(MASKS));
  }

  private static Layer withoutMask(Layer layer) {
    return LayerType.of(layer)
        .make(setting -> setting.name().equals(MASKS) ? false : setting.of(layer))
        .named(layer.name());
  }

  private Entry entry(String layer) {
    Entry entry = model.layers().get(layer);
    if (entry == null) {
      throw new AssertionError(layer);
    }
    return entry;
  }

  // What a kind asks of the place where its layer stands

  KerasVersion version() {
    return model.version();
  }

  /** The timesteps of ids that come in; 0 where they are free, or the model's input says them. */
  int timesteps() {
    return model.isChain() ? model.inputs().getFirst().timesteps(0) : 0;
  }

  /** Whether what comes in has a time axis. */
  boolean time() {
    return before.time;
  }

  /** The layer's name. */
  String name() {
    return name;
  }

  /** Gives the layer's states to whoever reads them; in Keras's Sequential nobody can. */
  void giveStates(JsonObject config) {
    if (model.isSequential()) {
      throw KerasErrors.only(config, "return_state", "false");
    }
    stateful.add(key);
  }

  /** Gives what two directions give apart, each of so many features. */
  void giveHalves(int units) {
    halves.put(
        key,
        List.of(
            FeatureSlice.of(0, units).named(name + "_forward"),
            FeatureSlice.of(units, units).named(name + "_backward")));
  }

  /** Reads a layer that takes the steps one by one. */
  List<Layer> ofSteps(Supplier<List<Layer>> inner) {
    Flow sequence = before;
    before = new Flow(false, sequence.from, sequence.isSole);
    List<Layer> read = inner.get();
    before = sequence;
    return read;
  }

  /** Gives an activation to the layer before, where that has none and no other reader. */
  boolean activate(Activation activation) {
    List<Layer> own = of(before.from);
    boolean mayTake = !own.isEmpty() && isLinear(entry(before.from), own.getLast());
    boolean isAlone = before.isSole && calls.getOrDefault(key, 0L) == 1;
    if (!mayTake || !isAlone) {
      return false;
    }
    Layer last = own.getLast();
    Layer active =
        LayerType.of(last)
            .make(setting -> setting.of(last) == Activation.LINEAR ? activation : setting.of(last));
    List<Layer> activated = new ArrayList<>(own.subList(0, own.size() - 1));
    activated.add(active.named(last.name()));
    made.put(before.from, activated);
    return true;
  }

  private static boolean isLinear(Entry entry, Layer last) {
    return entry.kind().activates
        && LayerType.of(last).settings().stream()
            .anyMatch(setting -> setting.of(last) == Activation.LINEAR);
  }
}
