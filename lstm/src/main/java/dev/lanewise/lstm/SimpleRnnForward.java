package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.MemorySegment;

/** A timestep of a {@link SimpleRnn}; a row of gates is what goes into the activation (units). */
final class SimpleRnnForward implements ForwardCell {
  private final int features;
  private final int units;
  private final Activation activation;
  private final PackedMatrix kernel; // (features, units)
  private final PackedMatrix recurrent; // (units, units)
  private final MemorySegment bias; // (units)

  SimpleRnnForward(SimpleRnn layer, int features, LayerWeights weights) {
    this.features = features;
    this.units = layer.units();
    this.activation = layer.activation();
    this.kernel = weights.pack(WeightSpec.KERNEL, features, units);
    this.recurrent = weights.pack(WeightSpec.RECURRENT_KERNEL, units, units);
    this.bias = Blocks.allocate(weights.arena().get(), units);
    long from = weights.offset(WeightSpec.BIAS);
    if (from != LayerWeights.NONE) {
      Blocks.copy(weights.memory(), from, bias, 0, units);
    }
  }

  private SimpleRnnForward(SimpleRnnForward whole, int part, int parts) {
    this.features = whole.features;
    this.units = whole.units;
    this.activation = whole.activation;
    this.kernel = whole.kernel.part(part, parts);
    this.recurrent = whole.recurrent.part(part, parts);
    this.bias = whole.bias;
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public boolean keepsC() {
    return false;
  }

  @Override
  public long gates() {
    return units;
  }

  @Override
  public ForwardCell part(int part, int parts) {
    return new SimpleRnnForward(this, part, parts);
  }

  @Override
  public void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    Sgemm.multiplyBias(rows, x, xOffset, features, kernel, bias, 0, memory, gate, units);
  }

  @Override
  public void step(
      int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
    Sgemm.multiplyAdd(rows, memory, h, units, recurrent, memory, gate, units);
    int from = recurrent.firstUnit();
    int count = recurrent.endUnit() - from;
    if (count == units) {
      activation.apply((long) rows * units, memory, gate, memory, next);
      return;
    }
    for (int row = 0; row < rows; row++) {
      long at = (long) row * units + from;
      activation.apply(count, memory, gate + at, memory, next + at);
    }
  }

  @Override
  public long work() {
    return (features + units) * (long) units;
  }

  @Override
  public long recurrentBytes() {
    return recurrent.byteSize();
  }

  @Override
  public long weightBytes() {
    return kernel.byteSize() + recurrent.byteSize() + bias.byteSize();
  }
}
