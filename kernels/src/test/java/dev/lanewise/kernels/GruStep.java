package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A GRU step's operands, and what it is given backward. What lies between the gates is NaN; what
 * lies around an operand is seen to by {@link Block}.
 */
final class GruStep {

  static final int N = 0;
  static final int Z = 1;
  static final int R = 2;
  static final int Q = 3;

  final int rows;
  final int units;
  final int stride;
  final Block u;
  final Block hPrevious;
  final Block gates;
  final Block h;
  final Block dh;
  final Block carried;
  final Block scratch;
  final PackedMatrix recurrent;

  GruStep(Arena arena, int rows, int units, int stride, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.rows = rows;
    this.units = units;
    this.stride = stride;
    u = Block.matrix(arena, units, 3 * units).random(random, 1f / (float) Math.sqrt(units + 1));
    hPrevious = Block.dense(arena, rows, units).random(random);
    gates = Block.dense(arena, rows, 4 * stride).fill(Float.NaN);
    h = Block.dense(arena, rows, units).fill(Float.NaN);
    dh = Block.dense(arena, rows, units).random(random);
    carried = Block.dense(arena, rows, units).random(random);
    scratch = Block.vector(arena, 2 * units).fill(Float.NaN);
    recurrent =
        PackedMatrix.ofGates(arena, units, 3 * units, 3, WeightFormat.FLOAT32)
            .pack(u.segment, u.offset, u.ld);
    for (int row = 0; row < rows; row++) {
      for (int gate = N; gate <= Q; gate++) {
        for (int j = 0; j < units; j++) {
          gates.set(row, gate * stride + j, 2f * (2f * random.nextFloat() - 1f));
        }
      }
    }
  }

  /** Row {@code row} of another step, alone. */
  GruStep(Arena arena, GruStep all, int row) {
    rows = 1;
    units = all.units;
    stride = all.stride;
    u = all.u;
    recurrent = all.recurrent;
    hPrevious = row(arena, all.hPrevious, row, units);
    gates = row(arena, all.gates, row, 4 * stride);
    h = row(arena, all.h, row, units);
    dh = row(arena, all.dh, row, units);
    carried = row(arena, all.carried, row, units);
    scratch = Block.vector(arena, 2 * units);
  }

  private static Block row(Arena arena, Block block, int row, int columns) {
    Block one = Block.dense(arena, 1, columns);
    for (int j = 0; j < columns; j++) {
      one.set(0, j, block.get(row, j));
    }
    return one;
  }

  GruCell cell(Activation activation, Activation recurrentActivation) {
    return new GruCell(units, stride, activation, recurrentActivation);
  }

  void forward(GruCell cell) {
    forward(cell, recurrent);
  }

  /** The step of the units that a part of U holds. */
  void forward(GruCell cell, PackedMatrix part) {
    cell.forward(
        rows,
        part,
        hPrevious.segment,
        hPrevious.offset,
        gates.segment,
        gates.offset,
        h.segment,
        h.offset);
  }

  /** By an implementation itself, whose strips hold U. */
  void forward(GruCellKernel kernel, PackedStrips strips) {
    kernel.forward(
        rows,
        stride,
        strips,
        hPrevious.segment,
        hPrevious.offset,
        gates.segment,
        gates.offset,
        h.segment,
        h.offset);
  }

  void backward(GruCell cell) {
    cell.backward(
        rows,
        hPrevious.segment,
        hPrevious.offset,
        dh.segment,
        dh.offset,
        carried.segment,
        carried.offset,
        gates.segment,
        gates.offset,
        scratch.segment,
        scratch.offset);
  }

  void backward(GruCellKernel kernel) {
    kernel.backward(
        rows,
        units,
        stride,
        hPrevious.segment,
        hPrevious.offset,
        dh.segment,
        dh.offset,
        carried.segment,
        carried.offset,
        gates.segment,
        gates.offset,
        scratch.segment,
        scratch.offset);
  }

  float gate(int row, int gate, int unit) {
    return gates.get(row, gate * stride + unit);
  }

  /** The gates without what lies between them, row by row. */
  float[] gates() {
    float[] values = new float[4 * rows * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = gate(i / (4 * units), i / units % 4, i % units);
    }
    return values;
  }

  /** What {@link GruReference} begins from, before {@link #forward}. */
  double[] before(int row) {
    double[] before = new double[4 * units];
    for (int i = 0; i < before.length; i++) {
      before[i] = gate(row, i / units, i % units);
      for (int p = 0; p < units && i >= units; p++) {
        before[i] += (double) hPrevious.get(row, p) * u.get(p, i - units);
      }
    }
    return before;
  }

  /** How far the sums of a row that are z, r and q may lie from {@link #before}. */
  double error(int row) {
    double most = 0;
    for (int j = 0; j < 3 * units; j++) {
      double magnitude = Math.abs(gate(row, 1 + j / units, j % units));
      for (int p = 0; p < units; p++) {
        magnitude += Math.abs((double) hPrevious.get(row, p) * u.get(p, j));
      }
      most = Math.max(most, magnitude);
    }
    return Tolerance.forward(units + 1, most);
  }

  /** The gradient with respect to h_t of a row, what is carried included. */
  double[] d(int row) {
    double[] d = new double[units];
    for (int j = 0; j < units; j++) {
      d[j] = (double) dh.get(row, j) + carried.get(row, j);
    }
    return d;
  }

  double[] row(Block block, int row) {
    double[] values = new double[units];
    for (int j = 0; j < units; j++) {
      values[j] = block.get(row, j);
    }
    return values;
  }

  void assertMarginsUntouched() {
    for (Block block : List.of(u, hPrevious, gates, h, dh, carried, scratch)) {
      block.assertMarginUntouched();
    }
  }
}
