package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A {@link Normalization} in training: values and gradients pass through, nothing is learnt. */
final class NormalizationTraining implements TrainingLayer {
  private final NormalizationForward layer;
  private final TrainingBlock below;
  private final MemorySegment output; // (steps, batch, features)
  private final MemorySegment dOutput; // (steps, batch, features)

  NormalizationTraining(Normalization layer, LayerWeights weights, TrainingBlock below, int batch) {
    this.layer = new NormalizationForward(layer, weights);
    this.below = below;
    Arena arena = Arena.ofAuto();
    long elements = Math.multiplyExact((long) below.steps() * batch, below.width());
    this.output = Blocks.allocate(arena, elements);
    this.dOutput = Blocks.allocate(arena, elements);
  }

  @Override
  public int packs() {
    return 0;
  }

  @Override
  public void pack(int index) {}

  @Override
  public void forward(int batch, int first, int rows) {
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * width();
      layer.apply(rows, below.values(), below.valuesOffset(batch) + at, output, at);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      long at = ((long) step * batch + first) * width();
      layer.gradient(rows, dOutput, at, below.gradient(), at);
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {}

  @Override
  public long work() {
    return width();
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
    return below.wantsGradient();
  }

  @Override
  public MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public int steps() {
    return below.steps();
  }

  @Override
  public int width() {
    return below.width();
  }
}
