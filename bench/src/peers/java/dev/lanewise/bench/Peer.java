package dev.lanewise.bench;

/**
 * One network, made ready by one engine. Used by the thread that made it, and closed by it.
 *
 * <p>Made of {@link LayerParameters} and of an input that stay the same, each in the layout that
 * the engine likes best: what a run copies is what the engine itself copies.
 */
interface Peer extends AutoCloseable {

  /**
   * A sequence; or a step, which begins in the state that the step before ended in; or {@link
   * TrainingBenchmark#BATCHES} training steps, one a batch.
   */
  void run();

  /**
   * Of the last run: (batch, timesteps, units), or the mean loss of its training steps, alone.
   * Allocates.
   */
  float[] result();

  /** Heap bytes that a run takes at most once it is compiled, where that is known. */
  default long mostBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  void close();
}
