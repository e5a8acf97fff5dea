package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/** Checks the ids that come into a model, so that a lookup need not. */
final class TokenIds {
  private TokenIds() {}

  /**
   * Refuses a number that is no id, and says where it is. Allocates nothing.
   *
   * @param x (batch, timesteps), float32 or int32, any strides. Not modified.
   */
  static void check(Layer layer, Tensor x) {
    MemorySegment segment = x.segment();
    boolean ints = x.type() == ElementType.INT32;
    int vocabulary = layer.vocabulary();
    long samples = x.dim(0);
    long steps = x.dim(1);
    for (long sample = 0; sample < samples; sample++) {
      long row = x.offset() + sample * x.stride(0);
      for (long step = 0; step < steps; step++) {
        long at = row + step * x.stride(1);
        double value = ints ? segment.getAtIndex(JAVA_INT, at) : segment.getAtIndex(JAVA_FLOAT, at);
        if (!(value >= 0 && value < vocabulary && value == (int) value)) {
          throw LayerErrors.id(layer, value, sample, step);
        }
      }
    }
  }

  /** Whether an id is 0. */
  static boolean isZero(Tensor x, long sample, long step) {
    long at = x.offset() + sample * x.stride(0) + step * x.stride(1);
    return x.type() == ElementType.INT32
        ? x.segment().getAtIndex(JAVA_INT, at) == 0
        : x.segment().getAtIndex(JAVA_FLOAT, at) == 0;
  }
}
