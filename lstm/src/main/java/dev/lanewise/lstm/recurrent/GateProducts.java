package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.recurrent.GateLayout.Gate;
import dev.lanewise.lstm.train.GradientShare;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The products of a cell by one of its weights, gate by gate, each from a left side of its own.
 * Allocates nothing in a step.
 */
final class GateProducts {
  private final TrainingCell cell;
  private final List<Gate> gates;
  private final long inputs;
  private final int width;
  private final int columns; // of the weight
  private final long weightAt;
  private final PackedMatrix[] matrices; // by gate: (width, units)
  private final PackedMatrix[] transposed; // by gate: (units, width)
  private final GradientShare[][] shares; // by gate, then by part

  /**
   * Of the weight (width, columns) of a cell that begins at {@code weightAt}.
   *
   * @param inputs as {@link GateLayout#inputs}
   */
  GateProducts(
      TrainingCell cell,
      List<Gate> gates,
      long inputs,
      int width,
      int columns,
      long weightAt,
      int parts) {
    this.cell = cell;
    this.gates = gates;
    this.inputs = inputs;
    this.width = width;
    this.columns = columns;
    this.weightAt = weightAt;
    this.matrices = new PackedMatrix[gates.size()];
    this.transposed = new PackedMatrix[gates.size()];
    this.shares = new GradientShare[gates.size()][];
    Arena arena = Arena.ofAuto();
    for (int i = 0; i < matrices.length; i++) {
      matrices[i] = PackedMatrix.of(arena, width, cell.units);
      transposed[i] = PackedMatrix.of(arena, cell.units, width);
      shares[i] = GradientShare.of(cell.units, cell.rowOfGates, columns, parts);
    }
  }

  int count() {
    return matrices.length;
  }

  /** Packs all of it from the master weights. */
  void pack() {
    for (int i = 0; i < matrices.length; i++) {
      long at = weightAt + column(i);
      matrices[i].pack(cell.weights, at, columns);
      transposed[i].packTransposed(cell.weights, at, columns);
    }
  }

  private long place(int gate) {
    return (long) gates.get(gate).place() * cell.units;
  }

  private long column(int gate) {
    return (long) gates.get(gate).column() * cell.units;
  }

  /**
   * Adds {@code a W} of one gate.
   *
   * @param a (rows, width). Not modified.
   * @param z (rows, rowOfGates). Accumulated into, where the gate's input is.
   */
  void add(int gate, int rows, MemorySegment a, long aOffset, MemorySegment z, long zOffset) {
    long to = zOffset + inputs + place(gate);
    Sgemm.multiplyAdd(rows, a, aOffset, width, matrices[gate], z, to, cell.rowOfGates);
  }

  /**
   * {@code da = dz W^T} of one gate.
   *
   * @param dz (rows, rowOfGates). Not modified.
   * @param da (rows, width). Overwritten.
   */
  void transposed(
      int gate, int rows, MemorySegment dz, long dzOffset, MemorySegment da, long daOffset) {
    long from = dzOffset + place(gate);
    Sgemm.multiply(rows, dz, from, cell.rowOfGates, transposed[gate], da, daOffset, width);
  }

  /**
   * The gradients of the weight from some rows of any steps, one thread's share of the columns.
   *
   * @param first whether they are overwritten rather than added to
   * @param a by gate, or one for all: (rows, width). Not modified.
   * @param dz (rows, rowOfGates). Not modified.
   */
  void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment[] a,
      long aOffset,
      MemorySegment dz,
      long dzOffset) {
    for (int i = 0; i < shares.length; i++) {
      MemorySegment from = a[a.length == 1 ? 0 : i];
      GradientShare share = shares[i][part];
      share.pack(rows, dz, dzOffset + place(i));
      share.multiply(first, width, from, aOffset, cell.gradients, weightAt + column(i));
    }
  }

  /** The gradients of a bias that begins at {@code biasAt}, as above. */
  void biasGradients(
      int part, boolean first, int rows, MemorySegment dz, long dzOffset, long biasAt) {
    for (int i = 0; i < shares.length; i++) {
      GradientShare share = shares[i][part];
      share.sum(first, rows, dz, dzOffset + place(i), cell.gradients, biasAt + column(i));
    }
  }
}
