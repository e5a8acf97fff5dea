package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link Plan} of layers one after the other. */
final class ChainPlan {
  private ChainPlan() {}

  /**
   * Of layers one after the other.
   *
   * @param timesteps {@link Axes#ANY} where they are not known
   * @param features 1 for a model that begins with an {@link Embedding}
   */
  static Plan of(List<Layer> layers, int timesteps, int features) {
    if (features < 1) {
      throw LstmErrors.features(features);
    }
    if (timesteps != Axes.ANY && timesteps < 1) {
      throw LayerErrors.buildTimesteps(timesteps);
    }
    InputKind kind = kind(layers, timesteps);
    Axes last = new Axes(kind == InputKind.ROWS ? Axes.NONE : timesteps, features);
    if (layers.getFirst().inputLength() > 0) {
      last = last.withSteps(layers.getFirst().inputLength());
    }
    Plan.Port port = new Plan.Port(Plan.X, kind, last);
    List<Axes> axes = new ArrayList<>(List.of(last));
    List<Plan.Node> nodes = new ArrayList<>();
    int value = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.fixesTime() && last.steps() == Axes.ANY) {
        throw LayerErrors.timestepsUnknown(layer, layers.getFirst(), features);
      }
      last = layer.output(last);
      nodes.add(new Plan.Node(layer, i, new int[] {value}, new int[0], axes.size()));
      value = axes.size();
      axes.add(last);
      Plan.addStates(layer, axes);
    }
    return new Plan(layers, List.of(port), nodes, axes, new int[] {value}, List.of(Plan.Y));
  }

  private static InputKind kind(List<Layer> layers, int timesteps) {
    if (timesteps != Axes.ANY && !layers.getFirst().takesIds()) {
      return InputKind.SEQUENCES;
    }
    for (Layer layer : layers) {
      if (layer.input() != InputKind.EITHER) {
        return layer.input();
      }
    }
    return InputKind.EITHER;
  }

  /** Refuses a chain that has no layer, or a layer where its axes are gone. */
  static void checkOrder(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw LstmErrors.noLayers();
    }
    @Nullable Layer dropped = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.takesIds() && i > 0) {
        throw LayerErrors.embeddingNotFirst(layer, layers.getFirst());
      }
      if (layer.needsTime() && dropped != null) {
        throw LstmErrors.timeAxisGone(layer, dropped);
      }
      if (!layer.givesTime(true)) {
        dropped = layer;
      } else if (layer.bringsTime()) {
        dropped = null;
      }
    }
  }
}
