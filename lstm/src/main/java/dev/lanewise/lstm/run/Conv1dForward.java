package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of a convolution with the channels last. For each step of the kernel, one
 * product of all rows that it meets is added to the output. Scratch: the output (outputs, rows,
 * filters).
 */
public final class Conv1dForward implements ForwardLayer {
  private final ConvolutionSteps meets;
  private final Activation activation;
  private final int channels;
  private final int filters;
  private final PackedMatrix[] kernel; // kernelSize times (channels, filters)
  private final @Nullable MemorySegment bias; // (filters)

  public Conv1dForward(
      ConvolutionSteps meets,
      int channels,
      int filters,
      Activation activation,
      LayerWeights weights) {
    this.meets = meets;
    this.activation = activation;
    this.channels = channels;
    this.filters = filters;
    this.kernel = new PackedMatrix[meets.kernelSize()];
    long at = weights.offset(WeightSpec.KERNEL);
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] =
          PackedMatrix.of(weights.arena().get(), channels, filters)
              .pack(weights.memory(), at + (long) k * channels * filters, filters);
    }
    this.bias = DenseForward.biasOf(weights, filters);
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) Math.max(0, meets.outputs(steps)) * rows * filters;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    MemorySegment out = scratch.memory;
    int outputs = meets.outputs(steps);
    long elements = (long) outputs * rows * filters;
    if (bias == null) {
      Blocks.clear(out, 0, elements);
    } else {
      for (long at = 0; at < elements; at += filters) {
        Blocks.copy(bias, 0, out, at, filters);
      }
    }
    for (int k = 0; k < kernel.length; k++) {
      add(k, steps, rows, in, inOffset, out);
    }
    if (activation != Activation.LINEAR) {
      activation.apply(elements, out, 0, out, 0);
    }
    return 0;
  }

  private void add(int k, int steps, int rows, MemorySegment in, long inOffset, MemorySegment out) {
    int from = meets.firstOutput(k, steps);
    int to = meets.endOutput(k, steps);
    int together = meets.together(from, to);
    for (int output = from; output < to; output += together) {
      long x = inOffset + meets.step(k, output, steps) * rows * channels;
      long y = (long) output * rows * filters;
      int count = Math.min(together, to - output) * rows;
      Sgemm.multiplyAdd(count, in, x, channels, kernel[k], out, y, filters);
    }
  }

  @Override
  public long work() {
    return (long) kernel.length * channels * filters;
  }

  @Override
  public long weightBytes() {
    long total = bias == null ? 0 : bias.byteSize();
    for (PackedMatrix each : kernel) {
      total += each.byteSize();
    }
    return total;
  }
}
