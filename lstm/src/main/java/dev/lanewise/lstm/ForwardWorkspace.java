package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The memory that one thread predicts in, for up to so many steps of so many rows. */
final class ForwardWorkspace {
  private final int steps;
  private final int rows;
  private final long size;
  final MemorySegment input; // (steps, rows, features)
  final MemorySegment[] scratch; // one a layer
  final SampleView x = new SampleView();
  final SampleView y = new SampleView();

  ForwardWorkspace(ForwardLayer[] layers, int features, int steps, int rows) {
    this.steps = steps;
    this.rows = rows;
    Arena arena = Arena.ofAuto();
    this.input = Blocks.allocate(arena, Math.multiplyExact((long) steps * rows, features));
    this.scratch = new MemorySegment[layers.length];
    long total = input.byteSize();
    for (int layer = 0; layer < layers.length; layer++) {
      scratch[layer] = Blocks.allocate(arena, layers[layer].scratchSize(steps, rows));
      total += scratch[layer].byteSize();
    }
    this.size = total;
  }

  boolean fits(int wantedSteps, int wantedRows) {
    return steps >= wantedSteps && rows >= wantedRows;
  }

  /** In bytes. */
  long size() {
    return size;
  }
}
