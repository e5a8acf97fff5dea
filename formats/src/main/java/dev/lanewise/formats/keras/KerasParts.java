package dev.lanewise.formats.keras;

import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.text.Phrases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers and calls of a model as its JSON has them, in no order, with those of each model
 * inside it in place of that model and its calls. A layer of an inner model has the key of that
 * model before its own.
 */
final class KerasParts {
  private static final String SEQUENTIAL = "Sequential";

  /** Of a layer within models, after their names. */
  private static final int LONGEST_NAME = 1000;

  /** What goes into a Sequential, which need not say it. */
  private static final Reference CHAIN_INPUT = new Reference("");

  private final JsonObject config;
  private final String whole; // names the model around all others, in errors
  private final String within;
  private final List<KerasGroupName> around;

  final List<JsonObject> inputs = new ArrayList<>();
  final List<Reference> begins = new ArrayList<>();

  /** Of the inputs, where they have any, in order. */
  final List<String> names = new ArrayList<>();

  final Map<String, KerasPart> layers = new LinkedHashMap<>();
  final List<KerasNode> nodes = new ArrayList<>();
  final List<Reference> outputs = new ArrayList<>();

  /** The outputs as the file has them, of which some may be an inner model's. */
  final List<Reference> ends = new ArrayList<>();

  private final Map<String, KerasCallNumbers> models = new HashMap<>(); // the inner ones
  private final Map<String, Integer> used = new HashMap<>();
  private final Map<Reference, Reference> given = new HashMap<>(); // by inner models

  private KerasParts(JsonObject config, String whole, String within, List<KerasGroupName> around) {
    this.config = config;
    this.whole = whole;
    this.within = within;
    this.around = around;
  }

  /** Of a functional model. */
  static KerasParts functional(JsonObject config) {
    return functional(config, config.where(), "", List.of());
  }

  /** Of layers one after the other, which have no calls and may have no names. */
  static KerasParts chain(JsonObject config, List<JsonObject> all) {
    return chain(config, all, config.where(), "", List.of());
  }

  private static KerasParts functional(
      JsonObject config, String whole, String within, List<KerasGroupName> around) {
    KerasParts parts = new KerasParts(config, whole, within, around);
    Map<String, JsonObject> begins = new LinkedHashMap<>();
    Map<String, JsonObject> all = parts.byName();
    all.forEach(
        (name, layer) -> {
          if (isInput(layer)) {
            begins.put(name, layer);
          }
        });
    parts.outputs.addAll(parts.ends("output_layers", "output"));
    parts.addInputs(begins);
    all.keySet().removeAll(begins.keySet());
    all.forEach(parts::add);
    return parts.resolved();
  }

  private static KerasParts chain(
      JsonObject config,
      List<JsonObject> all,
      String whole,
      String within,
      List<KerasGroupName> around) {
    KerasParts parts = new KerasParts(config, whole, within, around);
    List<JsonObject> chain = new ArrayList<>();
    all.forEach(layer -> (isInput(layer) ? parts.inputs : chain).add(layer));
    parts.begins.add(CHAIN_INPUT);
    parts.outputs.add(CHAIN_INPUT);
    for (int i = 0; i < chain.size(); i++) {
      JsonObject layer = chain.get(i);
      String key = Integer.toString(i);
      parts.add(key, layer, List.of(KerasCall.on(parts.outputs.getFirst())));
      parts.outputs.clear();
      parts.outputs.addAll(parts.gives(key, layer));
      boolean isInnerEnd = !around.isEmpty() && i == chain.size() - 1;
      if (parts.outputs.size() > 1 && !isInnerEnd) {
        throw KerasErrors.chainTensors(config.file(), parts.where(layer), parts.outputs.size());
      }
    }
    return parts.resolved();
  }

  /** All tensors that a layer of a chain gives, but for its states. */
  private List<Reference> gives(String key, JsonObject layer) {
    KerasKind kind = KerasKinds.find(layer.string("class_name"));
    List<Reference> all = new ArrayList<>(List.of(new Reference(key)));
    boolean isApart = kind != null && kind.isApart(KerasEntries.config(layer, where(layer)));
    for (int i = 1; isApart ? i < 2 : given.containsKey(new Reference(key, 0, i)); i++) {
      all.add(new Reference(key, 0, i));
    }
    return all;
  }

