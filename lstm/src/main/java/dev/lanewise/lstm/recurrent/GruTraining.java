package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.GruCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.recurrent.GateLayout.Gate;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A timestep of a GRU with resetAfter in training. A row of gates is n, z, r, q; after backward dn,
 * dz, dr, dq, of which the first three belong to x W and the last three to h U.
 */
public sealed class GruTraining extends TrainingCell permits GeneralGruTraining {
  private final int columns; // of W and U
  private final GruCell cell;
  private final MemorySegment turned; // (features, 3 * units): n, z, r
  final MemorySegment bias; // (4 * units)
  final PackedMatrix kernel; // (features, 3 * units): n, z, r
  final PackedMatrix recurrent; // (units, 3 * units)
  private final PackedMatrix recurrentTransposed; // (3 * units, units)
  private final PackedMatrix gatesTransposed; // (2 * units, features): z, r
  private final PackedMatrix candidateTransposed; // (units, features): n
  private final MemorySegment scratch; // (parts, 2 * units)
  private @Nullable PackedMatrix none; // 0 in place of the recurrent kernel

  public GruTraining(
      int units, Activation activation, Activation recurrentActivation, TrainingPlace place) {
    this(units, activation, recurrentActivation, place, 4 * units);
  }

  /** With rows of gates that have more behind what a row has here. */
  GruTraining(
      int units,
      Activation activation,
      Activation recurrentActivation,
      TrainingPlace place,
      int rowOfGates) {
    super(units, place, rowOfGates);
    this.columns = 3 * units;
    this.cell = new GruCell(units, units, activation, recurrentActivation);
    Arena arena = Arena.ofAuto();
    this.turned = Blocks.allocate(arena, (long) features * columns);
    this.bias = Blocks.allocate(arena, 4L * units);
    this.kernel = PackedMatrix.ofGates(arena, features, columns, 3, WeightFormat.FLOAT32);
    this.recurrent = PackedMatrix.ofGates(arena, units, columns, 3, WeightFormat.FLOAT32);
    this.recurrentTransposed = PackedMatrix.of(arena, columns, units);
    this.gatesTransposed = PackedMatrix.of(arena, 2 * units, features);
    this.candidateTransposed = PackedMatrix.of(arena, units, features);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize());
    learns();
  }

  /** Columns of the gates are n, z, r and q, those of the weights z, r and n. */
  private void learns() {
    long n = 2L * units; // a column of W and U
    learns(
        gradient(units, 2 * units, columns)
            .ofInput(kernelAt)
            .ofState(recurrentAt)
            .ofOnes(biasAt, bias(columns)));
    learns(gradient(0, units, columns).ofInput(kernelAt + n).ofOnes(bias(n)));
    learns(gradient(3L * units, units, columns).ofState(recurrentAt + n).ofOnes(bias(columns + n)));
  }

  private long bias(long column) {
    return hasBias() ? biasAt + column : biasAt;
  }

  /** The elements that a part has for itself. */
  final long scratchSize() {
    return Blocks.align(2L * units);
  }

  @Override
  void pack(int index) {
    switch (index) {
      case 0 -> {
        GruGates.turn(features, units, weights, kernelAt, turned);
        GruGates.bias(units, units, weights, biasAt, bias);
        kernel.pack(turned, 0, columns);
      }
      case 1 -> recurrent.pack(weights, recurrentAt, columns);
      case 2 -> recurrentTransposed.packTransposed(weights, recurrentAt, columns);
      default -> {
        gatesTransposed.packTransposed(weights, kernelAt, columns);
        candidateTransposed.packTransposed(weights, kernelAt + 2L * units, columns);
      }
    }
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    cell.project(rows, x, xOffset, kernel, bias, 0, gates, gate);
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment h = states.h();
    cell.forward(rows, recurrent, h, from * units, states.gates(), gate, h, to * units);
  }

  @Override
  GateLayout split() {
    none = PackedMatrix.ofGates(Arena.ofAuto(), units, columns, 3, WeightFormat.FLOAT32);
    return layout(0);
  }

  /** Of the gates, and of what they are applied to. */
  static GateLayout layout(long inputs) {
    List<Gate> input = List.of(new Gate(0, 2), new Gate(1, 0), new Gate(2, 1)); // n, z, r
    List<Gate> state = List.of(new Gate(1, 0), new Gate(2, 1), new Gate(3, 2)); // z, r, q
    return new GateLayout(input, state, inputs, true, false);
  }

  @Override
  void begin(int rows, MemorySegment gates, long gate) {
    for (int row = 0; row < rows; row++) {
      Blocks.copy(bias, 0, gates, gate + (long) row * rowOfGates, 4L * units);
    }
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment h = states.h();
    PackedMatrix zeros = Objects.requireNonNull(none);
    cell.forward(rows, zeros, h, from * units, states.gates(), gate, h, to * units);
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
    long before = from * units;
    long room = part * scratchSize();
    cell.backward(
        rows, h, before, dh, dhOffset, carried, carriedOffset, gates, gate, scratch, room);
  }

  @Override
  void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    product(rows, gates, gate + units, recurrentTransposed, add, dh, dhOffset);
  }

  @Override
  void inputGradient(int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    product(rows, gates, gate + units, gatesTransposed, false, dx, dxOffset);
    product(rows, gates, gate, candidateTransposed, true, dx, dxOffset);
  }
}
