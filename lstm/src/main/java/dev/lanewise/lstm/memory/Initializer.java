package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The first value of a weight. */
public interface Initializer {
  /** Zeros, which new memory holds already. */
  Initializer ZEROS = (_, _) -> {};

  /** Ones. */
  Initializer ONES =
      (_, weight) -> {
        for (long i = 0; i < weight.byteSize() / Float.BYTES; i++) {
          weight.setAtIndex(JAVA_FLOAT, i, 1);
        }
      };

  /**
   * Fills a weight.
   *
   * @param random a stream of its own
   * @param weight zeroed, row-major, exactly the weight. Overwritten.
   */
  void fill(SplitMix64 random, MemorySegment weight);
}
