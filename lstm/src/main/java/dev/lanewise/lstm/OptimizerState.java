package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;

/** An optimizer with what it remembers of a model's earlier gradients. */
sealed interface OptimizerState permits AdamState, SgdState {

  /** Nothing remembered yet. */
  static OptimizerState of(Optimizer optimizer, ModelWeights weights) {
    return switch (optimizer) {
      case Adam adam -> new AdamState(adam, weights.trainableElements());
      case Sgd sgd -> new SgdState(sgd, weights.trainableElements());
    };
  }

  Optimizer optimizer();

  /** Begins an update; one thread, before the ranges. */
  void begin();

  /**
   * Updates a range of the trainable weights; threads may share the ranges out.
   *
   * @param from its first element
   * @param n its elements
   * @param gradients of all trainable weights. Not modified.
   * @param weights all weights. Overwritten in the range.
   */
  void update(long from, long n, MemorySegment gradients, MemorySegment weights);
}
