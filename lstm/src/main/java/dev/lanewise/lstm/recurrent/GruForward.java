package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.GruCell;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A timestep of a GRU with resetAfter; a row of gates is (4, the cell's stride). */
public final class GruForward extends ForwardCell {
  private final GruCell cell;
  private final PackedMatrix kernel; // (features, 3 * units): n, z, r
  private final PackedMatrix recurrent; // (units, 3 * units): z, r, n
  private final MemorySegment bias; // (4, the cell's stride)

  public GruForward(
      int features,
      int units,
      Activation activation,
      Activation recurrentActivation,
      LayerWeights weights) {
    super(units, 4L * LstmCell.fastGateStride(units));
    int stride = LstmCell.fastGateStride(units);
    int columns = 3 * units;
    Arena arena = weights.arena().get();
    MemorySegment memory = weights.memory();
    this.cell = new GruCell(units, stride, activation, recurrentActivation);
    this.kernel = PackedMatrix.ofGates(arena, features, columns, 3, weights.format());
    this.recurrent = PackedMatrix.ofGates(arena, units, columns, 3, weights.format());
    this.bias = Blocks.allocate(arena, gates);
    try (Arena own = Arena.ofConfined()) {
      MemorySegment turned = Blocks.allocate(own, (long) features * columns);
      GruGates.turn(features, units, memory, weights.offset(WeightSpec.KERNEL), turned);
      kernel.pack(turned, 0, columns);
    }
    recurrent.pack(memory, weights.offset(WeightSpec.RECURRENT_KERNEL), columns);
    GruGates.bias(units, stride, memory, weights.offset(WeightSpec.BIAS), bias);
  }

  private GruForward(GruForward whole, int part, int parts) {
    super(whole.units, whole.gates);
    this.cell = whole.cell;
    this.kernel = whole.kernel.part(part, parts);
    this.recurrent = whole.recurrent.part(part, parts);
    this.bias = whole.bias;
  }

  @Override
  ForwardCell part(int part, int parts) {
    return new GruForward(this, part, parts);
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    cell.project(rows, x, xOffset, kernel, bias, 0, memory, gate);
  }

  @Override
  void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
    cell.forward(rows, recurrent, memory, h, memory, gate, memory, next);
  }

  @Override
  long work() {
    return (kernel.k() + units) * 3L * units;
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
