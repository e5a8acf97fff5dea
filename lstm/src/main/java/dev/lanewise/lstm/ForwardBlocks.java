package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model with their weights packed, and the loop that runs a call's samples through
 * them, some at a time. Immutable but for the workspaces that it keeps; thread-safe.
 */
final class ForwardBlocks {
  /**
   * Samples that run side by side: past these, weights are reused enough and caches are too small.
   */
  private static final int BLOCK_ROWS = 128;

  private final LayerShapes shapes;
  private final ForwardLayer[] chain;
  private final WorkspacePool pool;
  private final SharedRows sharedRows = new SharedRows(); // for the one call that has helpers

  /** Packs the weights; keeps the workspaces of so many calls. */
  ForwardBlocks(LayerShapes shapes, ModelWeights weights, PredictorOptions options, int kept) {
    List<Layer> layers = shapes.layers();
    this.shapes = shapes;
    this.chain = new ForwardLayer[layers.size()];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = layers.get(i).forward(shapes.before(i), weights.layer(i).in(options.weights()));
    }
    this.pool = new WorkspacePool(shapes, chain, kept);
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
    long blocks = Math.ceilDiv(to - from, BLOCK_ROWS);
    int most = blockRows(to - from);
    long first = from;
    for (long block = 0; block < blocks; block++) {
      if (block > 0) {
        Cancellation.check(stop);
      }
      int rows = (int) Math.ceilDiv(to - first, blocks - block);
      runBlock(x, mask, y, extras, first, rows, most, helpers);
      first += rows;
    }
  }

  private void runBlock(
      Tensor x,
      @Nullable Mask mask,
      Tensor y,
      @Nullable Extras extras,
      long first,
      int rows,
      int most,
      @Nullable Workers helpers) {
    int steps = shapes.steps(x.shape());
    ForwardWorkspace workspace = pool.take(steps, most);
    workspace.team(helpers);
    try {
      workspace.mask.begin(steps, rows);
      read(workspace, x, mask, first, rows, steps, helpers);
      MemorySegment last = workspace.input;
      long offset = 0;
      int left = steps;
      for (int layer = 0; layer < chain.length; layer++) {
        LayerScratch scratch = workspace.scratch[layer];
        offset = chain[layer].forward(left, rows, last, offset, scratch, workspace.mask);
        if (extras != null && extras.keepsState(layer)) {
          extras.keepState(layer, chain[layer].finalStates(left, rows, scratch), first);
        }
        last = chain[layer].output(last, scratch);
        left = shapes.stepsAfter(layer, left);
        if (!shapes.layers().get(layer).passesMask()) {
          workspace.mask.begin(left, rows); // what comes after may mark other steps
        }
      }
      SampleView target = workspace.y.of(y, false, left, shapes.outputFeatures());
      sharedRows.write(helpers, target, first, rows, last, offset);
      if (extras != null) {
        extras.keepPadding(workspace.mask, left, rows, first);
      }
    } finally {
      workspace.mask.drop();
      workspace.team(null);
      pool.giveBack(workspace);
    }
  }

  private void read(
      ForwardWorkspace workspace,
      Tensor x,
      @Nullable Mask mask,
      long first,
      int rows,
      int steps,
      @Nullable Workers helpers) {
    SampleView source =
        shapes.takesIds()
            ? workspace.x.ofIds(x)
            : workspace.x.of(x, false, steps, shapes.features());
    sharedRows.read(helpers, source, first, rows, workspace.input);
    for (int row = 0; row < rows && mask != null; row++) {
      mask.read((int) (first + row), workspace.mask, row);
    }
  }
}
