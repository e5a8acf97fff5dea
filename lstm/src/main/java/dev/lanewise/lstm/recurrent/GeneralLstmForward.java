package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A timestep of any {@link LstmVariant}. A row of gates is the gates (3 or 4, units) and {@code m =
 * o * a(c)} (units). A projection takes a second phase, as it is of all units.
 */
public final class GeneralLstmForward extends ForwardCell {
  private final int features;
  private final long m; // its place in a row of gates
  private final LstmRow row;
  private final PackedMatrix kernel; // (features, gates * units)
  private final PackedMatrix recurrent; // (outputs, gates * units)
  private final @Nullable PackedMatrix projection; // (units, outputs)
  private final MemorySegment bias; // (gates * units)
  private final MemorySegment peephole; // (peephole gates, units)

  public GeneralLstmForward(int features, LstmVariant of, LayerWeights weights) {
    super(of.units(), of.outputs(), (of.gates() + 1L) * of.units());
    this.features = features;
    this.m = (long) of.gates() * units;
    this.row = new LstmRow(of);
    this.kernel = gates(weights, WeightSpec.KERNEL, features, of);
    this.recurrent = gates(weights, WeightSpec.RECURRENT_KERNEL, outputs, of);
    this.projection =
        of.projects() ? weights.pack(WeightSpec.PROJECTION_KERNEL, units, outputs) : null;
    this.bias = copy(weights, WeightSpec.BIAS, m);
    this.peephole = copy(weights, WeightSpec.PEEPHOLE, (long) of.peepholeGates() * units);
  }

  private GeneralLstmForward(GeneralLstmForward whole, int part, int parts) {
    super(whole.units, whole.outputs, whole.gates);
    this.features = whole.features;
    this.m = whole.m;
    this.row = whole.row;
    this.kernel = whole.kernel.part(part, parts);
    this.recurrent = whole.recurrent.part(part, parts);
    this.projection = whole.projection == null ? null : whole.projection.part(part, parts);
    this.bias = whole.bias;
    this.peephole = whole.peephole;
  }

  private static PackedMatrix gates(LayerWeights weights, String suffix, int k, LstmVariant of) {
    int columns = of.gates() * of.units();
    return PackedMatrix.ofGates(weights.arena().get(), k, columns, of.gates(), WeightFormat.FLOAT32)
        .pack(weights.memory(), weights.offset(suffix), columns);
  }

  /** A copy of a weight; zeros where the layer has none. */
  private static MemorySegment copy(LayerWeights weights, String suffix, long elements) {
    MemorySegment copy = Blocks.allocate(weights.arena().get(), elements);
    long from = weights.offset(suffix);
    if (from != LayerWeights.NONE) {
      Blocks.copy(weights.memory(), from, copy, 0, elements);
    }
    return copy;
  }

  @Override
  boolean keepsC() {
    return true;
  }

  @Override
  int phases() {
    return projection == null ? 1 : 2;
  }

  @Override
  ForwardCell part(int part, int parts) {
    return new GeneralLstmForward(this, part, parts);
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    Sgemm.multiplyBias(rows, x, xOffset, features, kernel, bias, 0, memory, gate, gates);
  }

  @Override
  void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
    if (projection != null && phase == 1) {
      Sgemm.multiply(rows, memory, gate + m, gates, projection, memory, next, outputs);
      return;
    }
    Sgemm.multiplyAdd(rows, memory, h, outputs, recurrent, memory, gate, gates);
    int from = recurrent.firstUnit();
    int count = recurrent.endUnit() - from;
    for (int i = 0; i < rows; i++) {
      long z = gate + i * gates + from;
      long state = c + (long) i * units + from;
      long to = projection == null ? next + (long) i * outputs + from : z + m;
      row.forward(
          count, memory, z, z, peephole, from, memory, state, state, memory, z + m, memory, to);
    }
  }

  @Override
  long work() {
    long projected = projection == null ? 0 : (long) units * outputs;
    return (kernel.k() + (long) outputs) * kernel.n() + projected;
  }

  @Override
  long recurrentBytes() {
    return recurrent.byteSize() + (projection == null ? 0 : projection.byteSize());
  }

  @Override
  long weightBytes() {
    return kernel.byteSize() + recurrentBytes() + bias.byteSize() + peephole.byteSize();
  }
}
