package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.ConvolutionSteps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A convolution with the channels last in training: one product for each step of the kernel. */
public final class Conv1dTraining extends WeightlessTraining {
  private final Activation activation;
  private final MemorySegment z; // what goes into the activation; the output where that may go
  private final ConvolutionSteps meets;
  private final int channels;
  private final int filters;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long kernelAt;
  private final long biasAt; // NONE without
  private final PackedMatrix[] kernel; // kernelSize times (channels, filters)
  private final PackedMatrix[] transposed; // kernelSize times (filters, channels)
  private final GradientShare[] shares;

  public Conv1dTraining(
      ConvolutionSteps meets, int filters, Activation activation, TrainingPlace place) {
    super(place, meets.outputs(place.below().steps()), filters);
    this.activation = activation;
    this.meets = meets;
    long elements = (long) Sizes.rows(steps(), place.batch()) * filters;
    this.z = activation.needsInput() ? Blocks.allocate(Arena.ofAuto(), elements) : output;
    this.channels = below.width();
    this.filters = filters;
    this.weights = place.weights().memory();
    this.gradients = place.gradients();
    this.kernelAt = place.weights().offset(WeightSpec.KERNEL);
    this.biasAt = place.weights().offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = new PackedMatrix[meets.kernelSize()];
    this.transposed = new PackedMatrix[meets.kernelSize()];
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] = PackedMatrix.of(arena, channels, filters);
      transposed[k] = PackedMatrix.of(arena, filters, channels);
    }
    this.shares = GradientShare.of(filters, place.parts());
  }

  private long kernelAt(int k) {
    return kernelAt + (long) k * channels * filters;
  }

  @Override
  public int packs() {
    return kernel.length;
  }

  @Override
  public void pack(int k) {
    kernel[k].pack(weights, kernelAt(k), filters);
    if (below.wantsGradient()) {
      transposed[k].packTransposed(weights, kernelAt(k), filters);
    }
  }

  /** How many of the outputs from one on can be one product over these rows. */
  private int together(int batch, int rows, int from, int to) {
    return rows == batch ? meets.together(from, to) : 1; // else rows of steps are not dense
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * filters;
      if (biasAt == LayerWeights.NONE) {
        Blocks.clear(z, at, (long) rows * filters);
      } else {
        for (int row = 0; row < rows; row++) {
          Blocks.copy(weights, biasAt, z, at + (long) row * filters, filters);
        }
      }
    }
    for (int k = 0; k < kernel.length; k++) {
      int from = meets.firstOutput(k, below.steps());
      int to = meets.endOutput(k, below.steps());
      int together = together(batch, rows, from, to);
      for (int at = from; at < to; at += together) {
        int count = Math.min(together, to - at) * rows;
        long x = below.valuesOffset(batch) + inputRow(k, at, batch, first) * channels;
        long y = ((long) at * batch + first) * filters;
        Sgemm.multiplyAdd(count, below.values(), x, channels, kernel[k], z, y, filters);
      }
    }
    if (activation != Activation.LINEAR) {
      for (int step = 0; step < steps(); step++) {
        long at = ((long) step * batch + first) * filters;
        activation.apply((long) rows * filters, z, at, output, at);
      }
    }
  }

  private long inputRow(int k, int at, int batch, int first) {
    return meets.step(k, at, below.steps()) * batch + first;
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (activation != Activation.LINEAR) { // dz = dy * a'(z)
      for (int step = 0; step < steps(); step++) {
        long at = ((long) step * batch + first) * filters;
        long n = (long) rows * filters;
        if (activation.needsInput()) {
          activation.inputGradient(n, z, at, dOutput, at, dOutput, at);
        } else {
          activation.gradient(n, output, at, dOutput, at, dOutput, at);
        }
      }
    }
    if (!below.wantsGradient()) {
      return;
    }
    for (int step = 0; step < below.steps(); step++) {
      long at = ((long) step * batch + first) * channels;
      Blocks.clear(below.gradient(), at, (long) rows * channels);
    }
    for (int k = 0; k < kernel.length; k++) { // dx += dz K_k^T
      int from = meets.firstOutput(k, below.steps());
      int to = meets.endOutput(k, below.steps());
      int together = together(batch, rows, from, to);
      for (int at = from; at < to; at += together) {
        int count = Math.min(together, to - at) * rows;
        long dz = ((long) at * batch + first) * filters;
        long dx = inputRow(k, at, batch, first) * channels;
        Sgemm.multiplyAdd(
            count, dOutput, dz, filters, transposed[k], below.gradient(), dx, channels);
      }
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    GradientShare share = shares[part];
    for (int k = 0; k < kernel.length; k++) {
      int from = meets.firstOutput(k, below.steps());
      int to = meets.endOutput(k, below.steps());
      int together = Math.max(1, GradientShare.CHUNK_ROWS / batch);
      together = Math.min(together, meets.together(from, to));
      if (from >= to) {
        share.clear(channels, gradients, kernelAt(k));
      }
      for (int at = from; at < to; at += together) {
        int count = Math.min(together, to - at) * batch;
        share.pack(count, dOutput, (long) at * batch * filters);
        long x = below.valuesOffset(batch) + inputRow(k, at, batch, 0) * channels;
        share.multiply(at == from, channels, below.values(), x, gradients, kernelAt(k));
      }
    }
    if (biasAt != LayerWeights.NONE) {
      share.sum(true, steps() * batch, dOutput, 0, gradients, biasAt);
    }
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
