package dev.lanewise.cli;

import dev.lanewise.formats.Checkpoints;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Callback;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.FitProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training is kept while it runs, and whether it goes on from there. */
final class CheckpointOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "C.safetensors",
      description =
          "Where the model and its training are saved after each epoch, so that --resume goes on from there.")
  private @Nullable Path file;

  @Option(
      names = "--resume",
      description =
          "Go on from the checkpoint where there is one, to the same bits as if nothing had happened; else from the beginning.")
  private boolean resume;

  void check() {
    if (file != null) {
      FitCommand.requireSafetensors("--checkpoint", file);
    } else if (resume) {
      throw new InputException("--resume: expected --checkpoint too, which it goes on from");
    }
  }

  /** Where the training stood, where it is to go on and there is something to go on from. */
  Optional<ModelFile> last() {
    return resume && file != null ? Checkpoints.last(file) : Optional.empty();
  }

  /** Refuses to go on with what another training left. */
  void require(ModelFile last, TrainingIdentity identity) {
    List<String> differences = identity.differences(last.metadata());
    if (last.trainingState().isEmpty() || !differences.isEmpty()) {
      throw new InputException(
          "--resume: "
              + file
              + (last.trainingState().isEmpty()
                  ? " is no checkpoint: it holds a model without its training"
                  : " was made with " + String.join("; ", differences))
              + ". Expected the same; leave --resume out to begin anew");
    }
  }

  /** Saves after each epoch, where it is asked for, and nothing half when the program is ended. */
  void add(FitOptions.Builder fit, TrainingIdentity identity, EndedFromOutside end) {
    if (file == null) {
      return;
    }
    Checkpoints checkpoints = Checkpoints.of(file).metadata(identity.metadata());
    fit.callback(
        new Callback() {
          @Override
          public void afterEpoch(FitProgress progress) {
            end.unlessEnded(() -> checkpoints.afterEpoch(progress));
          }
        });
  }

  /** What is said of a training that is ended from outside. */
  String ended() {
    return file == null
        ? "ended; nothing was kept, as there is no --checkpoint C.safetensors"
        : "ended; " + file + " holds the last whole epoch: the same command with --resume goes on";
  }
}
