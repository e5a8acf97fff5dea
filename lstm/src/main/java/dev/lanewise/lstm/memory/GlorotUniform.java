package dev.lanewise.lstm.memory;

import java.lang.foreign.MemorySegment;

/**
 * Uniform between {@code -l} and {@code l} with {@code l = sqrt(6 / (fanIn + fanOut))} (Glorot and
 * Bengio, 2010). That is over the whole matrix, as Keras does with the four gates side by side.
 */
public record GlorotUniform(long fanIn, long fanOut) implements Initializer {
  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    new Uniform(Math.sqrt(6.0 / ((double) fanIn + fanOut))).fill(random, weight);
  }
}
