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
  private boolean ofSigmoid(List<Layer> layers) {
    return loss == Loss.BINARY_CROSSENTROPY
        && layers.getLast() instanceof Dense last
        && last.activation() == Activation.SIGMOID;
  }

  /** Whether the loss is taken of what goes into the last layer, a softmax. */
  private boolean ofSoftmax(List<Layer> layers) {
    return loss == Loss.CATEGORICAL_CROSSENTROPY
        && layers.size() > 1
        && layers.getLast() instanceof Softmax last
        && last.axis() == Softmax.Axis.FEATURES;
  }

  /** The layers to train. */
  List<Layer> trained(List<Layer> layers) {
    if (ofSoftmax(layers)) {
      return layers.subList(0, layers.size() - 1);
    }
    if (!ofSigmoid(layers)) {
      return layers;
    }
    List<Layer> linear = new ArrayList<>(layers);
    Dense last = (Dense) linear.removeLast();
    linear.add(last.toBuilder().activation(Activation.LINEAR).build());
    return linear;
  }

  /** The loss of an output of {@link #trained}. */
  RowLoss trainedLoss(List<Layer> layers) {
    if (ofSoftmax(layers)) {
      return RowLoss.CATEGORICAL_CROSSENTROPY_OF_LOGITS;
    }
    return ofSigmoid(layers) ? RowLoss.BINARY_CROSSENTROPY_OF_LOGITS : RowLoss.of(loss);
  }
}
