package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/** A timestep of an LSTM; a row of gates is (4, the cell's stride). */
public final class LstmForward extends ForwardCell {
  private final LstmCell cell;
  private final PackedMatrix kernel; // (features, 4 * units)
  private final PackedMatrix recurrent; // (units, 4 * units)
  private final MemorySegment bias; // (4, the cell's stride)

  public LstmForward(
      int features,
      int units,
      Activation activation,
      Activation recurrentActivation,
      LayerWeights weights) {
    super(units, 4L * LstmCell.fastGateStride(units));
    int stride = LstmCell.fastGateStride(units);
    this.cell = new LstmCell(units, stride, activation, recurrentActivation);
    this.kernel = weights.packGates(WeightSpec.KERNEL, features, 4 * units);
    this.recurrent = weights.packGates(WeightSpec.RECURRENT_KERNEL, units, 4 * units);
    this.bias = bias(weights, units, stride);
  }

  private LstmForward(LstmForward whole, int part, int parts) {
    super(whole.units, whole.gates);
    this.cell = whole.cell;
    this.kernel = whole.kernel.part(part, parts);
    this.recurrent = whole.recurrent.part(part, parts);
    this.bias = whole.bias;
  }

  /** A copy of the layer's bias, gate by gate as the cell has them; zeros where it has none. */
  private static MemorySegment bias(LayerWeights weights, int units, int stride) {
    MemorySegment row = Blocks.allocate(weights.arena().get(), 4L * stride);
    long from = weights.offset(WeightSpec.BIAS);
    for (int gate = 0; gate < 4 && from != LayerWeights.NONE; gate++) {
      Blocks.copy(weights.memory(), from + (long) gate * units, row, (long) gate * stride, units);
    }
    return row;
  }

  @Override
  boolean keepsC() {
    return true;
  }

  @Override
  ForwardCell part(int part, int parts) {
    return new LstmForward(this, part, parts);
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    cell.project(rows, x, xOffset, kernel, bias, 0, memory, gate);
  }

  @Override
  void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
    cell.forward(rows, recurrent, memory, h, memory, c, memory, gate, memory, c, memory, next);
  }

  @Override
  long work() {
    return (kernel.k() + units) * 4L * units;
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
