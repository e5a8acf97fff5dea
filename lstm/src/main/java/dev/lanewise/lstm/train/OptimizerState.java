package dev.lanewise.lstm.train;

import java.lang.foreign.MemorySegment;

/** What an optimizer remembers of a model's earlier gradients, and how it changes weights. */
public interface OptimizerState {

  /**
   * Begins an update; one thread, before the ranges.
   *
   * @param learningRate of this update
   */
  void begin(double learningRate);

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
