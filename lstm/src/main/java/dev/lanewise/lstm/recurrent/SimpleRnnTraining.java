package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A timestep of a simple recurrent layer in training; a row of gates is z, after backward dz. */
public final class SimpleRnnTraining extends TrainingCell {
  private final Activation activation;
  private final PackedMatrix kernel; // (features, units)
  private final PackedMatrix recurrent; // (units, units)
  private final PackedMatrix kernelTransposed; // (units, features)
  private final PackedMatrix recurrentTransposed; // (units, units)

  public SimpleRnnTraining(int units, Activation activation, TrainingPlace place) {
    super(units, place, units);
    this.activation = activation;
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.of(arena, features, units);
    this.recurrent = PackedMatrix.of(arena, units, units);
    this.kernelTransposed = PackedMatrix.of(arena, units, features);
    this.recurrentTransposed = PackedMatrix.of(arena, units, units);
    learns(gradient(0, units, units).ofInput(kernelAt).ofState(recurrentAt).ofOnes(biasAt));
  }

  @Override
  void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, units);
      case 1 -> recurrent.pack(weights, recurrentAt, units);
      case 2 -> recurrentTransposed.packTransposed(weights, recurrentAt, units);
      default -> kernelTransposed.packTransposed(weights, kernelAt, units);
    }
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    if (hasBias()) {
      Sgemm.multiplyBias(rows, x, xOffset, features, kernel, weights, biasAt, gates, gate, units);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gate, units);
    }
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    long h = from * units;
    Sgemm.multiplyAdd(rows, states.h(), h, units, recurrent, gates, gate, units);
    complete(part, rows, states, gate, from, to);
  }

  @Override
  GateLayout split() {
    return GateLayout.alike(1, 0);
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    activation.apply((long) rows * units, states.gates(), gate, states.h(), to * units);
  }

  /** All of the gradient goes through the product: {@code carried} stays 0. */
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
    long n = (long) rows * units;
    MemorySegment gates = states.gates();
    if (activation.needsInput()) {
      activation.inputGradient(n, gates, gate, dh, dhOffset, gates, gate);
    } else {
      activation.gradient(n, states.h(), to * units, dh, dhOffset, gates, gate);
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
