package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What {@link LayerGradientTest} tries of layers that normalize and learn. */
final class NormalizationCases {
  private NormalizationCases() {}

  static List<LayerGradientTest.Case> all() {
    LayerNormalization layer = LayerNormalization.of();
    LayerNormalization bare = LayerNormalization.builder().scale(false).center(false).build();
    LayerNormalization other = layer.toBuilder().epsilon(0.1).scale(false).build();
    BatchNormalization batch = BatchNormalization.of();
    BatchNormalization plain = BatchNormalization.builder().scale(false).center(false).build();
    BatchNormalization unscaled = batch.toBuilder().epsilon(0.1).scale(false).build();
    BatchNormalization uncentered = batch.toBuilder().center(false).build();
    Lstm every = Lstm.builder(4).returnSequences(true).build();
    List<LayerGradientTest.Case> all = new ArrayList<>();
    both(all, "layer norm", Dense.of(20, Activation.TANH), layer, Dense.of(2));
    both(all, "layer norm first", other, every, layer, Lstm.of(3));
    both(all, "layer norm bare", every, bare, Dense.of(2));
    both(all, "batch norm", batch, Dense.of(2));
    both(all, "batch norm of wide", Dense.of(37, Activation.TANH), batch, Dense.of(2));
    both(all, "batch norm of sequences", every, batch, Lstm.of(3), uncentered, Dense.of(1));
    both(all, "batch norm bare", every, plain, every, plain, unscaled, Dense.of(2));
    both(all, "batch norm, its padding read", every, batch, Flatten.of(), Dense.of(2));
    both(all, "batch norm last", every, layer, Dense.of(3, Activation.TANH), batch);
    all.add(of("batch norm of rows", false, Flatten.of(), batch, Dense.of(3), Softmax.of()));
    Loss classes = Loss.CATEGORICAL_CROSSENTROPY;
    List<Layer> fused = List.of(every, batch, Dense.of(3), Softmax.of());
    all.add(new LayerGradientTest.Case("batch norm and classes", classes, true, fused));
    return all;
  }

  private static void both(List<LayerGradientTest.Case> all, String name, Layer... layers) {
    all.add(of(name, false, layers));
    all.add(of(name + ", masked", true, layers));
  }

  private static LayerGradientTest.Case of(String name, boolean masked, Layer... layers) {
    return new LayerGradientTest.Case(name, Loss.MEAN_SQUARED_ERROR, masked, List.of(layers));
  }

  /** Gives weights that begin as ones and zeros other numbers, variances above 0. */
  static Sequential disturb(Sequential model) {
    for (Weight weight : model.weights()) {
      if (isOfNormalization(weight.name())) {
        Tensor values = ReferenceModel.random(weight.name().hashCode(), weight.shape().toArray());
        for (long i = 0; i < values.size(); i++) {
          values.set(values.get(i) / 2 + (weight.name().endsWith("mean") ? 0 : 1), i);
        }
        weight.set(values);
      }
    }
    return model;
  }

  private static boolean isOfNormalization(String name) {
    return List.of("gamma", "beta", "moving_mean", "moving_variance")
        .contains(name.substring(name.indexOf('/') + 1));
  }
}