  private String where(JsonObject layer) {
    String name = new KerasPart(layer, within, around).name();
    return KerasErrors.layer(whole, name, layer.string("class_name"));
  }

  // The layers and calls

  private static boolean isInput(JsonObject layer) {
    return layer.string("class_name").equals(KerasKinds.INPUT.label);
  }

  private Map<String, JsonObject> byName() {
    List<JsonObject> objects = config.objects("layers");
    if (objects.isEmpty()) {
      throw KerasErrors.noLayers(config.file(), config.where());
    }
    ModelSizes.requireLayers(config.file(), config.where(), objects.size());
    Map<String, JsonObject> all = new LinkedHashMap<>();
    for (JsonObject layer : objects) {
      if (all.put(KerasEntries.name(layer), layer) != null) {
        String twice = "two layers " + Phrases.quoted(KerasEntries.name(layer));
        throw KerasErrors.graph(config, twice);
      }
    }
    return all;
  }

  private List<Reference> ends(String key, String kind) {
    Object all = config.has(key) ? config.member(key) : List.of();
    // From outside, an inner model's tensors are counted in the order of their names.
    boolean isInOrder = !around.isEmpty() && all instanceof Map<?, ?>;
    List<Reference> ends =
        KerasCall.references(isInOrder ? KerasCall.inOrder((Map<?, ?>) all) : all);
    if (ends.isEmpty()) {
      throw KerasErrors.graph(config, "no " + kind);
    }
    ModelSizes.requireLayers(config.file(), config.where(), ends.size());
    return ends;
  }

  private void addInputs(Map<String, JsonObject> all) {
    if (config.has("input_layers") && config.member("input_layers") instanceof Map<?, ?> named) {
      names.addAll(KerasCall.names(named));
    }
    for (Reference input : ends("input_layers", "input")) {
      JsonObject layer = all.get(input.layer());
      if (layer == null) {
        String got = Phrases.quoted(input.layer()) + " as an input, which is no InputLayer";
        throw KerasErrors.graph(config, got);
      }
      inputs.add(layer);
      begins.add(new Reference(input.layer()));
    }
    for (Map.Entry<String, JsonObject> each : all.entrySet()) {
      if (!inputs.contains(each.getValue())) {
        String got = "an InputLayer " + Phrases.quoted(each.getKey()) + " that is no input";
        throw KerasErrors.graph(config, got);
      }
    }
  }

  private void add(String key, JsonObject layer) {
    List<KerasCall> calls = KerasCall.of(layer);
    if (calls.isEmpty() || calls.stream().anyMatch(call -> call.inputs().isEmpty())) {
      String got = "a layer " + Phrases.quoted(key) + " that is called on nothing";
      throw KerasErrors.graph(config, got);
    }
    add(key, layer, calls);
  }

  private void add(String key, JsonObject layer, List<KerasCall> calls) {
    KerasPart part = new KerasPart(layer, within, around);
    if (KerasEntries.isModel(layer)) {
      addModel(key, part, calls);
    } else {
      put(key, part);
      for (int i = 0; i < calls.size(); i++) {
        nodes.add(new KerasNode(key, i, calls.get(i), layer));
      }
    }
    ModelSizes.requireLayers(config.file(), config.where(), nodes.size());
  }

  private void put(String key, KerasPart part) {
    requireName(key);
    if (models.containsKey(key) || layers.put(key, part) != null) {
      throw KerasErrors.graph(config, "two layers " + Phrases.quoted(key));
    }
  }

  /** Names of models within models add up. */
  private void requireName(String name) {
    if (name.length() > LONGEST_NAME && (!around.isEmpty() || !models.isEmpty())) {
      throw KerasErrors.longName(config, LONGEST_NAME, name.length());
    }
  }

  // A model inside

