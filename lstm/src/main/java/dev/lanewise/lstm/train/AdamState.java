package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AdamSettings;
import dev.lanewise.kernels.AdamUpdate;
import java.lang.foreign.MemorySegment;

/** The moments of Adam. */
public final class AdamState extends OptimizerState {
  private static final int FIRST = 0; // m
  private static final int SECOND = 1; // v

  private final AdamSettings settings;

  /**
   * Nothing yet.
   *
   * @param settings without weight decay
   * @param elements of the trainable weights with their padding
   */
  public AdamState(AdamSettings settings, long elements) {
    super(elements, "momentum", "velocity");
    this.settings = settings;
  }

  @Override
  void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    AdamUpdate.apply(
        n,
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
