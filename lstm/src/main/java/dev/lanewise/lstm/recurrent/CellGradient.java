package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.train.GradientShare;
import java.lang.foreign.MemorySegment;

/**
 * The gradients of weights from some columns dz of the rows of gates: {@code x^T dz}, {@code
 * h_{t-1}^T dz}, and the sum of dz. Threads compute different parts of them at once. Allocates
 * nothing in a step.
 */
final class CellGradient {
  private final TrainingCell cell;
  private final GradientShare[] shares;
  private final long column; // of a row of gates, where dz begins
  private long kernelAt = LayerWeights.NONE;
  private long recurrentAt = LayerWeights.NONE;
  private long innerAt = LayerWeights.NONE;
  private long innerColumn;
  private long[] sumsAt = {};

  /** Of n columns from {@code column} on, in gradients whose rows have {@code rowOfGradient}. */
  CellGradient(TrainingCell cell, long column, int n, int rowOfGradient, int parts) {
    this.cell = cell;
    this.column = column;
    this.shares = GradientShare.of(n, cell.rowOfGates, rowOfGradient, parts);
  }

  /** With {@code x^T dz}, (features, n). */
  CellGradient ofInput(long at) {
    this.kernelAt = at;
    return this;
  }

  /** With {@code h_{t-1}^T dz}, (outputs, n). */
  CellGradient ofState(long at) {
    this.recurrentAt = at;
    return this;
  }

  /** With {@code v^T dz}, (units, n), of the columns v of the gates from {@code from} on. */
  CellGradient ofInner(long from, long at) {
    this.innerColumn = from;
    this.innerAt = at;
    return this;
  }

  /** With the sum of the rows of dz, in each of these places; nowhere without a bias. */
  CellGradient ofOnes(long... at) {
    this.sumsAt = at[0] == LayerWeights.NONE ? new long[0] : at;
    return this;
  }

  /** As {@link TrainingCell#weightGradients}. */
  void apply(
      int part,
      boolean first,
      int rows,
      MemorySegment x,
      long xOffset,
      MemorySegment h,
      long hOffset,
      MemorySegment gates,
      long gate) {
    if (kernelAt != LayerWeights.NONE || recurrentAt != LayerWeights.NONE) {
      GradientShare share = shares[part];
      share.pack(rows, gates, gate + column);
      multiply(share, first, cell.features, x, xOffset, kernelAt);
      multiply(share, first, cell.outputs, h, hOffset, recurrentAt);
    }
    applyInner(part, first, rows, gates, gate);
  }

  private void multiply(
      GradientShare share, boolean first, int width, MemorySegment a, long aOffset, long at) {
    if (at != LayerWeights.NONE) {
      share.multiply(first, width, a, aOffset, cell.gradients, at);
    }
  }

  /** What needs the gates alone. */
  void applyInner(int part, boolean first, int rows, MemorySegment gates, long gate) {
    GradientShare share = shares[part];
    if (innerAt != LayerWeights.NONE) {
      share.pack(rows, gates, gate + column);
      share.multiply(
          first, cell.units, gates, gate + innerColumn, cell.rowOfGates, cell.gradients, innerAt);
    }
    for (long at : sumsAt) {
      share.sum(first, rows, gates, gate + column, cell.gradients, at);
    }
  }

  /** Gradients of 0. */
  void clear(int part) {
    clear(part, cell.features, kernelAt);
    clear(part, cell.outputs, recurrentAt);
    clear(part, cell.units, innerAt);
    for (long at : sumsAt) {
      clear(part, 1, at);
    }
  }

  private void clear(int part, int width, long at) {
    if (at != LayerWeights.NONE) {
      shares[part].clear(width, cell.gradients, at);
    }
  }
}
