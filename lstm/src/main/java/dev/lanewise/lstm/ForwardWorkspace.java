package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The memory that one thread predicts in, for up to so many steps of so many rows. */
final class ForwardWorkspace {
  private final int steps;
  private final int rows;
  private final long size;
  final MemorySegment input; // (steps, rows, features)
  final LayerScratch[] scratch; // one a layer
  final StepMask mask = new StepMask();
  final SampleView x = new SampleView();
  final SampleView y = new SampleView();

  ForwardWorkspace(LayerShapes shapes, ForwardLayer[] layers, int steps, int rows) {
    this.steps = steps;
    this.rows = rows;
    Arena arena = Arena.ofAuto();
    this.input = Blocks.allocate(arena, (long) Sizes.rows(steps, rows) * shapes.features());
    this.scratch = new LayerScratch[layers.length];
    long total = input.byteSize();
    int left = steps;
    for (int layer = 0; layer < layers.length; layer++) {
      Sizes.rows(left, rows);
      scratch[layer] = new LayerScratch(arena, layers[layer], left, rows);
      total += scratch[layer].size();
      left = shapes.stepsAfter(layer, left);
    }
    this.size = total;
  }

  /** Lends a team to the call at hand; null takes it back. */
  void team(@Nullable Workers lent) {
    for (LayerScratch each : scratch) {
      each.team(lent);
    }
  }

  /** Lets go of what belongs to the call at hand. */
  void end() {
    mask.drop();
    team(null);
    x.clear();
    y.clear();
  }

  /** Forgets what it keeps of layers in whose places others are. */
  void forgetLayers() {
    for (LayerScratch each : scratch) {
      each.forgetShares();
    }
  }

  /** The bytes of one, without making it. */
  static long bytes(LayerShapes shapes, ForwardLayer[] layers, int steps, int rows) {
    long total = Blocks.bytes((long) Sizes.rows(steps, rows) * shapes.features());
    int left = steps;
    for (int layer = 0; layer < layers.length; layer++) {
      Sizes.rows(left, rows);
      total += LayerScratch.bytes(layers[layer], left, rows);
      left = shapes.stepsAfter(layer, left);
    }
    return total;
  }

  boolean fits(int wantedSteps, int wantedRows) {
    return steps >= wantedSteps && rows >= wantedRows;
  }

  /** In bytes. */
  long size() {
    return size;
  }
}
