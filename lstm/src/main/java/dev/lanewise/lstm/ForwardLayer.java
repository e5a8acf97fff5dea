package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;

/**
 * A layer ready to predict: its weights are packed, and never change. Thread-safe; what it writes
 * is in the scratch that the caller brings. Sequences are time-major: row {@code t * rows + r},
 * dense.
 */
sealed interface ForwardLayer permits DenseForward, LstmForward, NormalizationForward {

  /** Packs a layer of a model. */
  static ForwardLayer of(Layer layer, int features, LayerWeights weights) {
    return switch (layer) {
      case Dense dense -> new DenseForward(dense, features, weights);
      case Lstm lstm -> new LstmForward(lstm, features, weights);
      case Normalization fixed -> new NormalizationForward(fixed, weights);
    };
  }

  /** The scratch that so many steps of so many rows need, in elements; grows with both. */
  long scratchSize(int steps, int rows);

  /**
   * Runs whole sequences from the state 0.
   *
   * @param in (steps, rows, features). Not modified.
   * @param inOffset in elements
   * @param scratch {@link #scratchSize} elements. Overwritten.
   * @return where in the scratch the output lies, in elements
   */
  long forward(int steps, int rows, MemorySegment in, long inOffset, MemorySegment scratch);

  /**
   * Runs one step; the scratch, zeroed at first, carries the state from call to call.
   *
   * @param in (rows, features). Not modified.
   * @param inOffset in elements
   * @param odd false for the first call, then each time the other
   * @param scratch {@code scratchSize(1, rows)} elements. Overwritten.
   * @return where in the scratch the output (rows, width) lies, in elements
   */
  long step(int rows, MemorySegment in, long inOffset, boolean odd, MemorySegment scratch);

  /** The multiply-adds that a row of one step costs. */
  long work();
}
