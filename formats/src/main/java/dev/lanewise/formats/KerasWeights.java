package dev.lanewise.formats;

import dev.lanewise.formats.KerasLayers.Placed;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
  private record Arrays(String layer, List<String> paths) {}

  private KerasWeights(Hdf5 hdf5, Path file) {
    this.hdf5 = hdf5;
    this.file = file;
  }

  /**
   * Fills a model.
   *
   * @param model built of the layers in {@code placed}. Its weights are overwritten
   */
  static void copy(Hdf5 hdf5, Path file, List<Placed> placed, Sequential model) {
    KerasWeights weights = new KerasWeights(hdf5, file);
    List<Placed> weighted = new ArrayList<>();
    List<List<Weight>> targets = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      if (!model.weights(i).isEmpty()) {
        weighted.add(placed.get(i));
        targets.add(model.weights(i));
      }
    }
    List<Arrays> arrays = weights.find(weighted);
    if (arrays.size() != weighted.size()) {
      throw KerasErrors.layerCount(
          file,
          weighted.stream().map(layer -> layer.entry().name()).toList(),
          arrays.stream().map(Arrays::layer).toList());
    }
    for (int i = 0; i < arrays.size(); i++) {
      weights.fill(targets.get(i), weighted.get(i).layer(), arrays.get(i));
    }
  }

  private List<Arrays> find(List<Placed> weighted) {
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
  private List<Arrays> byLayerName(String group) {
    String prefix = group.isEmpty() ? "" : group + "/";
    List<Arrays> all = new ArrayList<>();
    for (String layer : hdf5.list(group, "layer_names")) {
      List<String> names = hdf5.list(prefix + layer, "weight_names");
      if (!names.isEmpty()) {
        List<String> paths = names.stream().map(name -> prefix + layer + "/" + name).toList();
        all.add(new Arrays(layer, paths));
      }
    }
    return all;
  }

  /** The layout of .keras and .weights.h5: numbered variables, below the class of the layer. */
  private Arrays variables(String container, Placed layer) {
    String base = container + "/" + layer.entry().stored();
    List<String> groups =
        switch (layer.entry().kind()) {
          case "LSTM" -> List.of("/cell/vars");
          case "Bidirectional" -> List.of("/forward_layer/cell/vars", "/backward_layer/cell/vars");
          case "TimeDistributed" -> List.of("/layer/vars");
          default -> List.of("/vars");
        };
    List<String> paths = new ArrayList<>();
    for (String group : groups) {
      int count = hdf5.children(base + group).size();
      for (int i = 0; i < count; i++) {
        paths.add(base + group + "/" + i);
      }
    }
    return new Arrays(base, paths);
  }

  private void fill(List<Weight> weights, Layer layer, Arrays from) {
    List<Tensor> values = converted(layer, from.paths.stream().map(hdf5::array).toList());
    if (values.size() != weights.size()) {
      throw KerasErrors.arrayCount(file, from.layer, weights, from.paths);
    }
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      if (!values.get(i).shape().equals(weight.shape())) {
        String path = values.size() == from.paths.size() ? from.paths.get(i) : from.layer;
        throw KerasErrors.shape(file, path, weight, values.get(i).shape());
      }
      weight.value().copyFrom(values.get(i));
    }
  }

  private static List<Tensor> converted(Layer layer, List<Tensor> arrays) {
    return switch (layer) {
      case Lstm lstm -> KerasLstmArrays.convert(arrays, lstm.units());
      case Bidirectional both -> {
        int half = arrays.size() / 2;
        int units = both.layer().units();
        List<Tensor> all = new ArrayList<>(KerasLstmArrays.convert(arrays.subList(0, half), units));
        all.addAll(KerasLstmArrays.convert(arrays.subList(half, arrays.size()), units));
        yield all;
      }
      // Keras 1 has kernels (k, 1, in, filters).
      case Conv1d _ ->
          arrays.stream()
              .map(array -> array.rank() == 4 && array.dim(1) == 1 ? array.squeeze(1) : array)
              .toList();
      default -> arrays;
    };
  }
}
