package dev.lanewise.formats;

import dev.lanewise.formats.KerasLayers.Placed;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The model that a config describes: its layers, and the shapes of its weights, unallocated. */
final class KerasModel {
  private final List<Placed> placed;
  private final Sequential model;
  private final int timesteps;
  private final int features;
  private final Map<String, Shape> shapes;

  private KerasModel(KerasConfig config) {
    this.placed = KerasLayers.of(config);
    this.model = Sequential.of(placed.stream().map(Placed::layer).toList());
    this.timesteps = model.takesIds() ? 0 : config.timesteps(1);
    this.features = model.takesIds() ? 1 : config.features();
    this.shapes = model.weightShapes(timesteps, features);
  }

  static KerasModel of(KerasConfig config) {
    return ModelSizes.guarded(config.file(), config.where(), () -> new KerasModel(config));
  }

  /** How many elements all weights have together. */
  long elements() {
    return ModelSizes.elements(shapes.values());
  }

  /**
   * The model, built and filled; built only once every array of the file has the shape of its
   * weight.
   *
   * @param weights names the file in errors
   * @param options whether the weights must be finite
   */
  Sequential filled(Hdf5 hdf5, Path weights, LoadOptions options) {
    KerasWeights arrays = KerasWeights.find(hdf5, weights, placed, shapes);
    Sequential filled = ModelSizes.allocated(weights, elements(), () -> built(arrays));
    FiniteWeights.require(filled, weights, options);
    return filled;
  }

  private Sequential built(KerasWeights arrays) {
    if (model.takesIds()) {
      model.buildZeros();
    } else if (timesteps > 0) {
      model.buildZeros(timesteps, features);
    } else {
      model.buildZeros(features);
    }
    arrays.copyTo(model);
    return model;
  }
}
