package dev.lanewise.cli;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.AdamW;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.RmsProp;
import dev.lanewise.lstm.Sgd;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How weights are learned, and for how long: what {@code train} and {@code fit} are told alike. */
final class LearningOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the samples, those before --resume too. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "N",
      description = "Samples an update. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam, adamw, rmsprop or sgd, as in Keras. Default: ${DEFAULT-VALUE}.")
  private String optimizer = "";

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate. Default: the optimizer's own, as in Keras: 0.001, of sgd 0.01.")
  private @Nullable Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Of sgd: how much of the last change the next one keeps. Default: none.")
  private @Nullable Double momentum;

  @Option(
      names = "--schedule",
      paramLabel = "S",
      description =
          "How the learning rate goes on from --lr, counted in updates. cosine: down to 0 at the end."
              + " cosine:warmup=100: up from 0 first. exponential:0.96/1000: times 0.96 in 1000."
              + " piecewise:1000=0.0003,2000=0.0001: another after each. Default: it stays.")
  private @Nullable String schedule;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description =
          "The largest norm of all gradients together; longer ones are scaled down to it. Default: none.")
  private @Nullable Double clip;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Of the shuffle, of dropout, and of weights where they are new. The same seed gives the same bytes."
              + " Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private int threads;

  @Option(
      names = "--patience",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "End when N epochs have not become better on the last fifth of the samples trained on, which are then not learned"
              + " from; the best epoch's weights stay. Default: all epochs.")
  private int patience;

  @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

  /** Those of a command that takes so many epochs unless told otherwise. */
  LearningOptions(int epochs) {
    this.epochs = epochs;
  }

  int epochs() {
    return epochs;
  }

  long seed() {
    return seed;
  }

  CheckpointOptions checkpoint() {
    return checkpoint;
  }

  Patience patience() {
    return new Patience(patience);
  }

  FitOptions.Builder options() {
    return FitOptions.builder().epochs(epochs).batchSize(batch).seed(seed).threads(threads);
  }

  /** How weights change in a training on so many samples. */
  Optimizer optimizer(long samples) {
    Optimizer.Builder<?> builder = builder(optimizer);
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
    if (schedule != null) {
      double begin = builder.build().learningRate();
      long updates = epochs * Math.ceilDiv(patience().learned(samples), batch);
      builder.learningRate(ScheduleText.parse(schedule, begin, updates));
    }
    if (clip != null) {
      builder.globalClipNorm(clip);
    }
    return builder.build();
  }

  private static Optimizer.Builder<?> builder(String optimizer) {
    return switch (optimizer.toLowerCase(Locale.ROOT)) {
      case "adam" -> Adam.builder();
      case "adamw" -> AdamW.builder();
      case "rmsprop" -> RmsProp.builder();
      case "sgd" -> Sgd.builder();
      default ->
          throw new InputException(
              "--optimizer " + optimizer + ": expected one of adam, adamw, rmsprop, sgd");
    };
  }

  void check() {
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch", batch);
    checkpoint.check();
    if (patience < 0) {
      throw new InputException("--patience " + patience + ": expected 1 epoch or more, such as 5");
    }
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    if (learningRate != null && !(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new InputException(
          "--lr " + learningRate + ": expected a number above 0, such as 0.001");
    }
    if (clip != null && !(clip > 0 && Double.isFinite(clip))) {
      throw new InputException("--clip " + clip + ": expected a number above 0, such as 1");
    }
    optimizer(Integer.MAX_VALUE); // refuses wrong words before the data are read
  }

  static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option + " " + value + ": expected 1 or more");
    }
  }
}
