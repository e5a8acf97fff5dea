package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AdamSettings;
import dev.lanewise.kernels.AdamUpdate;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Predicate;

/** The moments of AdamW, and which weights do not decay. */
public final class AdamWState extends OptimizerState {
  private static final int FIRST = 0; // m
  private static final int SECOND = 1; // v

  private final AdamSettings decaying;
  private final AdamSettings kept;
  private final long[] keptFrom; // ascending
  private final long[] keptTo;

  /**
   * Nothing yet.
   *
   * @param settings with weight decay
   * @param weights of the model
   * @param excluded by name: whether a weight does not decay
   */
  public AdamWState(AdamSettings settings, ModelWeights weights, Predicate<String> excluded) {
    super(weights.trainableElements(), "momentum", "velocity");
    this.decaying = settings;
    this.kept =
        new AdamSettings(
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            settings.epsilonIsCorrected(),
            0);
    List<StoredWeight> found =
        weights.all().stream()
            .filter(weight -> weight.trainable() && excluded.test(weight.name()))
            .toList();
    this.keptFrom = found.stream().mapToLong(StoredWeight::offset).toArray();
    this.keptTo =
        found.stream().mapToLong(weight -> weight.offset() + weight.shape().size()).toArray();
  }

  @Override
  void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    long at = from;
    long end = from + n;
    for (int i = 0; i < keptFrom.length && at < end; i++) {
      long first = Math.clamp(keptFrom[i], at, end);
      long last = Math.clamp(keptTo[i], first, end);
      apply(decaying, at, first, gradients, weights);
      apply(kept, first, last, gradients, weights);
      at = last;
    }
    apply(decaying, at, end, gradients, weights);
  }

  private void apply(
      AdamSettings settings, long from, long to, MemorySegment gradients, MemorySegment weights) {
    AdamUpdate.apply(
        to - from,
        step(),
        learningRate(),
        settings,
        gradients,
        from,
        slot(FIRST),
        from,
        slot(SECOND),
        from,
        weights,
        from);
  }
}
