package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;

/** Given numbers. */
final class Constants implements Initializer {
  private final float[] values;

  Constants(float[] values) {
    this.values = values;
  }

  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    long bytes = (long) values.length * Float.BYTES;
    MemorySegment.copy(MemorySegment.ofArray(values), 0, weight, 0, bytes);
  }
}
