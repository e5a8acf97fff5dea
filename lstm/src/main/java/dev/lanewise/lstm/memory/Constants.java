package dev.lanewise.lstm.memory;

import java.lang.foreign.MemorySegment;

/** Given numbers. */
public final class Constants implements Initializer {
  private final float[] values;

  public Constants(float[] values) {
    this.values = values;
  }

  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    long bytes = (long) values.length * Float.BYTES;
    MemorySegment.copy(MemorySegment.ofArray(values), 0, weight, 0, bytes);
  }
}
