package dev.lanewise.lstm;

import dev.lanewise.lstm.train.TrainingStep;
import java.lang.ref.SoftReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step of a model's last training, kept with its memory for the next one that is alike. To take
 * new memory costs as much as several small batches. Given up where the heap runs short.
 */
final class KeptStep {
  private @Nullable SoftReference<Kept> kept;

  /** What a step was planned for. */
  private record Key(List<Integer> data, TimeParts parts, int batch, int threads, long seed) {}

  private record Kept(TrainingStep step, Key key) {}

  private static Key key(TrainingData data, TimeParts parts, int batch, long seed, int threads) {
    return new Key(data.key(), parts, batch, threads, seed);
  }

  /** The kept step where it fits; it is then kept no more, and nor is another. */
  @Nullable TrainingStep take(
      TrainingData data, TimeParts parts, int batch, long seed, int threads) {
    Kept found = kept == null ? null : kept.get();
    kept = null;
    if (found == null || !found.key.equals(key(data, parts, batch, seed, threads))) {
      return null;
    }
    return found.step;
  }

  /** Keeps a step that was planned for these and has done its work. */
  void keep(
      TrainingStep step, TrainingData data, TimeParts parts, int batch, long seed, int threads) {
    step.release();
    kept = new SoftReference<>(new Kept(step, key(data, parts, batch, seed, threads)));
  }
}
