package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A dense layer in training. */
public final class DenseTraining implements TrainingLayer {
  private final Activation activation;
  private final int features;
  private final int units;
  private final TrainingBlock below;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long kernelAt;
  private final long biasAt; // NONE without
  private final PackedMatrix kernel; // (features, units)
  private final PackedMatrix kernelTransposed; // (units, features)
  private final MemorySegment z; // what goes into the activation; the output where that may go
  private final MemorySegment output; // (steps, batch, units)
  private final MemorySegment dOutput; // (steps, batch, units): after backward dz
  private final GradientShare[] shares;

  public DenseTraining(int units, Activation activation, TrainingPlace place) {
    TrainingBlock from = place.below();
    LayerWeights own = place.weights();
    this.activation = activation;
    this.features = from.width();
    this.units = units;
    this.below = from;
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.biasAt = own.offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.of(arena, features, units);
    this.kernelTransposed = PackedMatrix.of(arena, units, features);
    long elements = (long) Sizes.rows(from.steps(), place.batch()) * units;
    this.output = Blocks.allocate(arena, elements);
    this.z = activation.needsInput() ? Blocks.allocate(arena, elements) : output;
    this.dOutput = Blocks.allocate(arena, elements);
    this.shares = GradientShare.of(units, place.parts());
  }

  @Override
  public int packs() {
    return below.wantsGradient() ? 2 : 1;
  }

  @Override
  public void pack(int index) {
    if (index == 0) {
      kernel.pack(weights, kernelAt, units);
    } else {
      kernelTransposed.packTransposed(weights, kernelAt, units);
    }
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    if (rows == batch) { // all steps are one dense block
      forwardRows(batch, 0, steps() * batch);
      return;
    }
    for (int step = 0; step < steps(); step++) {
      forwardRows(batch, (long) step * batch + first, rows);
    }
  }

  private void forwardRows(int batch, long row, int rows) {
    MemorySegment x = below.values();
    long from = below.valuesOffset(batch) + row * features;
    long to = row * units;
    if (biasAt != LayerWeights.NONE) {
      Sgemm.multiplyBias(rows, x, from, features, kernel, weights, biasAt, z, to, units);
    } else {
      Sgemm.multiply(rows, x, from, features, kernel, z, to, units);
    }
    if (activation != Activation.LINEAR) {
      activation.apply((long) rows * units, z, to, output, to);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (rows == batch) {
      backwardRows(0, steps() * batch);
      return;
    }
    for (int step = 0; step < steps(); step++) {
      backwardRows((long) step * batch + first, rows);
    }
  }

  private void backwardRows(long row, int rows) {
    long at = row * units;
    long n = (long) rows * units;
    if (activation.needsInput()) { // dz = dy * a'(z)
      activation.inputGradient(n, z, at, dOutput, at, dOutput, at);
    } else if (activation != Activation.LINEAR) {
      activation.gradient(n, output, at, dOutput, at, dOutput, at);
    }
    if (below.wantsGradient()) { // dx = dz K^T
      Sgemm.multiply(
          rows, dOutput, at, units, kernelTransposed, below.gradient(), row * features, features);
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    GradientShare share = shares[part];
    int rows = steps() * batch;
    long x = below.valuesOffset(batch);
    for (int row = 0; row < rows; row += GradientShare.CHUNK_ROWS) {
      int count = Math.min(GradientShare.CHUNK_ROWS, rows - row);
      share.pack(count, dOutput, (long) row * units);
      share.multiply(
          row == 0, features, below.values(), x + (long) row * features, gradients, kernelAt);
    }
    if (biasAt != LayerWeights.NONE) {
      share.sum(true, rows, dOutput, 0, gradients, biasAt);
    }
  }

  @Override
  public MemorySegment values() {
    return output;
  }

  @Override
  public long valuesOffset(int batch) {
    return 0;
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public @Nullable StepMask mask() {
    return below.mask();
  }

  @Override
  public int steps() {
    return below.steps();
  }

  @Override
  public int width() {
    return units;
  }
}
