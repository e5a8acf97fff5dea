package dev.lanewise.formats.models;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model of a file before it has weights.
 *
 * @param model not built
 * @param timesteps of a chain, that come in; 0 for any
 * @param features of a chain, that come in; 1 where it takes token ids
 */
public record PlannedModel(Model model, int timesteps, int features) {
  /** A model that is no chain. */
  public static PlannedModel of(Model graph) {
    return new PlannedModel(graph, 0, 0);
  }

  /** The shapes of its weights, by name. */
  public Map<String, Shape> shapes() {
    return model instanceof Sequential chain
        ? chain.weightShapes(timesteps, features)
        : model.weightShapes();
  }

  /** The model, built with the value 0. */
  public Model build() {
    if (!(model instanceof Sequential chain) || chain.takesIds()) {
      return model.buildZeros();
    }
    return timesteps == 0 ? chain.buildZeros(features) : chain.buildZeros(timesteps, features);
  }

  /** The model, built and filled. */
  public Model build(Consumer<Weight> fill) {
    Model built = build();
    built.weights().forEach(fill);
    return built;
  }

  /** The model ready to predict, which never has all of its weights at once. */
  public Predictor predictor(PredictorOptions options, Consumer<Weight> fill) {
    return model instanceof Sequential chain
        ? chain.predictor(timesteps, features, options, fill)
        : model.predictor(options, fill);
  }
}
