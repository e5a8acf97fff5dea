package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The forward pass of a batch normalization, by the moving mean and variance: {@code y = x * scale
 * + shift}. Scratch: the output (steps, rows, width).
 */
public final class BatchNormalizationForward implements ForwardLayer {
  private final int width;
  private final double epsilon;
  private final RepeatedRow scale;
  private final RepeatedRow shift;

  /** Folds the weights into a factor and a term of each feature. */
  public BatchNormalizationForward(int width, double epsilon, LayerWeights weights) {
    Arena arena = weights.arena().get();
    this.width = width;
    this.epsilon = epsilon;
    this.scale = new RepeatedRow(arena, width);
    this.shift = new RepeatedRow(arena, width);
    fold(Places.of(weights));
  }

  /** Folds the weights as they are now. Allocates nothing. */
  public void fold(Places from) {
    for (int i = 0; i < width; i++) {
      double variance = from.read(from.varianceAt, i, 1);
      double factor = from.read(from.gammaAt, i, 1) / Math.sqrt(variance + epsilon);
      double mean = from.read(from.meanAt, i, 0);
      scale.set(i, (float) factor);
      shift.set(i, (float) (from.read(from.betaAt, i, 0) - mean * factor));
    }
  }

  /**
   * Where the weights lie, looked up once.
   *
   * @param memory that of the whole model
   */
  public record Places(
      MemorySegment memory, long gammaAt, long betaAt, long meanAt, long varianceAt) {
    /** Those of a layer. */
    public static Places of(LayerWeights weights) {
      return new Places(
          weights.memory(),
          weights.offset(WeightSpec.GAMMA),
          weights.offset(WeightSpec.BETA),
          weights.offset(WeightSpec.MOVING_MEAN),
          weights.offset(WeightSpec.MOVING_VARIANCE));
    }

    private double read(long at, int index, double absent) {
      return at == LayerWeights.NONE ? absent : memory.getAtIndex(JAVA_FLOAT, at + index);
    }
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply((long) steps * rows, in, inOffset, scratch.memory, 0);
    return 0;
  }

  /** Normalizes rows (rows, width), which are not modified. */
  public void apply(long rows, MemorySegment in, long inOffset, MemorySegment out, long outOffset) {
    scale.multiply(rows, in, inOffset, out, outOffset);
    shift.add(rows, 1, out, outOffset);
  }

  /** Turns gradients with respect to y (rows, width) into those with respect to x. */
  public void gradient(
      long rows, MemorySegment dy, long dyOffset, MemorySegment dx, long dxOffset) {
    scale.multiply(rows, dy, dyOffset, dx, dxOffset);
  }

  @Override
  public long work() {
    return width;
  }

  @Override
  public long weightBytes() {
    return scale.bytes() + shift.bytes();
  }
}
