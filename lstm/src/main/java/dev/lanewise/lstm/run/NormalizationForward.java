package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/** The forward pass of a normalization. Scratch: the output (steps, rows, features). */
public final class NormalizationForward implements ForwardLayer {
  private final float[] mean;
  private final float[] deviation;
  private final boolean inverted;

  public NormalizationForward(int features, boolean inverted, LayerWeights weights) {
    this.mean = read(weights, WeightSpec.MEAN, features);
    this.deviation = read(weights, WeightSpec.DEVIATION, features);
    this.inverted = inverted;
  }

  private static float[] read(LayerWeights weights, String suffix, int n) {
    float[] values = new float[n];
    MemorySegment.copy(
        weights.memory(), JAVA_FLOAT, weights.offset(suffix) * Float.BYTES, values, 0, n);
    return values;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * mean.length;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply((long) steps * rows, in, inOffset, scratch.memory, 0);
    return 0;
  }

  /**
   * Shifts and scales rows.
   *
   * @param rows how many
   * @param in (rows, features). Not modified.
   * @param out (rows, features). Overwritten.
   */
  public void apply(long rows, MemorySegment in, long inOffset, MemorySegment out, long outOffset) {
    for (long row = 0; row < rows; row++) {
      long shift = row * mean.length;
      for (int i = 0; i < mean.length; i++) {
        float x = in.getAtIndex(JAVA_FLOAT, inOffset + shift + i);
        float y = inverted ? x * deviation[i] + mean[i] : (x - mean[i]) / deviation[i];
        out.setAtIndex(JAVA_FLOAT, outOffset + shift + i, y);
      }
    }
  }

  /** Turns gradients with respect to y (rows, features) into those with respect to x. */
  public void gradient(
      long rows, MemorySegment dy, long dyOffset, MemorySegment dx, long dxOffset) {
    for (long row = 0; row < rows; row++) {
      long shift = row * mean.length;
      for (int i = 0; i < mean.length; i++) {
        float d = dy.getAtIndex(JAVA_FLOAT, dyOffset + shift + i);
        dx.setAtIndex(
            JAVA_FLOAT, dxOffset + shift + i, inverted ? d * deviation[i] : d / deviation[i]);
      }
    }
  }

  @Override
  public long work() {
    return mean.length;
  }
}
