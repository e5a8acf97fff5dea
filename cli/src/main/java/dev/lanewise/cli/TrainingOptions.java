package dev.lanewise.cli;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.AdamW;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.RmsProp;
import dev.lanewise.lstm.Sgd;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What network is trained, and how. */
final class TrainingOptions {
  @Option(
      names = "--layers",
      paramLabel = "LIST",
      description =
          "Such as bilstm:64,dropout:0.2,gru:32,dense:1: lstm, gru, rnn (bi before it: both directions), dense, conv1d,"
              + " embedding (of ids, with --classify), maxpool, avgpool, globalmax, globalavg, flatten, dropout, spatialdropout, batchnorm, layernorm, repeat,"
              + " masking, softmax, or an activation. Default: lstm:64 and a dense layer with a unit a forecast.")
  private @Nullable String layers;

  @Option(
      names = "--epochs",
      defaultValue = "20",
      paramLabel = "N",
      description = "Passes over the training windows. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "N",
      description = "Windows an update. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam, adamw, rmsprop or sgd, as in Keras. Default: ${DEFAULT-VALUE}.")
  private String optimizer = "";

  @Option(
      names = "--lr",
      defaultValue = "0.001",
      paramLabel = "X",
      description = "Learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

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
      names = "--loss",
      defaultValue = "mse",
      paramLabel = "NAME",
      description =
          "Of a forecast: mse, mae, huber, huber:0.5, or pinball:0.9 for a number that nine of ten are below."
              + " Default: ${DEFAULT-VALUE}.")
  private String loss = "";

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Of the weights and of the shuffle. The same seed gives the same bytes. Default: ${DEFAULT-VALUE}.")
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

  int patience() {
    return patience;
  }

  CheckpointOptions checkpoint() {
    return checkpoint;
  }

  int epochs() {
    return epochs;
  }

  long seed() {
    return seed;
  }

  List<Layer> layers(int outputs) {
    return LayerList.of(layers == null ? "lstm:64,dense:" + outputs : layers).forecasts(outputs);
  }

  /** Whether the first layer reads ids. */
  boolean readsIds() {
    return layers != null && LayerList.of(layers).readsIds();
  }

  /**
   * The layers that give a probability for each class.
   *
   * @param ids what the first layer reads, where it reads ids
   */
  List<Layer> classifier(int classes, @Nullable Ids ids) {
    String list = layers == null ? "lstm:64,dense:" + classes + ":softmax" : layers;
    return LayerList.of(list).classes(classes, ids);
  }

  FitOptions.Builder options() {
    return FitOptions.builder().epochs(epochs).batchSize(batch).seed(seed).threads(threads);
  }

  /** How weights change in a training on so many windows. */
  Optimizer optimizer(long windows) {
    Optimizer.Builder<?> builder = builder(optimizer).learningRate(learningRate);
    if (schedule != null) {
      long updates = epochs * Math.ceilDiv(windows, batch);
      builder.learningRate(ScheduleText.parse(schedule, learningRate, updates));
    }
    if (clip != null) {
      builder.globalClipNorm(clip);
    }
    return builder.build();
  }

  /** What a forecast makes small. */
  ForecastLoss loss() {
    return ForecastLoss.read(loss);
  }

  /** That of an optimizer by name, with Keras's defaults. */
  static Optimizer.Builder<?> builder(String optimizer) {
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
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new InputException(
          "--lr " + learningRate + ": expected a number above 0, such as 0.001");
    }
    if (clip != null && !(clip > 0 && Double.isFinite(clip))) {
      throw new InputException("--clip " + clip + ": expected a number above 0, such as 1");
    }
    optimizer(Integer.MAX_VALUE); // refuses wrong words before the table is read
    loss(); // likewise
    if (layers != null) {
      LayerList _ = LayerList.of(layers); // refuses one that is none
    }
  }

  static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option + " " + value + ": expected 1 or more");
    }
  }
}
