package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/**
 * A timestep of a GRU without resetAfter, in two phases: the candidate's product is with {@code r *
 * h} of all units. A row of gates is z, r, n and that product p (4, units).
 */
public final class ResetBeforeForward extends ForwardCell {
  private static final int GATES = 3; // z, r, n

  private final int features;
  private final Activation activation;
  private final Activation recurrentActivation;
  private final PackedMatrix[] kernels; // (features, units) of each gate
  private final PackedMatrix[] recurrents; // (units, units) of each gate
  private final MemorySegment bias; // (3 * units)

  public ResetBeforeForward(
      int features,
      int units,
      Activation activation,
      Activation recurrentActivation,
      LayerWeights weights) {
    super(units, 4L * units);
    this.features = features;
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    this.kernels = gates(weights, WeightSpec.KERNEL, features);
    this.recurrents = gates(weights, WeightSpec.RECURRENT_KERNEL, units);
    this.bias = Blocks.allocate(weights.arena().get(), (long) GATES * units);
    long from = weights.offset(WeightSpec.BIAS);
    if (from != LayerWeights.NONE) {
      Blocks.copy(weights.memory(), from, bias, 0, (long) GATES * units);
    }
  }

  private ResetBeforeForward(ResetBeforeForward whole, int part, int parts) {
    super(whole.units, whole.gates);
    this.features = whole.features;
    this.activation = whole.activation;
    this.recurrentActivation = whole.recurrentActivation;
    this.kernels = part(whole.kernels, part, parts);
    this.recurrents = part(whole.recurrents, part, parts);
    this.bias = whole.bias;
  }

  private PackedMatrix[] gates(LayerWeights weights, String suffix, int k) {
    long at = weights.offset(suffix);
    PackedMatrix[] packed = new PackedMatrix[GATES];
    for (int gate = 0; gate < GATES; gate++) {
      packed[gate] = PackedMatrix.of(weights.arena().get(), k, units, weights.format());
      packed[gate].pack(weights.memory(), at + (long) gate * units, (long) GATES * units);
    }
    return packed;
  }

  private static PackedMatrix[] part(PackedMatrix[] whole, int part, int parts) {
    PackedMatrix[] some = new PackedMatrix[GATES];
    for (int gate = 0; gate < GATES; gate++) {
      some[gate] = whole[gate].part(part, parts);
    }
    return some;
  }

  @Override
  int phases() {
    return 2;
  }

  @Override
  ForwardCell part(int part, int parts) {
    return new ResetBeforeForward(this, part, parts);
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
    for (int i = 0; i < GATES; i++) {
      long own = (long) i * units;
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernels[i], bias, own, memory, gate + own, gates);
    }
  }

  @Override
  void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
    int from = recurrents[0].firstUnit();
    int count = recurrents[0].endUnit() - from;
    if (phase == 0) {
      reset(rows, from, count, memory, h, gate);
    } else {
      update(rows, from, count, memory, h, gate, next);
    }
  }

  /** {@code z = s(z + h Uz); r = s(r + h Ur); p = r * h}. */
  private void reset(int rows, int from, int count, MemorySegment memory, long h, long gate) {
    long row = gates;
    Sgemm.multiplyAdd(rows, memory, h, units, recurrents[0], memory, gate, row);
    Sgemm.multiplyAdd(rows, memory, h, units, recurrents[1], memory, gate + units, row);
    for (int i = 0; i < rows; i++) {
      long z = gate + i * row + from;
      long r = z + units;
      recurrentActivation.apply(count, memory, z, memory, z);
      recurrentActivation.apply(count, memory, r, memory, r);
      long state = h + (long) i * units + from;
      Multiply.apply(count, memory, r, memory, state, memory, r + 2L * units);
    }
  }

  /** {@code n = a(n + p Un); h_t = n + z * (h - n)}. */
  private void update(
      int rows, int from, int count, MemorySegment memory, long h, long gate, long next) {
    long row = gates;
    long n = gate + 2L * units;
    Sgemm.multiplyAdd(rows, memory, n + units, row, recurrents[2], memory, n, row);
    for (int i = 0; i < rows; i++) {
      long z = gate + i * row + from;
      long candidate = z + 2L * units;
      long state = (long) i * units + from;
      activation.apply(count, memory, candidate, memory, candidate);
      blend(count, memory, z, candidate, memory, h + state, next + state);
    }
  }

  /** {@code h_t = n + z * (h_{t-1} - n)}. */
  static void blend(
      int count, MemorySegment gates, long z, long n, MemorySegment states, long h, long next) {
    Blocks.copy(states, h, states, next, count);
    AddScaled.apply(count, -1, gates, n, states, next);
    Multiply.apply(count, gates, z, states, next, states, next);
    AddScaled.apply(count, 1, gates, n, states, next);
  }

  @Override
  long work() {
    return (features + units) * (long) GATES * units;
  }

  @Override
  long recurrentBytes() {
    return bytes(recurrents);
  }

  @Override
  long weightBytes() {
    return bytes(kernels) + bytes(recurrents) + bias.byteSize();
  }

  private static long bytes(PackedMatrix[] gates) {
    long total = 0;
    for (PackedMatrix gate : gates) {
      total += gate.byteSize();
    }
    return total;
  }
}
