package dev.lanewise.cli;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Trains a network of {@code train}, with its progress shown. */
final class NetworkTraining {
  private final LearningOptions options;
  private final CommandSpec spec;
  private final Patience patience;

  NetworkTraining(LearningOptions options, CommandSpec spec) {
    this.options = options;
    this.patience = options.patience();
    this.spec = spec;
  }

  /**
   * Trains.
   *
   * @param fit with what is measured after each epoch; where the training may stop by itself the
   *     last fifth of the samples is measured instead
   */
  History run(Sequential network, Tensor x, Tensor y, FitOptions.Builder fit) {
    TrainingIdentity identity = new TrainingIdentity(spec).of(network).of(List.of(x, y));
    Optional<ModelFile> last = options.checkpoint().last();
    last.ifPresent(file -> options.checkpoint().require(file, identity));
    last.ifPresent(file -> takeWeights(file.sequential(), network));
    last.flatMap(ModelFile::trainingState).ifPresent(fit::resume);
    patience.add(fit);
    try (Progress progress = Progress.of("training", options.epochs());
        EndedFromOutside end = new EndedFromOutside(options.checkpoint().ended())) {
      options.checkpoint().add(fit, identity, end);
      fit.onBatch(progress::step).onEpoch(progress::epoch);
      return network.fit(x, y, fit.build());
    }
  }

  /** The options of a fit, of which the samples given are measured after each epoch. */
  FitOptions.Builder measuring(@Nullable Tensor x, @Nullable Tensor y) {
    FitOptions.Builder fit = options.options();
    return patience.isGiven() || x == null || y == null ? fit : fit.validationData(x, y);
  }

  /** Which epoch's weights were kept, where that is not the last one's. */
  List<String> lines() {
    return patience.lines();
  }

  private static void takeWeights(Sequential from, Sequential to) {
    for (int i = 0; i < to.weights().size(); i++) {
      to.weights().get(i).set(from.weights().get(i).value());
    }
  }
}
