package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.recurrent.GateLayout.Gate;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A timestep of a GRU without resetAfter in training. A row of gates is z, r, n and {@code p = r *
 * h_{t-1}}; after backward dz, dr, dn and p as it was. Where an activation needs its input, what z,
 * r and n are applied to follows.
 */
public final class ResetBeforeTraining extends TrainingCell {
  private final int columns; // of W and U
  private final Activation activation;
  private final Activation recurrentActivation;
  private final long inputs; // from a gate to what it is applied to
  private final long candidateAt; // of U
  private final PackedMatrix kernel; // (features, 3 * units)
  private final PackedMatrix recurrent; // (units, 2 * units): z, r
  private final PackedMatrix candidate; // (units, units): n
  private final PackedMatrix kernelTransposed; // (3 * units, features)
  private final PackedMatrix recurrentTransposed; // (2 * units, units)
  private final PackedMatrix candidateTransposed; // (units, units)
  private final MemorySegment scratch; // (parts, batch + 2, units)
  private final long scratchSize;

  public ResetBeforeTraining(
      int units, Activation activation, Activation recurrentActivation, TrainingPlace place) {
    super(units, place, (keepsInputs(activation, recurrentActivation) ? 7 : 4) * units);
    this.columns = 3 * units;
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    this.inputs = rowOfGates > 4 * units ? 4L * units : 0;
    this.candidateAt = recurrentAt + 2L * units;
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.of(arena, features, columns);
    this.recurrent = PackedMatrix.of(arena, units, 2 * units);
    this.candidate = PackedMatrix.of(arena, units, units);
    this.kernelTransposed = PackedMatrix.of(arena, columns, features);
    this.recurrentTransposed = PackedMatrix.of(arena, 2 * units, units);
    this.candidateTransposed = PackedMatrix.of(arena, units, units);
    this.scratchSize = Blocks.align((place.batch() + 2L) * units);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize);
    learns(gradient(0, columns, columns).ofInput(kernelAt).ofOnes(biasAt));
    learns(gradient(0, 2 * units, columns).ofState(recurrentAt)); // z, r
    learnsInside(gradient(2L * units, units, columns).ofInner(3L * units, candidateAt)); // n
  }

  private static boolean keepsInputs(Activation activation, Activation recurrentActivation) {
    return activation.needsInput() || recurrentActivation.needsInput();
  }

  @Override
  void pack(int index) {
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
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    long in = gate + inputs;
    if (hasBias()) {
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernel, weights, biasAt, gates, in, rowOfGates);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, in, rowOfGates);
    }
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    long h = from * units;
    Sgemm.multiplyAdd(rows, states.h(), h, units, recurrent, gates, gate + inputs, rowOfGates);
    complete(part, rows, states, gate, from, to);
  }

  @Override
  GateLayout split() {
    List<Gate> input = List.of(new Gate(0, 0), new Gate(1, 1), new Gate(2, 2));
    return new GateLayout(input, input.subList(0, 2), inputs, false, true);
  }

  @Override
  void begin(int rows, MemorySegment gates, long gate) {
    beginWith(rows, gates, gate + inputs, columns);
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    MemorySegment factors = states.factors();
    for (int row = 0; row < rows; row++) {
      long z = gate + (long) row * rowOfGates;
      long r = z + units;
      recurrentActivation.apply(2L * units, gates, z + inputs, gates, z);
      long state = (from + row) * units;
      long p = r + 2L * units;
      Multiply.apply(units, gates, r, h, state, gates, p);
      if (factors != null) {
        Multiply.apply(units, gates, p, factors, state, gates, p);
      }
    }
    long n = gate + 2L * units;
    Sgemm.multiplyAdd(rows, gates, n + units, rowOfGates, candidate, gates, n + inputs, rowOfGates);
    for (int row = 0; row < rows; row++) {
      long z = gate + (long) row * rowOfGates;
      long own = z + 2L * units;
      activation.apply(units, gates, own + inputs, gates, own);
      ResetBeforeForward.blend(units, gates, z, own, h, (from + row) * units, (to + row) * units);
    }
  }

  @Override
  void backward(
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
      long z = gate + (long) row * rowOfGates;
      long n = z + 2L * units;
      long d = carriedOffset + state;
      AddScaled.apply(units, 1, dh, dhOffset + state, carried, d);
      // first = d * (h_{t-1} - n);  second = d * z, kept for h_{t-1};  dz = first * s'(z)
      Blocks.copy(h, (from + row) * units, scratch, first, units);
      AddScaled.apply(units, -1, gates, n, scratch, first);
      Multiply.apply(units, carried, d, scratch, first, scratch, first);
      Multiply.apply(units, carried, d, gates, z, scratch, second);
      gradient(recurrentActivation, gates, z, scratch, first);
      // dn = (d - d * z) * a'(n)
      AddScaled.apply(units, -1, scratch, second, carried, d);
      gradient(activation, gates, n, carried, d);
      Blocks.copy(scratch, second, carried, d, units);
    }
    long n = gate + 2L * units;
    product(rows, gates, n, candidateTransposed, false, scratch, dp);
    MemorySegment factors = states.factors();
    if (factors != null) { // dp * m is the gradient of r * h_{t-1}
      Multiply.apply((long) rows * units, scratch, dp, factors, from * units, scratch, dp);
    }
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long r = gate + (long) row * rowOfGates + units;
      // h_{t-1} gets dp * r;  dr = dp * h_{t-1} * s'(r)
      Multiply.apply(units, scratch, dp + state, gates, r, scratch, first);
      AddScaled.apply(units, 1, scratch, first, carried, carriedOffset + state);
      Multiply.apply(units, scratch, dp + state, h, (from + row) * units, scratch, first);
      gradient(recurrentActivation, gates, r, scratch, first);
    }
  }

  /** A gate becomes what its pre-activation's gradient is, from its dy. */
  private void gradient(
      Activation of, MemorySegment gates, long gate, MemorySegment dy, long dyOffset) {
    if (of.needsInput()) {
      of.inputGradient(units, gates, gate + inputs, dy, dyOffset, gates, gate);
    } else {
      of.gradient(units, gates, gate, dy, dyOffset, gates, gate);
    }
  }

  @Override
  void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    product(rows, gates, gate, recurrentTransposed, add, dh, dhOffset);
  }

  @Override
  void inputGradient(int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    product(rows, gates, gate, kernelTransposed, false, dx, dxOffset);
  }
}
