package dev.lanewise.spark;

import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Elu;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerNormalization;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.Sequential;

/**
 * Which models take sequences of several lengths in one batch, padded, and give each the bits that
 * it gives alone. They are chains whose layers take each step by itself, or walk over the real
 * steps. Of any other model a batch has sequences of one length.
 */
final class StepByStep {
  private StepByStep() {}

  static boolean takes(Model model) {
    return model instanceof Sequential
        && model.layers().stream().allMatch(StepByStep::keepsToItsSteps)
        && model.layers().stream().anyMatch(StepByStep::walks);
  }

  private static boolean walks(Layer layer) {
    return layer instanceof Recurrent || layer instanceof Bidirectional;
  }

  private static boolean keepsToItsSteps(Layer layer) {
    return switch (layer) {
      // Its sequence begins with the padding, which the layer above reads as steps.
      case Recurrent recurrent -> !recurrent.goBackwards();
      case Bidirectional _, Dense _, Dropout _, ActivationLayer _, Relu _, Elu _ -> true;
      case Embedding _, LayerNormalization _, BatchNormalization _, Normalization _ -> true;
      default -> false;
    };
  }
}
