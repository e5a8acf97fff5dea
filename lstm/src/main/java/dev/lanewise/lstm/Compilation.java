package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import java.util.ArrayList;
import java.util.List;

/** What a model is trained for. */
record Compilation(Loss loss, List<Metric> metrics) {
  Compilation {
    metrics = List.copyOf(metrics);
  }

  /** Whether the loss is taken of what goes into the last layer's sigmoid. */
  boolean ofLogits(List<Layer> layers) {
    return loss == Loss.BINARY_CROSSENTROPY
        && layers.getLast() instanceof Dense last
        && last.activation() == Activation.SIGMOID;
  }

  /** The layers to train. */
  List<Layer> trained(List<Layer> layers) {
    if (!ofLogits(layers)) {
      return layers;
    }
    List<Layer> linear = new ArrayList<>(layers);
    Dense last = (Dense) linear.removeLast();
    linear.add(last.toBuilder().activation(Activation.LINEAR).build());
    return linear;
  }

  /** The loss of an output of {@link #trained}. */
  ElementLoss trainedLoss(List<Layer> layers) {
    return ofLogits(layers) ? ElementLoss.BINARY_CROSSENTROPY_OF_LOGITS : ElementLoss.of(loss);
  }
}
