package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A timestep of an LSTM in training; a row of gates is i, f, g, o, after backward dz. */
public final class LstmTraining extends TrainingCell {
  private final LstmCell cell;
  private final PackedMatrix kernel; // (features, 4 * units)
  private final PackedMatrix recurrent; // (units, 4 * units)
  private final PackedMatrix kernelTransposed; // (4 * units, features)
  private final PackedMatrix recurrentTransposed; // (4 * units, units)
  private final MemorySegment scratch; // (parts, 2 * units)
  private @Nullable PackedMatrix none; // 0 in place of the recurrent kernel

  public LstmTraining(
      int units, Activation activation, Activation recurrentActivation, TrainingPlace place) {
    super(units, place, 4 * units);
    this.cell = new LstmCell(units, activation, recurrentActivation);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.ofGates(arena, features, rowOfGates);
    this.recurrent = PackedMatrix.ofGates(arena, units, rowOfGates);
    this.kernelTransposed = PackedMatrix.of(arena, rowOfGates, features);
    this.recurrentTransposed = PackedMatrix.of(arena, rowOfGates, units);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize());
    learns(
        gradient(0, rowOfGates, rowOfGates).ofInput(kernelAt).ofState(recurrentAt).ofOnes(biasAt));
  }

  private long scratchSize() {
    return Blocks.align(2L * units);
  }

  @Override
  boolean keepsC() {
    return true;
  }

  @Override
  void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, rowOfGates);
      case 1 -> recurrent.pack(weights, recurrentAt, rowOfGates);
      case 2 -> recurrentTransposed.packTransposed(weights, recurrentAt, rowOfGates);
      default -> kernelTransposed.packTransposed(weights, kernelAt, rowOfGates);
    }
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    if (hasBias()) {
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernel, weights, biasAt, gates, gate, rowOfGates);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gate, rowOfGates);
    }
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment h = states.h();
    MemorySegment c = states.c();
    long before = from * units;
    long after = to * units;
    cell.forward(rows, recurrent, h, before, c, before, states.gates(), gate, c, after, h, after);
  }

  @Override
  GateLayout split() {
    none = PackedMatrix.ofGates(Arena.ofAuto(), units, rowOfGates);
    return GateLayout.alike(4, 0);
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment h = states.h();
    MemorySegment c = states.c();
    long before = from * units;
    long after = to * units;
    PackedMatrix zeros = Objects.requireNonNull(none);
    cell.forward(rows, zeros, h, before, c, before, states.gates(), gate, c, after, h, after);
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
    MemorySegment c = states.c();
    MemorySegment gates = states.gates();
    long before = from * units;
    long after = to * units;
    long room = part * scratchSize();
    cell.backward(
        rows,
        c,
        before,
        c,
        after,
        dh,
        dhOffset,
        carried,
        carriedOffset,
        gates,
        gate,
        scratch,
        room);
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
