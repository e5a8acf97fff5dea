package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The forward pass of a dense layer. Scratch: the output (steps, rows, units). */
public final class DenseForward implements ForwardLayer {
  private final int features;
  private final int units;
  private final Activation activation;
  private final PackedMatrix kernel; // (features, units)
  private final @Nullable MemorySegment bias; // (units)

  public DenseForward(int features, int units, Activation activation, LayerWeights weights) {
    this.features = features;
    this.units = units;
    this.activation = activation;
    this.kernel = weights.pack(WeightSpec.KERNEL, features, units);
    this.bias = biasOf(weights, units);
  }

  /** A copy of the layer's bias (n), so that a change of the model does not reach it. */
  static @Nullable MemorySegment biasOf(LayerWeights weights, int n) {
    long at = weights.offset(WeightSpec.BIAS);
    if (at == LayerWeights.NONE) {
      return null;
    }
    MemorySegment copy = Blocks.allocate(weights.arena().get(), n);
    Blocks.copy(weights.memory(), at, copy, 0, n);
    return copy;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * units;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    MemorySegment out = scratch.memory;
    int all = Sizes.rows(steps, rows);
    if (bias != null) {
      Sgemm.multiplyBias(all, in, inOffset, features, kernel, bias, 0, out, 0, units);
    } else {
      Sgemm.multiply(all, in, inOffset, features, kernel, out, 0, units);
    }
    if (activation != Activation.LINEAR) {
      activation.apply((long) all * units, out, 0, out, 0);
    }
    return 0;
  }

  @Override
  public long work() {
    return (long) features * units;
  }

  @Override
  public long weightBytes() {
    return kernel.byteSize() + (bias == null ? 0 : bias.byteSize());
  }
}
