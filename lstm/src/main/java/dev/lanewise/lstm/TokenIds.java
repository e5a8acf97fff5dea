package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/** Checks the ids that come into a model, so that a lookup need not. */
final class TokenIds {
  private TokenIds() {}

  /**
   * Refuses a number that is no id, and says where it is. Allocates nothing.
   *
   * @param x (batch, timesteps), any strides. Not modified.
   */
  static void check(Embedding layer, Tensor x) {
    MemorySegment segment = x.segment();
    long samples = x.dim(0);
    long steps = x.dim(1);
    for (long sample = 0; sample < samples; sample++) {
      long at = x.offset() + sample * x.stride(0);
      for (long step = 0; step < steps; step++) {
        float value = segment.getAtIndex(JAVA_FLOAT, at + step * x.stride(1));
        if (!(value >= 0 && value < layer.vocabulary() && value == (int) value)) {
          throw LayerErrors.id(layer, value, sample, step);
        }
      }
    }
  }
}
