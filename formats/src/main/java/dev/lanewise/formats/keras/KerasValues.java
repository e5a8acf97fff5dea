package dev.lanewise.formats.keras;

import dev.lanewise.formats.keras.KerasCall.Reference;
import dev.lanewise.formats.keras.KerasConfig.Entry;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Calls layers on values as a model's JSON says. */
final class KerasValues {
  private final KerasConfig config;
  private final KerasLayers layers;
  private final Map<Reference, Value> values = new HashMap<>();

  private KerasValues(KerasConfig config, KerasLayers layers) {
    this.config = config;
    this.layers = layers;
  }

  /** The model, which is not built. */
  static Model model(KerasConfig config, KerasLayers layers) {
    KerasValues values = new KerasValues(config, layers);
    Set<Reference> ids = new HashSet<>(); // what is read as such
    for (KerasNode node : config.graph().calls()) {
      if (layers.of(node.layer()).stream().anyMatch(Layer::takesIds)) {
        ids.addAll(node.call().inputs());
      }
    }
    List<Value> inputs = new ArrayList<>();
    for (KerasInput input : config.inputs()) {
      Reference tensor = config.tensor(input);
      Value value = input.value(ids.contains(tensor));
      values.values.put(tensor, value);
      inputs.add(value);
    }
    for (KerasNode node : config.graph().calls()) {
      Entry entry = config.entry(node);
      ModelSizes.guarded(
          config.file(),
          entry.config().where(),
          () -> {
            values.call(node, entry);
            return entry;
          });
    }
    return Model.of(inputs, values.outputs());
  }

  private List<Value> values(List<Reference> tensors) {
    return tensors.stream().map(each -> Objects.requireNonNull(values.get(each))).toList();
  }

  private void call(KerasNode node, Entry entry) {
    List<Layer> own = layers.of(node.layer());
    List<Value> in = values(node.call().inputs());
    if (!node.call().states().isEmpty() || layers.givesStates(node.layer())) {
      callWithState(node, entry, own.getFirst(), in.getFirst());
      return;
    }
    for (Layer layer : own) {
      in = List.of(layer.apply(in.toArray(Value[]::new)));
    }
    give(node, in.getFirst());
  }

  /** How many tensors it gave. */
  private int give(KerasNode node, Value y) {
    List<Layer> halves = layers.halves(node.layer());
    if (halves.isEmpty()) {
      values.put(node.gives(0), y);
      return 1;
    }
    for (int i = 0; i < halves.size(); i++) {
      values.put(node.gives(i), halves.get(i).apply(y));
    }
    return halves.size();
  }

  /** Keras has h before c of the forward direction, then of the backward one. */
  private void callWithState(KerasNode node, Entry entry, Layer layer, Value in) {
    List<Value> from = values(node.call().states());
    int directions = layer.stateUnits().size();
    int states = directions + layer.cellUnits().size();
    int kinds = states / directions;
    if (!from.isEmpty() && from.size() != states) {
      throw KerasErrors.stateCount(entry.config(), states, from.size());
    }
    ValueWithStates called =
        from.isEmpty()
            ? layer.applyWithState(in)
            : layer.applyWithState(
                in,
                new States(every(kinds, 0, from), kinds > 1 ? every(kinds, 1, from) : List.of()));
    int given = give(node, called.y());
    for (int i = 0; i < states; i++) {
      List<Value> kind = i % kinds == 0 ? called.states().h() : called.states().c();
      values.put(node.gives(given + i), kind.get(i / kinds));
    }
  }

  private static List<Value> every(int step, int first, List<Value> all) {
    List<Value> some = new ArrayList<>();
    for (int i = first; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  // Outputs

  /** Each called as its layer is in Keras, where only one of them is that layer's. */
  private List<Value> outputs() {
    List<Value> outputs = new ArrayList<>();
    List<Reference> ends = config.graph().ends();
    for (int i = 0; i < ends.size(); i++) {
      Reference tensor = config.graph().outputs().get(i);
      Value value = values.get(tensor);
      if (value == null) {
        throw KerasErrors.noOutput(config.file(), config.where(), tensor);
      }
      Reference end = ends.get(i);
      outputs.add(hasItsName(end) ? value.named(end.layer()) : value);
    }
    return outputs;
  }

  /** The layers of a Sequential are not called by their names. */
  private boolean hasItsName(Reference output) {
    long calls =
        config.graph().ends().stream()
            .filter(other -> other.tensor() == 0 && other.layer().equals(output.layer()))
            .map(Reference::call)
            .distinct()
            .count();
    boolean isInput = config.inputs().stream().anyMatch(x -> x.name().equals(output.layer()));
    return output.tensor() == 0 && calls == 1 && !isInput && !config.isSequential();
  }
}
