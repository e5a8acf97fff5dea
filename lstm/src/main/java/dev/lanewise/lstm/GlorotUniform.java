package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * Uniform between {@code -l} and {@code l} with {@code l = sqrt(6 / (rows + columns))} (Glorot and
 * Bengio, 2010), over the whole matrix, as Keras does with the four gates side by side.
 */
record GlorotUniform(int rows, int columns) implements Initializer {
  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    double limit = Math.sqrt(6.0 / ((double) rows + columns));
    long size = (long) rows * columns;
    for (long i = 0; i < size; i++) {
      weight.setAtIndex(JAVA_FLOAT, i, (float) ((2 * random.nextDouble() - 1) * limit));
    }
  }
}
