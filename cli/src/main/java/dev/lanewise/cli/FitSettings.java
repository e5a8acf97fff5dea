package dev.lanewise.cli;

import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Sgd;
import org.jspecify.annotations.Nullable;
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
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam, adamw, rmsprop or sgd, as in Keras. Default: ${DEFAULT-VALUE}.")
  private String optimizer = "";

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate. Default: the optimizer's own, as in Keras.")
  private @Nullable Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Of sgd: how much of the last change the next one keeps. Default: none.")
  private @Nullable Double momentum;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "N",
      description = "Samples an update. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--epochs",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Passes over the samples, those before --resume too. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--no-shuffle",
      description = "Keep the samples in their order. Else each epoch has one of its own.")
  private boolean ordered;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "Of the shuffle and of dropout. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private int threads;

  int epochs() {
    return epochs;
  }

  Loss loss() {
    return LossText.read(loss);
  }

  FitOptions.Builder options() {
    return FitOptions.builder()
        .epochs(epochs)
        .batchSize(batch)
        .shuffle(!ordered)
        .seed(seed)
        .threads(threads);
  }

  Optimizer optimizer() {
    Optimizer.Builder<?> builder = TrainingOptions.builder(optimizer);
    if (learningRate != null) {
      builder.learningRate(learningRate);
    }
    if (momentum != null) {
      if (!(builder instanceof Sgd.Builder sgd)) {
        throw new InputException("--momentum: expected --optimizer sgd, got " + optimizer);
      }
      if (!(momentum >= 0 && momentum < 1)) {
        throw new InputException(
            "--momentum " + momentum + ": expected at least 0 and below 1, such as 0.9");
      }
      sgd.momentum(momentum);
    }
    return builder.build();
  }

  void check() {
    TrainingOptions.atLeastOne("--epochs", epochs);
    TrainingOptions.atLeastOne("--batch", batch);
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    if (learningRate != null && !(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new InputException(
          "--lr " + learningRate + ": expected a number above 0, such as 0.001");
    }
    loss();
    optimizer();
  }
}
