package dev.lanewise.formats.keras;

import dev.lanewise.formats.keras.KerasConfig.Entry;
import dev.lanewise.formats.keras.KerasLayers.Placed;
import dev.lanewise.formats.keras.KerasStore.Group;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills the weights of a model with the arrays of a file: in the order of the layers that have any,
 * as Keras does, whatever they are called.
 */
final class KerasWeights {
  private final KerasStore store;
  private final Path file;

  /** The arrays of one layer, of shapes that fit its weights. */
  private record Found(List<String> weights, KerasArrays way, List<KerasStore.Array> arrays) {}

  private final List<Found> found = new ArrayList<>();
  private final Map<String, Integer> layers = new HashMap<>(); // of a weight, its place in found

  // The layer whose arrays are in memory
  private int open = -1;
  private List<Tensor> values = List.of();

  private KerasWeights(KerasStore store, Path file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Finds the arrays of a model, whose shapes must be those of its weights; reads none.
   *
   * @param shapes of the weights of the layers in {@code placed}, by name
   */
  static KerasWeights find(
      KerasStore store, Path file, List<Placed> placed, Map<String, Shape> shapes) {
    KerasWeights weights = new KerasWeights(store, file);
    Map<String, List<String>> names = byLayer(placed, shapes);
    List<Placed> weighted =
        placed.stream().filter(layer -> names.containsKey(layer.layer().name())).toList();
    List<Group> groups = store.groups(weighted.stream().map(layer -> place(layer, names)).toList());
    if (groups.size() != weighted.size()) {
      throw KerasErrors.layerCount(
          file,
          weighted.stream().map(layer -> layer.entry().name()).toList(),
          groups.stream().map(Group::layer).toList());
    }
    for (int i = 0; i < groups.size(); i++) {
      Placed layer = weighted.get(i);
      List<String> own = names.getOrDefault(layer.layer().name(), List.of());
      weights.add(layer.entry().kind().arrays(layer.layer()), own, shapes, groups.get(i));
    }
    return weights;
  }

  private static KerasPlace place(Placed layer, Map<String, List<String>> names) {
    Entry entry = layer.entry();
    List<String> own = names.getOrDefault(layer.layer().name(), List.of());
    long fixed =
        entry.config().bool("trainable", true)
            ? own.stream().filter(name -> name.contains("/moving_")).count()
            : own.size();
    return new KerasPlace(
        entry.name(), entry.last(), entry.stored(), entry.kind().groups, own.size(), (int) fixed);
  }

  /** The names of the weights of each layer that has any; a layer's name may begin another's. */
  private static Map<String, List<String>> byLayer(List<Placed> placed, Map<String, Shape> shapes) {
    Set<String> layers =
        placed.stream().map(layer -> layer.layer().name()).collect(Collectors.toSet());
    Map<String, List<String>> names = new HashMap<>();
    for (String weight : shapes.keySet()) {
      int end = weight.lastIndexOf('/');
      while (end > 0 && !layers.contains(weight.substring(0, end))) {
        end = weight.lastIndexOf('/', end - 1);
      }
      String layer = weight.substring(0, Math.max(0, end));
      names.computeIfAbsent(layer, _ -> new ArrayList<>()).add(weight);
    }
    return names;
  }

  private void add(KerasArrays way, List<String> names, Map<String, Shape> shapes, Group from) {
    List<KerasStore.Array> arrays = from.paths().stream().map(store::array).toList();
    List<Shape> got = way.shapes(arrays.stream().map(KerasStore.Array::shape).toList());
    List<String> expected = names.stream().map(name -> name + " " + shapes.get(name)).toList();
    if (got.size() != names.size()) {
      throw KerasErrors.arrayCount(file, from.layer(), expected, from.paths());
    }
    for (int i = 0; i < got.size(); i++) {
      if (!got.get(i).equals(Objects.requireNonNull(shapes.get(names.get(i))))) {
        String path = got.size() == arrays.size() ? from.paths().get(i) : from.layer();
        String where = store.where(path);
        throw KerasErrors.shape(file, where, expected.get(i), got.get(i));
      }
    }
    names.forEach(name -> layers.put(name, found.size()));
    found.add(new Found(names, way, arrays));
  }

  /**
   * Fills a weight of a model of the layers and shapes that {@link #find} took. The arrays of one
   * layer are in memory at a time, so that its weights best come one after the other.
   */
  void fill(Weight weight) {
    int layer = Objects.requireNonNull(layers.get(weight.name()));
    Found from = found.get(layer);
    if (layer != open) {
      values = List.of(); // before the next ones are read
      values = from.way.convert(from.arrays.stream().map(KerasStore.Array::read).toList());
      open = layer;
    }
    weight.set(values.get(from.weights.indexOf(weight.name())));
  }
}
