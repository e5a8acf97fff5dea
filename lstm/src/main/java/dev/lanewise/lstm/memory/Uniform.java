package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Uniform between {@code -limit} and {@code limit}. */
public record Uniform(double limit) implements Initializer {
  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    long size = weight.byteSize() / Float.BYTES;
    for (long i = 0; i < size; i++) {
      weight.setAtIndex(JAVA_FLOAT, i, (float) ((2 * random.nextDouble() - 1) * limit));
    }
  }
}
