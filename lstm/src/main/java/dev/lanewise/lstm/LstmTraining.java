package dev.lanewise.lstm;

import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A timestep of an {@link Lstm} in training; a row of gates is i, f, g, o, after backward dz. */
final class LstmTraining implements TrainingCell {
  private final int features;
  private final int units;
  private final int gateUnits;
  private final boolean inputGradient;
  private final LstmCell cell;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long kernelAt;
  private final long recurrentAt;
  private final long biasAt; // NONE without
  private final PackedMatrix kernel; // (features, 4 * units)
  private final PackedMatrix recurrent; // (units, 4 * units)
  private final PackedMatrix kernelTransposed; // (4 * units, features)
  private final PackedMatrix recurrentTransposed; // (4 * units, units)
  private final MemorySegment scratch; // (parts, 2 * units)
  private final GradientShare[] shares;

  LstmTraining(Lstm layer, TrainingPlace place) {
    LayerWeights own = place.weights();
    this.features = place.below().width();
    this.units = layer.units();
    this.gateUnits = 4 * units;
    this.inputGradient = place.below().wantsGradient();
    this.cell = new LstmCell(units, layer.activation(), layer.recurrentActivation());
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.recurrentAt = own.offset(WeightSpec.RECURRENT_KERNEL);
    this.biasAt = own.offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.ofGates(arena, features, gateUnits);
    this.recurrent = PackedMatrix.ofGates(arena, units, gateUnits);
    this.kernelTransposed = PackedMatrix.of(arena, gateUnits, features);
    this.recurrentTransposed = PackedMatrix.of(arena, gateUnits, units);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize());
    this.shares = GradientShare.of(gateUnits, place.parts());
  }

  private long scratchSize() {
    return Blocks.align(2L * units);
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
    return true;
  }

  @Override
  public int gates() {
    return gateUnits;
  }

  @Override
  public int packs() {
    return inputGradient ? 4 : 3;
  }

  @Override
  public void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, gateUnits);
      case 1 -> recurrent.pack(weights, recurrentAt, gateUnits);
      case 2 -> recurrentTransposed.packTransposed(weights, recurrentAt, gateUnits);
      default -> kernelTransposed.packTransposed(weights, kernelAt, gateUnits);
    }
  }

  @Override
  public void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    if (hasBias()) {
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernel, weights, biasAt, gates, gate, gateUnits);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gate, gateUnits);
    }
  }

  @Override
  public void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment h = states.h();
    MemorySegment c = states.c();
    cell.forward(rows, recurrent, h, from, c, from, states.gates(), gate, c, to, h, to);
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
    MemorySegment c = states.c();
    MemorySegment gates = states.gates();
    long room = part * scratchSize();
    cell.backward(
        rows, c, from, c, to, dh, dhOffset, carried, carriedOffset, gates, gate, scratch, room);
  }

  @Override
  public void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    if (add) {
      Sgemm.multiplyAdd(rows, gates, gate, gateUnits, recurrentTransposed, dh, dhOffset, units);
    } else {
      Sgemm.multiply(rows, gates, gate, gateUnits, recurrentTransposed, dh, dhOffset, units);
    }
  }

  @Override
  public void inputGradient(
      int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    Sgemm.multiply(rows, gates, gate, gateUnits, kernelTransposed, dx, dxOffset, features);
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