  private void addModel(String key, KerasPart part, List<KerasCall> calls) {
    String kind = part.json().string("class_name");
    if (layers.containsKey(key)) {
      throw KerasErrors.graph(config, "two layers " + Phrases.quoted(key));
    }
    models.put(key, new KerasCallNumbers(calls, kind.equals(SEQUENTIAL)));
    requireName(key);
    requireName(part.name());
    String where = KerasErrors.layer(whole, part.name(), kind);
    JsonObject outer = KerasEntries.model(part.json(), where);
    KerasParts inner = inner(part, outer, stored(kind));
    inner.inputs.forEach(layer -> KerasInput.requireRead(layer, where));
    int most = Math.max(inner.nodes.size(), inner.outputs.size());
    long count = Sizes.multiply(most, calls.size());
    ModelSizes.requireLayers(config.file(), where, (int) Math.min(count, Integer.MAX_VALUE));
    inner.layers.forEach((name, layer) -> put(key + "/" + name, layer));
    for (int i = 0; i < calls.size(); i++) {
      requireCall(outer, inner, calls.get(i));
      KerasInlined call = new KerasInlined(key, i, calls.get(i), inner, outer);
      nodes.addAll(call.nodes());
      for (int tensor = 0; tensor < inner.outputs.size(); tensor++) {
        given.put(new Reference(key, i, tensor), call.outer(inner.outputs.get(tensor)));
      }
    }
    ModelSizes.requireLayers(config.file(), where, given.size());
  }

  /** What an archive calls a model of that class, which is the next one here. */
  private List<KerasGroupName> stored(String kind) {
    int before = used.merge(kind, 1, Integer::sum) - 1;
    List<KerasGroupName> all = new ArrayList<>(around);
    all.add(KerasEntries.stored(kind, before));
    return all;
  }

  private KerasParts inner(KerasPart part, JsonObject outer, List<KerasGroupName> stored) {
    if (!part.json().string("class_name").equals(SEQUENTIAL)) {
      return functional(outer, whole, part.name(), stored);
    }
    List<JsonObject> all = KerasEntries.chain(outer);
    return chain(outer, all, whole, part.name(), stored);
  }

  private static void requireCall(JsonObject model, KerasParts inner, KerasCall call) {
    call.settings()
        .forEach(
            (name, value) -> {
              boolean isRead =
                  name.equals(KerasCall.NAMES)
                      ? value.equals(inner.names)
                      : name.equals(KerasCall.MASK) || KerasCallChecks.isOff(value);
              if (!isRead) {
                throw KerasErrors.callArgument(model, name, value);
              }
            });
    if (call.inputs().size() != inner.begins.size()) {
      throw KerasErrors.modelInputs(model, inner.begins.size(), call.inputs().size());
    }
  }

  // What inner models give

  /** With what inner models give in place of their calls. */
  private KerasParts resolved() {
    ends.addAll(outputs);
    if (given.isEmpty()) {
      return this;
    }
    for (KerasNode node : nodes) {
      node.call().needs().forEach(tensor -> note(tensor, false));
    }
    given.values().forEach(tensor -> note(tensor, false));
    outputs.forEach(tensor -> note(tensor, true));
    models.values().forEach(KerasCallNumbers::settle);
    nodes.replaceAll(node -> node.mapped(tensor -> resolved(tensor, false)));
    outputs.replaceAll(tensor -> resolved(tensor, true));
    return this;
  }

  private void note(Reference tensor, boolean isOutput) {
    KerasCallNumbers numbers = models.get(tensor.layer());
    if (numbers != null) {
      numbers.note(tensor.call(), isOutput);
    }
  }

  private Reference resolved(Reference tensor, boolean isOutput) {
    Reference at = tensor;
    Reference begin = null;
    KerasCallNumbers numbers = models.get(at.layer());
    for (int steps = 0; numbers != null; steps++) {
      int call = numbers.call(at.call(), isOutput && steps == 0);
      Reference own = new Reference(at.layer(), call, at.tensor());
      Reference next = given.get(own);
      if (next == null) {
        throw KerasErrors.noTensor(config, at);
      }
      if (steps > given.size()) {
        throw KerasErrors.graph(config, "layers in a circle");
      }
      begin = begin == null ? own : begin;
      at = next;
      numbers = models.get(at.layer());
    }
    if (begin != null) {
      given.put(begin, at); // the next one that asks has one step
    }
    return at;
  }
}
