package dev.lanewise.cli;

import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How {@code fit} goes about it. */
final class FitSettings {
  @Option(
      names = "--loss",
      defaultValue = "mse",
      paramLabel = "NAME",
      description =
          "As Keras calls it: mse, mae, huber, binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy;"
              + " huber:0.5, pinball:0.1:0.5:0.9, gaussian_nll. Default: ${DEFAULT-VALUE}.")
  private String loss = "";

  @Option(
      names = "--no-shuffle",
      description = "Keep the samples in their order. Else each epoch has one of its own.")
  private boolean ordered;

  @Mixin private LearningOptions learning = new LearningOptions(1);

  LearningOptions learning() {
    return learning;
  }

  Loss loss() {
    return LossText.read(loss);
  }

  FitOptions.Builder options() {
    return learning.options().shuffle(!ordered);
  }

  void check() {
    learning.check();
    loss();
  }
}
