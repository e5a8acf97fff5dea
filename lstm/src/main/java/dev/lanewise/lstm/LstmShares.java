package dev.lanewise.lstm;

import dev.lanewise.kernels.PackedMatrix;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an LSTM layer shared out by units: each thread of a team computes all gates of its
 * own units, for all rows, so that a thread's part of the weights stays in its own cache. Made once
 * a scratch; a step allocates nothing.
 */
final class LstmShares implements Workers.Task {
  private final LstmForward layer;
  private final Workers team;
  private final PackedMatrix[] kernels; // one a thread
  private final PackedMatrix[] recurrents; // one a thread
  private @Nullable MemorySegment in;
  private @Nullable MemorySegment memory;
  private int inputs;
  private long inOffset;
  private long gatesOffset;
  private int rows;
  private long h;
  private long gate;
  private long next;

  LstmShares(LstmForward layer, Workers team, PackedMatrix kernel, PackedMatrix recurrent) {
    this.layer = layer;
    this.team = team;
    int parts = team.threads();
    this.kernels = new PackedMatrix[parts];
    this.recurrents = new PackedMatrix[parts];
    for (int part = 0; part < parts; part++) {
      kernels[part] = kernel.part(part, parts);
      recurrents[part] = recurrent.part(part, parts);
    }
  }

  boolean isOf(Workers other) {
    return team == other;
  }

  /** The product of the next steps with the kernel, which the next {@link #step} begins with. */
  void project(int rowsOfSteps, MemorySegment x, long xOffset, long toGates) {
    inputs = rowsOfSteps;
    in = x;
    inOffset = xOffset;
    gatesOffset = toGates;
  }

  /** One step of all threads, from h to {@code nextH} in the layer's memory. */
  void step(int batch, MemorySegment scratch, long fromH, long gates, long nextH) {
    memory = scratch;
    rows = batch;
    h = fromH;
    gate = gates;
    next = nextH;
    try {
      team.run(kernels.length, this);
    } finally {
      inputs = 0;
      in = null;
      memory = null;
    }
  }

  @Override
  public void run(int part, int parts) {
    MemorySegment x = in;
    MemorySegment to = memory;
    if (to == null) {
      return;
    }
    if (x != null) {
      layer.project(inputs, x, inOffset, kernels[part], to, gatesOffset);
    }
    layer.cell(rows, recurrents[part], to, h, gate, next, 0);
  }
}
