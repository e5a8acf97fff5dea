package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A timestep of a {@link Gru} without resetAfter in training. A row of gates is z, r, n and {@code
 * p = r * h_{t-1}}; after backward dz, dr, dn and p as it was.
 */
final class ResetBeforeTraining implements TrainingCell {
  private final int features;
  private final int units;
  private final int columns; // of W and U
  private final boolean inputGradient;
  private final Activation activation;
  private final Activation recurrentActivation;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long kernelAt;
  private final long recurrentAt;
  private final long candidateAt; // of U
  private final long biasAt; // NONE without
  private final PackedMatrix kernel; // (features, 3 * units)
  private final PackedMatrix recurrent; // (units, 2 * units): z, r
  private final PackedMatrix candidate; // (units, units): n
  private final PackedMatrix kernelTransposed; // (3 * units, features)
  private final PackedMatrix recurrentTransposed; // (2 * units, units)
  private final PackedMatrix candidateTransposed; // (units, units)
  private final MemorySegment scratch; // (parts, batch + 2, units)
  private final long scratchSize;
  private final GradientShare[] ofAll; // z, r, n
  private final GradientShare[] ofGates; // z, r
  private final GradientShare[] ofCandidate; // n

  ResetBeforeTraining(Gru layer, TrainingPlace place) {
    LayerWeights own = place.weights();
    this.features = place.below().width();
    this.units = layer.units();
    this.columns = 3 * units;
    this.inputGradient = place.below().wantsGradient();
    this.activation = layer.activation();
    this.recurrentActivation = layer.recurrentActivation();
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.recurrentAt = own.offset(WeightSpec.RECURRENT_KERNEL);
    this.candidateAt = recurrentAt + 2L * units;
    this.biasAt = own.offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.of(arena, features, columns);
    this.recurrent = PackedMatrix.of(arena, units, 2 * units);
    this.candidate = PackedMatrix.of(arena, units, units);
    this.kernelTransposed = PackedMatrix.of(arena, columns, features);
    this.recurrentTransposed = PackedMatrix.of(arena, 2 * units, units);
    this.candidateTransposed = PackedMatrix.of(arena, units, units);
    this.scratchSize = Blocks.align((place.batch() + 2L) * units);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize);
    this.ofAll = GradientShare.of(columns, gates(), columns, place.parts());
    this.ofGates = GradientShare.of(2 * units, gates(), columns, place.parts());
    this.ofCandidate = GradientShare.of(units, gates(), columns, place.parts());
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
    return 4 * units;
  }

  @Override
  public int packs() {
    return inputGradient ? 4 : 3;
  }

  @Override
  public void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, columns);
      case 1 -> {
        recurrent.pack(weights, recurrentAt, columns);
        candidate.pack(weights, candidateAt, columns);
      }
      case 2 -> {
        recurrentTransposed.packTransposed(weights, recurrentAt, columns);
        candidateTransposed.packTransposed(weights, candidateAt, columns);
      }
      default -> kernelTransposed.packTransposed(weights, kernelAt, columns);
    }
  }

  @Override
  public void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    if (hasBias()) {
      Sgemm.multiplyBias(rows, x, xOffset, features, kernel, weights, biasAt, gates, gate, gates());
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gate, gates());
    }
  }

  @Override
  public void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    Sgemm.multiplyAdd(rows, h, from, units, recurrent, gates, gate, gates());
    for (int row = 0; row < rows; row++) {
      long z = gate + (long) row * gates();
      long r = z + units;
      recurrentActivation.apply(2L * units, gates, z, gates, z);
      long state = from + (long) row * units;
      Multiply.apply(units, gates, r, h, state, gates, r + 2L * units);
    }
    long n = gate + 2L * units;
    Sgemm.multiplyAdd(rows, gates, n + units, gates(), candidate, gates, n, gates());
    for (int row = 0; row < rows; row++) {
      long z = gate + (long) row * gates();
      long own = z + 2L * units;
      long state = (long) row * units;
      activation.apply(units, gates, own, gates, own);
      ResetBeforeForward.blend(units, gates, z, own, h, from + state, to + state);
    }
  }

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
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    long dp = part * scratchSize;
    long first = dp + (long) rows * units;
    long second = first + units;
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long z = gate + (long) row * gates();
      long n = z + 2L * units;
      long d = carriedOffset + state;
      AddScaled.apply(units, 1, dh, dhOffset + state, carried, d);
      // first = d * (h_{t-1} - n);  second = d * z, kept for h_{t-1};  dz = first * s'(z)
      Blocks.copy(h, from + state, scratch, first, units);
      AddScaled.apply(units, -1, gates, n, scratch, first);
      Multiply.apply(units, carried, d, scratch, first, scratch, first);
      Multiply.apply(units, carried, d, gates, z, scratch, second);
      recurrentActivation.gradient(units, gates, z, scratch, first, gates, z);
      // dn = (d - d * z) * a'(n)
      AddScaled.apply(units, -1, scratch, second, carried, d);
      activation.gradient(units, gates, n, carried, d, gates, n);
      Blocks.copy(scratch, second, carried, d, units);
    }
    long n = gate + 2L * units;
    Sgemm.multiply(rows, gates, n, gates(), candidateTransposed, scratch, dp, units);
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long r = gate + (long) row * gates() + units;
      // h_{t-1} gets dp * r;  dr = dp * h_{t-1} * s'(r)
      Multiply.apply(units, scratch, dp + state, gates, r, scratch, first);
      AddScaled.apply(units, 1, scratch, first, carried, carriedOffset + state);
      Multiply.apply(units, scratch, dp + state, h, from + state, scratch, first);
      recurrentActivation.gradient(units, gates, r, scratch, first, gates, r);
    }
  }

  @Override
  public void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    if (add) {
      Sgemm.multiplyAdd(rows, gates, gate, gates(), recurrentTransposed, dh, dhOffset, units);
    } else {
      Sgemm.multiply(rows, gates, gate, gates(), recurrentTransposed, dh, dhOffset, units);
    }
  }

  @Override
  public void inputGradient(
      int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    Sgemm.multiply(rows, gates, gate, gates(), kernelTransposed, dx, dxOffset, features);
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
    long n = gate + 2L * units;
    ofAll[part].pack(rows, gates, gate);
    ofAll[part].multiply(first, features, x, xOffset, gradients, kernelAt);
    ofGates[part].pack(rows, gates, gate);
    ofGates[part].multiply(first, units, h, hOffset, gradients, recurrentAt);
    ofCandidate[part].pack(rows, gates, n);
    ofCandidate[part].multiply(first, units, gates, n + units, gates(), gradients, candidateAt);
    if (hasBias()) {
      ofAll[part].sum(first, rows, gates, gate, gradients, biasAt);
    }
  }

  @Override
  public void clearGradients(int part) {
    ofAll[part].clear(features, gradients, kernelAt);
    ofGates[part].clear(units, gradients, recurrentAt);
    ofCandidate[part].clear(units, gradients, candidateAt);
    if (hasBias()) {
      ofAll[part].clear(1, gradients, biasAt);
    }
  }
}
