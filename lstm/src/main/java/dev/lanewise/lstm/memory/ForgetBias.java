package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Zeros, and 1 for the forget gate: i, f, g, o of {@code units} each (Jozefowicz et al., 2015). */
public record ForgetBias(int units) implements Initializer {
  @Override
  public void fill(SplitMix64 random, MemorySegment weight) {
    for (int unit = 0; unit < units; unit++) {
      weight.setAtIndex(JAVA_FLOAT, units + unit, 1f);
    }
  }
}
