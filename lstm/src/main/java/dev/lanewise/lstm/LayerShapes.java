package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which shapes a list of layers, built for a number of features, takes and gives. Immutable. */
final class LayerShapes {
  private final List<Layer> layers;
  private final int features;
  private final int outputFeatures;
  private final boolean needsSequence;
  private final boolean keepsSequence;

  /** Refuses features that a {@link Normalization} was not made for. */
  LayerShapes(List<Layer> layers, int features) {
    if (features < 1) {
      throw LstmErrors.features(features);
    }
    int width = features;
    for (Layer layer : layers) {
      if (layer instanceof Normalization fixed && fixed.features() != width) {
        throw LstmErrors.normalizationFeatures(fixed, width);
      }
      width = outputFeatures(layer, width);
    }
    this.layers = layers;
    this.features = features;
    this.outputFeatures = width;
    this.needsSequence = layers.stream().anyMatch(Lstm.class::isInstance);
    this.keepsSequence = layers.stream().allMatch(LayerShapes::keepsSequence);
  }

  /** Width of the last axis after a layer. */
  static int outputFeatures(Layer layer, int features) {
    return switch (layer) {
      case Dense dense -> dense.units();
      case Lstm lstm -> lstm.units();
      case Normalization _ -> features;
    };
  }

  /** Whether a layer keeps a time axis that its input has. */
  static boolean keepsSequence(Layer layer) {
    return !(layer instanceof Lstm lstm) || lstm.returnSequences();
  }

  /** Refuses a list that has no layer, or an LSTM where the time axis is gone. */
  static void checkOrder(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw LstmErrors.noLayers();
    }
    @Nullable Lstm last = null;
    for (Layer layer : layers) {
      if (layer instanceof Lstm lstm) {
        if (last != null) {
          throw LstmErrors.timeAxisGone(lstm, last);
        }
        last = lstm.returnSequences() ? null : lstm;
      }
    }
  }

  int features() {
    return features;
  }

  int outputFeatures() {
    return outputFeatures;
  }

  /** Whether the output has the time axis of an input that has one. */
  boolean keepsSequence() {
    return keepsSequence;
  }

  /** Refuses an input that the layers do not take. */
  void checkInput(Shape input) {
    if (input.rank() != 3 && (needsSequence || input.rank() != 2)) {
      throw needsSequence ? LstmErrors.notThreeAxes(input) : LstmErrors.notTwoOrThreeAxes(input);
    }
    if (input.dim(-1) != features) {
      throw LstmErrors.inputFeatures(layers.getFirst(), input, features);
    }
    if (input.rank() == 3 && (input.dim(1) == 0 || input.dim(1) > Integer.MAX_VALUE)) {
      throw LstmErrors.timesteps(input);
    }
  }

  /** The steps of an input that {@link #checkInput} let pass; 1 where it has no time axis. */
  static int steps(Shape input) {
    return input.rank() == 3 ? (int) input.dim(1) : 1;
  }

  /** Whether the output for this input has a time axis. */
  boolean outputIsSequence(Shape input) {
    return input.rank() == 3 && keepsSequence;
  }

  /** The output for an input that {@link #checkInput} let pass. */
  Shape output(Shape input) {
    return outputIsSequence(input)
        ? Shape.of(input.dim(0), input.dim(1), outputFeatures)
        : Shape.of(input.dim(0), outputFeatures);
  }

  /** Whether a shape is {@link #output}; allocates nothing. */
  boolean isOutput(Shape input, Shape output) {
    boolean sequence = outputIsSequence(input);
    return output.rank() == (sequence ? 3 : 2)
        && output.dim(0) == input.dim(0)
        && output.dim(-1) == outputFeatures
        && (!sequence || output.dim(1) == input.dim(1));
  }
}
