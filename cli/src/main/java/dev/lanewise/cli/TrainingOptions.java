package dev.lanewise.cli;

import dev.lanewise.formats.LayerList;
import dev.lanewise.lstm.Layer;
import java.util.List;
import java.util.function.Supplier;
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
              + " embedding (of ids, with --classify), maxpool, avgpool, globalmax, globalavg, flatten, dropout,"
              + " spatialdropout, batchnorm, layernorm, repeat, masking, softmax, or an activation. Default: lstm:64 and a"
              + " dense layer with a unit a forecast.")
  private @Nullable String layers;

  @Option(
      names = "--loss",
      defaultValue = "mse",
      paramLabel = "NAME",
      description =
          "Of a forecast: mse, mae, huber, huber:0.5, or pinball:0.9 for a number that nine of ten are below."
              + " Default: ${DEFAULT-VALUE}.")
  private String loss = "";

  @Mixin private LearningOptions learning = new LearningOptions(20);

  LearningOptions learning() {
    return learning;
  }

  List<Layer> layers(int outputs) {
    LayerList list = list("lstm:64,dense:" + outputs);
    if (list.readsIds()) {
      return option(
          () -> list.forecasts(outputs), ", or learn classes of rows of ids with --classify COL");
    }
    return option(() -> list.forecasts(outputs), "");
  }

  /** Whether the first layer reads ids. */
  boolean readsIds() {
    return layers != null && list(layers).readsIds();
  }

  /**
   * The layers that give a probability for each class.
   *
   * @param ids what the first layer reads, where it reads ids
   */
  List<Layer> classifier(int classes, @Nullable Ids ids) {
    LayerList list = list("lstm:64,dense:" + classes + ":softmax");
    int vocabulary = ids == null ? 0 : ids.vocabulary();
    int steps = ids == null ? 0 : ids.steps();
    return option(() -> list.classes(classes, vocabulary, steps), "");
  }

  /** The list that was given, or another. */
  private LayerList list(String otherwise) {
    return option(() -> LayerList.of(layers == null ? otherwise : layers), "");
  }

  /** Names the option in what is refused of it, and says what else there is. */
  private static <T> T option(Supplier<T> reading, String way) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new InputException("--" + e.getMessage() + way, e);
    }
  }

  /** What a forecast makes small. */
  ForecastLoss loss() {
    return ForecastLoss.read(loss);
  }

  /** Refuses wrong words before the table is read. */
  void check() {
    learning.check();
    loss();
    if (layers != null) {
      LayerList _ = list(layers);
    }
  }
}
