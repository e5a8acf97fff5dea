package dev.lanewise.cli.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Seeded random operands, never zeros: some processors are faster with those. */
final class Inputs {
  private Inputs() {}

  /** Uniform between -1 and 1. */
  static MemorySegment floats(long count, long seed) {
    MemorySegment memory = Tensor.zeros(count).segment();
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < count; i++) {
      memory.setAtIndex(JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
    }
    return memory;
  }

  static Tensor tensor(long seed, long... dims) {
    Tensor tensor = Tensor.zeros(dims);
    return tensor.copyFrom(Tensor.wrap(floats(tensor.size(), seed), dims));
  }
}
