package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.keras.KerasLayers.Placed;
import dev.lanewise.formats.models.FiniteWeights;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The model that a config describes: its layers, and the shapes of its weights, unallocated.
 *
 * @param placed its layers, in the order of their weights
 * @param model not built
 * @param shapes of its weights, by name
 * @param build makes its weights
 * @param <M> what it is
 */
public record KerasModel<M extends Model>(
    List<Placed> placed, M model, Map<String, Shape> shapes, Runnable build) {

  /** Any model. */
  public static KerasModel<? extends Model> of(KerasConfig config) {
    return config.isChain() ? chain(config) : graph(config);
  }

  /** A model that must be layers one after the other. */
  public static KerasModel<Sequential> chain(KerasConfig config) {
    if (!config.isChain()) {
      throw KerasErrors.noChain(config.file(), config.where(), config.beyondChain());
    }
    return ModelSizes.guarded(config.file(), config.where(), () -> chained(config));
  }

  private static KerasModel<Sequential> chained(KerasConfig config) {
    List<Placed> placed = KerasLayers.of(config);
    Sequential model = Sequential.of(placed.stream().map(Placed::layer).toList());
    KerasInput input = config.inputs().getFirst();
    int timesteps = model.takesIds() ? 0 : input.timesteps(1);
    int features = model.takesIds() ? 1 : input.features();
    Runnable build =
        model.takesIds()
            ? model::buildZeros
            : timesteps > 0
                ? () -> model.buildZeros(timesteps, features)
                : () -> model.buildZeros(features);
    return new KerasModel<>(placed, model, model.weightShapes(timesteps, features), build);
  }

  private static KerasModel<Model> graph(KerasConfig config) {
    return ModelSizes.guarded(
        config.file(),
        config.where(),
        () -> {
          KerasLayers layers = KerasLayers.read(config);
          Model model = KerasValues.model(config, layers);
          return new KerasModel<>(layers.placed(), model, model.weightShapes(), model::buildZeros);
        });
  }

  /** How many elements all weights have together. */
  long elements() {
    return ModelSizes.elements(shapes.values());
  }

  /** As {@link #filled(KerasStore, Path, boolean)}, of an HDF5 file. */
  public M filled(Hdf5 hdf5, Path weights, boolean allowNan) {
    return filled(new KerasHdf5(hdf5, weights), weights, allowNan);
  }

  /**
   * The model, built and filled; built only once every array of the file has the shape of its
   * weight.
   *
   * @param weights names the file in errors
   * @param allowNan whether weights may be NaN or infinite
   */
  public M filled(KerasStore store, Path weights, boolean allowNan) {
    KerasWeights arrays = KerasWeights.find(store, weights, placed, shapes);
    ModelSizes.allocated(
        weights,
        elements(),
        () -> {
          build.run();
          arrays.copyTo(model);
          return model;
        });
    if (!allowNan) {
      FiniteWeights.require(model, weights);
    }
    return model;
  }
}
