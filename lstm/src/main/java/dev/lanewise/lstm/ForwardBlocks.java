package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model with their weights packed, and the loop that runs a call's samples through
 * them, some at a time. Immutable but for {@link #pack} and the workspaces that it keeps;
 * thread-safe.
 */
final class ForwardBlocks {
  /**
   * Samples that run side by side: past these, weights are reused enough and caches are too small.
   */
  private static final int BLOCK_ROWS = 128;

  private final LayerShapes shapes;
  private final WeightFormat format;
  private final ReusedArena memory = new ReusedArena(); // of the packed weights
  private final ForwardLayer[] chain;
  private final WorkspacePool pool;
  private final SharedRows sharedRows = new SharedRows(); // for the one call that has helpers

  /** Packs the weights; keeps the workspaces of so many threads' last calls. */
  ForwardBlocks(LayerShapes shapes, ModelWeights weights, PredictorOptions options, int threads) {
    this.shapes = shapes;
    this.format = options.weights();
    this.chain = new ForwardLayer[shapes.layers().size()];
    this.pool = new WorkspacePool(shapes, chain, 2 * threads + 2);
    pack(weights);
  }

  /**
   * Packs the weights in place of those before. For an owner who has handed them to nobody, and
   * while no call is under way.
   */
  void pack(ModelWeights weights) {
    memory.rewind();
    for (int i = 0; i < chain.length; i++) {
      LayerWeights own = weights.layer(i).in(format, memory);
      chain[i] = shapes.layers().get(i).forward(shapes.before(i), own);
    }
    pool.forgetLayers();
  }

  /** The packed layers, from the first to the last. Not to be modified. */
  ForwardLayer[] chain() {
    return chain;
  }

  /** The most rows of a block, of so many samples that a thread gets. */
  static int blockRows(long samples) {
    long blocks = Math.ceilDiv(samples, BLOCK_ROWS);
    return blocks == 0 ? 0 : (int) Math.ceilDiv(samples, blocks);
  }

  /** The bytes of a workspace, without making it. */
  long workspaceBytes(int steps, int rows) {
    return ForwardWorkspace.bytes(shapes, chain, steps, rows);
  }

  /** The bytes of the workspaces that calls have left. */
  long idleBytes() {
    return pool.size();
  }

  /** The bytes of the packed weights. */
  long weightBytes() {
    long total = 0;
    for (ForwardLayer layer : chain) {
      total += layer.weightBytes();
    }
    return total;
  }

  /** Whether a layer gains from sharing out the units of its steps, of so many samples. */
  boolean canShareSteps(int steps, long samples) {
    int rows = (int) Math.min(samples, BLOCK_ROWS);
    for (ForwardLayer layer : chain) {
      if (layer.sharesSteps(steps, rows)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Predicts the samples of a call from one to before another, on this thread, which may share
   * steps out to helpers.
   *
   * @param stop of the call, where other threads work on it too
   */
  void run(
      Tensor x,
      @Nullable Mask mask,
      Tensor y,
      @Nullable Extras extras,
      long from,
      long to,
      @Nullable Workers helpers,
      @Nullable Cancellation stop) {
    if (from == to) {
      return;
    }
    int steps = shapes.steps(x.shape());
    ForwardWorkspace workspace = pool.take(steps, blockRows(to - from));
    try {
      workspace.team(helpers);
      workspace.y.of(y, false, shapes.outputSteps(steps), shapes.outputFeatures());
      if (shapes.takesIds()) {
        workspace.x.ofIds(x);
      } else {
        workspace.x.of(x, false, steps, shapes.features());
      }
      long blocks = Math.ceilDiv(to - from, BLOCK_ROWS);
      long first = from;
      for (long block = 0; block < blocks; block++) {
        if (block > 0) {
          Cancellation.check(stop);
        }
        int rows = (int) Math.ceilDiv(to - first, blocks - block);
        runBlock(workspace, mask, extras, first, steps, rows, helpers);
        first += rows;
      }
    } finally {
      workspace.end();
      pool.giveBack(workspace);
    }
  }

  private void runBlock(
      ForwardWorkspace workspace,
      @Nullable Mask mask,
      @Nullable Extras extras,
      long first,
      int steps,
      int rows,
      @Nullable Workers helpers) {
    StepMask padding = workspace.mask;
    padding.begin(steps, rows);
    for (int row = 0; row < rows && mask != null; row++) {
      mask.read((int) (first + row), padding, row);
    }
    sharedRows.read(helpers, workspace.x, first, rows, workspace.input);
    MemorySegment last = workspace.input;
    long offset = 0;
    int left = steps;
    for (int layer = 0; layer < chain.length; layer++) {
      LayerScratch scratch = workspace.scratch[layer];
      chain[layer].begin(extras == null ? null : extras.initial(layer, first, rows), scratch);
      offset = chain[layer].forward(left, rows, last, offset, scratch, padding);
      if (extras != null && extras.keepsState(layer)) {
        extras.keepState(layer, chain[layer].finalStates(left, rows, scratch), first);
      }
      last = chain[layer].output(last, scratch);
      left = shapes.stepsAfter(layer, left);
      if (!shapes.layers().get(layer).passesMask()) {
        padding.begin(left, rows); // what comes after may mark other steps
      }
    }
    sharedRows.write(helpers, workspace.y, first, rows, last, offset);
    if (extras != null) {
      extras.keepPadding(padding, left, rows, first);
    }
  }
}
