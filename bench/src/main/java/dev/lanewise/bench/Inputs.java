package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Seeded random operands, never zeros. */
final class Inputs {

  private Inputs() {}

  /** Uniform between -scale and scale, 64-byte aligned, as long as it is reachable. */
  static MemorySegment floats(long count, double scale, long seed) {
    MemorySegment memory = Arena.ofAuto().allocate(count * Float.BYTES, 64);
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < count; i++) {
      memory.setAtIndex(JAVA_FLOAT, i, (float) random.nextDouble(-scale, scale));
    }
    return memory;
  }

  /** Uniform between -1 and 1. */
  static Tensor tensor(long seed, long... dims) {
    Tensor tensor = Tensor.zeros(dims);
    return tensor.copyFrom(Tensor.wrap(floats(tensor.size(), 1, seed), dims));
  }
}
