package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.keras.KerasLayers.Placed;
import dev.lanewise.formats.models.FiniteWeights;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.models.PlannedModel;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The model that a config describes: its layers, and the shapes of its weights, unallocated.
 *
 * @param placed its layers, in the order of their weights
 * @param shapes of its weights, by name
 * @param make makes it, of what fills a weight
 * @param <T> what is made: a model, built, or what predicts in its place
 */
public record KerasModel<T>(
    List<Placed> placed, Map<String, Shape> shapes, Function<Consumer<Weight>, T> make) {

  /** Any model. */
  public static KerasModel<? extends Model> of(KerasConfig config) {
    return config.isChain() ? chain(config) : graph(config);
  }

  /** A model that must be layers one after the other. */
  public static KerasModel<Sequential> chain(KerasConfig config) {
    if (!config.isChain()) {
      throw KerasErrors.noChain(config.file(), config.where(), config.beyondChain());
    }
    return ModelSizes.guarded(
        config.file(),
        config.where(),
        () -> {
          List<Placed> placed = KerasLayers.of(config);
          Sequential model = sequential(placed);
          PlannedModel planned = planned(config, model);
          return made(
              placed,
              planned,
              fill -> {
                planned.build(fill);
                return model;
              });
        });
  }

  /** Any model, of which only predictions are wanted: its weights are packed layer by layer. */
  public static KerasModel<Predictor> predictor(KerasConfig config, PredictorOptions options) {
    return ModelSizes.guarded(
        config.file(),
        config.where(),
        () -> {
          KerasLayers layers = KerasLayers.read(config);
          PlannedModel planned =
              config.isChain()
                  ? planned(config, sequential(layers.placed()))
                  : PlannedModel.of(KerasValues.model(config, layers));
          return made(layers.placed(), planned, fill -> planned.predictor(options, fill));
        });
  }

  private static KerasModel<Model> graph(KerasConfig config) {
    return ModelSizes.guarded(
        config.file(),
        config.where(),
        () -> {
          KerasLayers layers = KerasLayers.read(config);
          PlannedModel planned = PlannedModel.of(KerasValues.model(config, layers));
          return made(layers.placed(), planned, planned::build);
        });
  }

  private static Sequential sequential(List<Placed> placed) {
    return Sequential.of(placed.stream().map(Placed::layer).toList());
  }

  private static PlannedModel planned(KerasConfig config, Sequential model) {
    KerasInput input = config.inputs().getFirst();
    return model.takesIds()
        ? new PlannedModel(model, 0, 1)
        : new PlannedModel(model, input.timesteps(1), input.features());
  }

  private static <T> KerasModel<T> made(
      List<Placed> placed, PlannedModel planned, Function<Consumer<Weight>, T> make) {
    return new KerasModel<>(placed, planned.shapes(), make);
  }

  /** How many elements all weights have together. */
  long elements() {
    return ModelSizes.elements(shapes.values());
  }

  /** As {@link #filled(KerasStore, Path, boolean)}, of an HDF5 file. */
  public T filled(Hdf5 hdf5, Path weights, boolean allowNan) {
    return filled(new KerasHdf5(hdf5, weights), weights, allowNan);
  }

  /**
   * What is made, of the weights of a file; made only once every array of the file has the shape of
   * its weight.
   *
   * @param weights names the file in errors
   * @param allowNan whether weights may be NaN or infinite
   */
  public T filled(KerasStore store, Path weights, boolean allowNan) {
    KerasWeights arrays = KerasWeights.find(store, weights, placed, shapes);
    Consumer<Weight> fill = FiniteWeights.checked(arrays::fill, weights, allowNan);
    return ModelSizes.allocated(weights, elements(), () -> make.apply(fill));
  }
}
