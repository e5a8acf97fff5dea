package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/**
 * A timestep of a simple recurrent layer; a row of gates is what goes into the activation (units).
 */
public final class SimpleRnnForward extends ForwardCell {
  private final int features;
  private final Activation activation;
  private final PackedMatrix kernel; // (features, units)
  private final PackedMatrix recurrent; // (units, units)
  private final MemorySegment bias; // (units)

  public SimpleRnnForward(int features, int units, Activation activation, LayerWeights weights) {
    super(units, units);
    this.features = features;
    this.activation = activation;
    this.kernel = weights.pack(WeightSpec.KERNEL, features, units);
    this.recurrent = weights.pack(WeightSpec.RECURRENT_KERNEL, units, units);
    this.bias = Blocks.allocate(weights.arena().get(), units);
    long from = weights.offset(WeightSpec.BIAS);
    if (from != LayerWeights.NONE) {
      Blocks.copy(weights.memory(), from, bias, 0, units);
    }
  }

  private SimpleRnnForward(SimpleRnnForward whole, int part, int parts) {
    super(whole.units, whole.gates);
    this.features = whole.features;
    this.activation = whole.activation;
    this.kernel = whole.kernel.part(part, parts);
    this.recurrent = whole.recurrent.part(part, parts);
    this.bias = whole.bias;
  }

  @Override
  ForwardCell part(int part, int parts) {
    return new SimpleRnnForward(this, part, parts);
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    Sgemm.multiplyBias(rows, x, xOffset, features, kernel, bias, 0, memory, gate, units);
  }

  @Override
  void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
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
  long work() {
    return (features + units) * (long) units;
  }

  @Override
  long recurrentBytes() {
    return recurrent.byteSize();
  }

  @Override
  long weightBytes() {
    return kernel.byteSize() + recurrent.byteSize() + bias.byteSize();
  }
}
