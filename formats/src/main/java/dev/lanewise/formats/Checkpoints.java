package dev.lanewise.formats;

import dev.lanewise.lstm.Callback;
import dev.lanewise.lstm.FitProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Saves a model and where its training stands after each epoch, so that a fit that was cut off, by
 * whatever, goes on to the same bits:
 *
 * <pre>{@code
 * Path file = Path.of("model.checkpoint");
 * Optional<ModelFile> last = Checkpoints.last(file);
 * Model model = last.map(ModelFile::model).orElseGet(() -> Sequential.of(..).build(8, 1));
 * model.compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR);
 * FitOptions.Builder options = FitOptions.builder().epochs(50).callback(Checkpoints.of(file));
 * last.flatMap(ModelFile::trainingState).ifPresent(options::resume);
 * model.fit(x, y, options.build());
 * }</pre>
 *
 * <p>The file is written whole or not at all ({@link AtomicFile}). It is a {@link ModelFile} too,
 * that {@code predict} takes. Not thread-safe.
 */
public final class Checkpoints implements Callback {
  private final Path file;
  private final int every;
  private final Map<String, String> metadata;

  private Checkpoints(Path file, int every, Map<String, String> metadata) {
    this.file = file;
    this.every = every;
    this.metadata = Map.copyOf(metadata);
  }

  /**
   * A callback that saves after each epoch.
   *
   * @param file where to; replaced each time
   * @return the callback
   */
  public static Checkpoints of(Path file) {
    return new Checkpoints(file, 1, Map.of());
  }

  /**
   * A callback that saves now and then.
   *
   * @param file where to; replaced each time
   * @param every how many epochs lie between, 1 or more; counted from the first epoch of all
   * @return the callback
   * @throws IllegalArgumentException when it is less than 1
   */
  public static Checkpoints of(Path file, int every) {
    if (every < 1) {
      throw new IllegalArgumentException(
          "Checkpoints.of: every=" + every + " epochs, expected 1 or more");
    }
    return new Checkpoints(file, every, Map.of());
  }

  /**
   * The same, with text beside the model: {@link ModelFile#metadata()} of the {@link #last} gives
   * it back.
   *
   * @param text by key
   * @return a new callback
   */
  public Checkpoints metadata(Map<String, String> text) {
    return new Checkpoints(file, every, text);
  }

  /**
   * The last checkpoint.
   *
   * @param file where it was saved
   * @return empty where there is none
   * @throws FormatException when the file cannot be read or holds no model
   */
  public static Optional<ModelFile> last(Path file) {
    return Files.exists(file) ? Optional.of(ModelFile.read(file)) : Optional.empty();
  }

  /**
   * Saves.
   *
   * @throws FormatException when the file cannot be written; the one before is then unchanged
   */
  @Override
  public void afterEpoch(FitProgress fit) {
    if (fit.epochs() % every == 0) {
      ModelFile.save(fit.model(), metadata, fit.state(), file);
    }
  }
}
