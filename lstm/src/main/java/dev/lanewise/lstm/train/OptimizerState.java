package dev.lanewise.lstm.train;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** What an optimizer remembers of a model's earlier gradients, and how it changes weights. */
public interface OptimizerState {

  /** An array as long as the trainable weights that it remembers. */
  record Slot(String name, MemorySegment memory) {}

  /** How many updates it has made. */
  long updates();

  /** The arrays that it remembers, in one order. */
  List<Slot> slots();

  /** Goes on as if it had made so many updates; whoever calls fills the slots. */
  void resume(long updates);

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
