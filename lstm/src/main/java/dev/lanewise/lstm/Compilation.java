package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model is trained for. */
record Compilation(Loss loss, List<Metric> metrics) {
  Compilation {
    metrics = List.copyOf(metrics);
  }

  /**
   * The loss of what goes into the function that the last layer ends in; null where there is none.
   */
  private @Nullable RowLoss fused(List<Layer> layers) {
    boolean alone = layers.size() == 1 && layers.getLast().unfused().isEmpty();
    return alone ? null : layers.getLast().fused(loss);
  }

  /** The layers to train. */
  List<Layer> trained(List<Layer> layers) {
    if (fused(layers) == null) {
      return layers;
    }
    List<Layer> trained = new ArrayList<>(layers);
    trained.addAll(trained.removeLast().unfused());
    return trained;
  }

  /** The loss of an output of {@link #trained}. */
  RowLoss trainedLoss(List<Layer> layers) {
    RowLoss fused = fused(layers);
    return fused == null ? RowLoss.of(loss) : fused;
  }
}
