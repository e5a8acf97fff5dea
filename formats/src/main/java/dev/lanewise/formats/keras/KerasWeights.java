package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Array;
import dev.lanewise.formats.keras.KerasLayers.Placed;
import dev.lanewise.lstm.Model;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Copies the arrays of a file into a model: in the order of the layers that have any, as Keras
 * does, whatever they are called.
 */
final class KerasWeights {
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies");

  private final Hdf5 hdf5;
  private final Path file;

  /** The arrays of one layer: their paths in the file. */
  private record Paths(String layer, List<String> paths) {}

  /** The arrays of one layer, of shapes that fit its weights. */
  private record Found(List<String> weights, KerasArrays way, List<Hdf5Array> arrays) {}

  private final List<Found> found = new ArrayList<>();

  private KerasWeights(Hdf5 hdf5, Path file) {
    this.hdf5 = hdf5;
    this.file = file;
  }

  /**
   * Finds the arrays of a model, whose shapes must be those of its weights; reads none.
   *
   * @param shapes of the weights of the layers in {@code placed}, by name
   */
  static KerasWeights find(Hdf5 hdf5, Path file, List<Placed> placed, Map<String, Shape> shapes) {
    KerasWeights weights = new KerasWeights(hdf5, file);
    Map<String, List<String>> names = byLayer(placed, shapes);
    List<Placed> weighted =
        placed.stream().filter(layer -> names.containsKey(layer.layer().name())).toList();
    List<Paths> paths = weights.paths(weighted);
    if (paths.size() != weighted.size()) {
      throw KerasErrors.layerCount(
          file,
          weighted.stream().map(layer -> layer.entry().name()).toList(),
          paths.stream().map(Paths::layer).toList());
    }
    for (int i = 0; i < paths.size(); i++) {
      Placed layer = weighted.get(i);
      List<String> own = names.getOrDefault(layer.layer().name(), List.of());
      weights.add(layer.entry().kind().arrays(layer.layer()), own, shapes, paths.get(i));
    }
    return weights;
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

  private void add(KerasArrays way, List<String> names, Map<String, Shape> shapes, Paths from) {
    List<Hdf5Array> arrays = from.paths.stream().map(hdf5::array).toList();
    List<Shape> got = way.shapes(arrays.stream().map(Hdf5Array::shape).toList());
    List<String> expected = names.stream().map(name -> name + " " + shapes.get(name)).toList();
    if (got.size() != names.size()) {
      throw KerasErrors.arrayCount(file, from.layer, expected, from.paths);
    }
    for (int i = 0; i < got.size(); i++) {
      if (!got.get(i).equals(Objects.requireNonNull(shapes.get(names.get(i))))) {
        String path = got.size() == from.paths.size() ? from.paths.get(i) : from.layer;
        throw KerasErrors.shape(file, path, expected.get(i), got.get(i));
      }
    }
    found.add(new Found(names, way, arrays));
  }

  /**
   * Fills a model.
   *
   * @param model built of the layers and shapes that {@link #find} took. Its weights are
   *     overwritten
   */
  void copyTo(Model model) {
    Map<String, Weight> weights =
        model.weights().stream().collect(Collectors.toMap(Weight::name, Function.identity()));
    for (Found layer : found) {
      List<Tensor> values = layer.way.convert(layer.arrays.stream().map(Hdf5Array::read).toList());
      for (int i = 0; i < values.size(); i++) {
        Objects.requireNonNull(weights.get(layer.weights.get(i))).set(values.get(i));
      }
    }
  }

  private List<Paths> paths(List<Placed> weighted) {
    for (String group : List.of("", "model_weights")) {
      if (hdf5.hasList(group, "layer_names")) {
        return byLayerName(group);
      }
    }
    for (String container : CONTAINERS) {
      if (!hdf5.children(container).isEmpty()) {
        return weighted.stream().map(layer -> variables(container, layer)).toList();
      }
    }
    throw KerasErrors.noWeights(file, hdf5.children(""));
  }

  /** The layout until Keras 2, and of .h5 in Keras 3: the groups that list any weights. */
  private List<Paths> byLayerName(String group) {
    String prefix = group.isEmpty() ? "" : group + "/";
    List<Paths> all = new ArrayList<>();
    for (String layer : hdf5.list(group, "layer_names")) {
      List<String> names = hdf5.list(prefix + layer, "weight_names");
      if (!names.isEmpty()) {
        List<String> paths = names.stream().map(name -> prefix + layer + "/" + name).toList();
        all.add(new Paths(layer, paths));
      }
    }
    return all;
  }

  /** The layout of .keras and .weights.h5: numbered variables, below the class of the layer. */
  private Paths variables(String container, Placed layer) {
    String base = container + "/" + layer.entry().stored();
    List<String> paths = new ArrayList<>();
    for (String group : layer.entry().kind().groups) {
      int count = hdf5.children(base + group).size();
      for (int i = 0; i < count; i++) {
        paths.add(base + group + "/" + i);
      }
    }
    return new Paths(base, paths);
  }
}
