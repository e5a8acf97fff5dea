package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.RowNormalization;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/**
 * The forward pass of a layer normalization. Scratch: the output (steps, rows, width), then mean
 * and inverse deviation (steps, rows, 2).
 */
public final class LayerNormalizationForward implements ForwardLayer {
  private final int width;
  private final float epsilon;
  private final MemorySegment weights; // gamma (width), then beta (width)

  /** Copies the weights. */
  public LayerNormalizationForward(int width, double epsilon, LayerWeights from) {
    this.width = width;
    this.epsilon = (float) epsilon;
    this.weights = Blocks.allocate(from.arena().get(), 2L * width);
    copy(from, WeightSpec.GAMMA, 1, 0);
    copy(from, WeightSpec.BETA, 0, width);
  }

  private void copy(LayerWeights from, String suffix, float absent, long to) {
    long at = from.offset(suffix);
    for (int i = 0; i < width; i++) {
      float value = at == LayerWeights.NONE ? absent : from.memory().getAtIndex(JAVA_FLOAT, at + i);
      weights.setAtIndex(JAVA_FLOAT, to + i, value);
    }
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * (width + 2L);
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    long all = (long) steps * rows;
    MemorySegment out = scratch.memory;
    RowNormalization.forward(
        all, width, epsilon, in, inOffset, weights, 0, weights, width, out, all * width, out, 0);
    return 0;
  }

  @Override
  public long work() {
    return 3L * width;
  }

  @Override
  public long weightBytes() {
    return weights.byteSize();
  }
}
