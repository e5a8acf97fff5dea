package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A timestep of a {@link SimpleRnn} in training; a row of gates is z, after backward dz. */
final class SimpleRnnTraining implements TrainingCell {
  private final int features;
  private final int units;
  private final boolean inputGradient;
  private final Activation activation;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long kernelAt;
  private final long recurrentAt;
  private final long biasAt; // NONE without
  private final PackedMatrix kernel; // (features, units)
  private final PackedMatrix recurrent; // (units, units)
  private final PackedMatrix kernelTransposed; // (units, features)
  private final PackedMatrix recurrentTransposed; // (units, units)
  private final GradientShare[] shares;

  SimpleRnnTraining(SimpleRnn layer, TrainingPlace place) {
    LayerWeights own = place.weights();
    this.features = place.below().width();
    this.units = layer.units();
    this.inputGradient = place.below().wantsGradient();
    this.activation = layer.activation();
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.recurrentAt = own.offset(WeightSpec.RECURRENT_KERNEL);
    this.biasAt = own.offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.of(arena, features, units);
    this.recurrent = PackedMatrix.of(arena, units, units);
    this.kernelTransposed = PackedMatrix.of(arena, units, features);
    this.recurrentTransposed = PackedMatrix.of(arena, units, units);
    this.shares = GradientShare.of(units, place.parts());
  }

  private boolean hasBias() {
    return biasAt != LayerWeights.NONE;
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
  public int gates() {
    return units;
  }

  @Override
  public int packs() {
    return inputGradient ? 4 : 3;
  }

  @Override
  public void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, units);
      case 1 -> recurrent.pack(weights, recurrentAt, units);
      case 2 -> recurrentTransposed.packTransposed(weights, recurrentAt, units);
      default -> kernelTransposed.packTransposed(weights, kernelAt, units);
    }
  }

  @Override
  public void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    if (hasBias()) {
      Sgemm.multiplyBias(rows, x, xOffset, features, kernel, weights, biasAt, gates, gate, units);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gate, units);
    }
  }

  @Override
  public void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    Sgemm.multiplyAdd(rows, h, from, units, recurrent, gates, gate, units);
    activation.apply((long) rows * units, gates, gate, h, to);
  }

  /** All of the gradient goes through the product: {@code carried} stays 0. */
  @Override
  public void backward(
      int part,
      int rows,
      CellStates states,
      long gate,
      long from,
      long to,
      MemorySegment dh,
      long dhOffset,
      MemorySegment carried,
      long carriedOffset) {
    long n = (long) rows * units;
    activation.gradient(n, states.h(), to, dh, dhOffset, states.gates(), gate);
  }

  @Override
  public void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    if (add) {
      Sgemm.multiplyAdd(rows, gates, gate, units, recurrentTransposed, dh, dhOffset, units);
    } else {
      Sgemm.multiply(rows, gates, gate, units, recurrentTransposed, dh, dhOffset, units);
    }
  }

  @Override
  public void inputGradient(
      int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    Sgemm.multiply(rows, gates, gate, units, kernelTransposed, dx, dxOffset, features);
  }

  @Override
  public void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment x,
      long xOffset,
      MemorySegment h,
      long hOffset,
      MemorySegment gates,
      long gate) {
    GradientShare share = shares[part];
    share.pack(rows, gates, gate);
    share.multiply(first, features, x, xOffset, gradients, kernelAt);
    share.multiply(first, units, h, hOffset, gradients, recurrentAt);
    if (hasBias()) {
      share.sum(first, rows, gates, gate, gradients, biasAt);
    }
  }

  @Override
  public void clearGradients(int part) {
    shares[part].clear(features, gradients, kernelAt);
    shares[part].clear(units, gradients, recurrentAt);
    if (hasBias()) {
      shares[part].clear(1, gradients, biasAt);
    }
  }
}
