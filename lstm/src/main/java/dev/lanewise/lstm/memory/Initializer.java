package dev.lanewise.lstm.memory;

import java.lang.foreign.MemorySegment;

/** The first value of a weight. */
public interface Initializer {
  /** Zeros, which new memory holds already. */
  Initializer ZEROS = (_, _) -> {};

  /**
   * Fills a weight.
   *
   * @param random a stream of its own
   * @param weight zeroed, row-major, exactly the weight. Overwritten.
   */
  void fill(SplitMix64 random, MemorySegment weight);
}
