package dev.lanewise.lstm.run;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.Cancellation;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.memory.ReusedArena;
import dev.lanewise.lstm.memory.SharedRows;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.Workers;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model with their weights packed, and the loop that runs a call's samples through
 * them, some at a time. Immutable but for {@link #pack} and the workspaces that it keeps;
 * thread-safe.
 */
public final class ForwardBlocks {
  /**
   * Samples that run side by side: past these, weights are reused enough and caches are too small.
   */
  private static final int BLOCK_ROWS = 128;

  private final Wiring wiring;
  private final WeightFormat format;
  private final ReusedArena memory = new ReusedArena(); // of the packed weights
  private final ForwardNode[] nodes;
  private final WorkspacePool pool;
  private final SharedRows sharedRows = new SharedRows(); // for the one call that has helpers

  /**
   * Packs the weights; keeps the workspaces of so many threads' last calls.
   *
   * @param weights of each layer, by its number, until the next ones are asked for
   */
  public ForwardBlocks(
      Wiring wiring, IntFunction<LayerWeights> weights, WeightFormat format, int threads) {
    this.wiring = wiring;
    this.format = format;
    this.nodes = new ForwardNode[wiring.calls().size()];
    this.pool = new WorkspacePool(wiring, nodes, 2 * threads + 2);
    pack(weights);
  }

  /**
   * Packs the weights in place of those before. For an owner who has handed them to nobody, and
   * while no call is under way.
   *
   * @param weights of each layer, by its number, until the next ones are asked for
   */
  public void pack(IntFunction<LayerWeights> weights) {
    memory.rewind();
    for (Wiring.Call call : wiring.calls()) {
      nodes[call.place()] = node(call, weights);
    }
    pool.forgetLayers();
  }

  private ForwardNode node(Wiring.Call call, IntFunction<LayerWeights> weights) {
    Merger merger = call.merger();
    if (merger != null) {
      return new MergeNode(wiring, call, merger);
    }
    if (call.packed() >= 0) {
      return nodes[call.packed()].again(wiring, call);
    }
    LayerWeights own = weights.apply(call.weights()).in(format, memory);
    return new LayerNode(wiring, call, call.packs().apply(own));
  }

  /** The calls, from the first to the last. Not to be modified. */
  public ForwardNode[] nodes() {
    return nodes;
  }

  /** The most rows of a block, of so many samples that a thread gets. */
  static int blockRows(long samples) {
    long blocks = Math.ceilDiv(samples, BLOCK_ROWS);
    return blocks == 0 ? 0 : (int) Math.ceilDiv(samples, blocks);
  }

  /** The bytes of a workspace, without making it. */
  long workspaceBytes(int[] steps, int rows) {
    return ForwardWorkspace.bytes(wiring, nodes, steps, rows);
  }

  /** The bytes of the workspaces that calls have left. */
  public long idleBytes() {
    return pool.size();
  }

  /** The bytes of the packed weights. */
  public long weightBytes() {
    long total = 0;
    Set<ForwardLayer> packed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ForwardNode node : nodes) {
      total += packed.add(node.layer()) ? node.layer().weightBytes() : 0;
    }
    return total;
  }

  /** Whether a layer gains from sharing out the units of its steps, of so many samples. */
  public boolean canShareSteps(int steps, long samples) {
    int rows = (int) Math.min(samples, BLOCK_ROWS);
    for (ForwardNode node : nodes) {
      if (node.layer().sharesSteps(steps, rows)) {
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
      ForwardCall call,
      long from,
      long to,
      @Nullable Workers helpers,
      @Nullable Cancellation stop) {
    if (from == to) {
      return;
    }
    ForwardWorkspace workspace = pool.take(call.inputSteps, blockRows(to - from));
    try {
      workspace.team(helpers);
      workspace.begin(wiring, call);
      long blocks = Math.ceilDiv(to - from, BLOCK_ROWS);
      long first = from;
      for (long block = 0; block < blocks; block++) {
        if (block > 0) {
          Cancellation.check(stop);
        }
        int rows = (int) Math.ceilDiv(to - first, blocks - block);
        runBlock(workspace, call, first, rows, helpers);
        first += rows;
      }
    } finally {
      workspace.end();
      pool.giveBack(workspace);
    }
  }

  private void runBlock(
      ForwardWorkspace workspace,
      ForwardCall call,
      long first,
      int rows,
      @Nullable Workers helpers) {
    for (int port = 0; port < workspace.inputs.length; port++) {
      StepMask padding = workspace.masks[port];
      padding.begin(workspace.steps[port], rows);
      LiveSteps mask = call.mask(port);
      for (int row = 0; row < rows && mask != null; row++) {
        mask.read((int) (first + row), 0, mask.timesteps(), padding, row);
      }
      sharedRows.read(helpers, workspace.x[port], first, rows, workspace.inputs[port]);
    }
    for (ForwardNode node : nodes) {
      node.run(workspace, rows, call.extras(), first);
    }
    for (int i = 0; i < workspace.y.length; i++) {
      int value = wiring.outputs()[i];
      sharedRows.write(
          helpers, workspace.y[i], first, rows, workspace.memory[value], workspace.offset[value]);
      Extras extras = call.extras();
      if (extras != null) {
        extras.keepPadding(
            i, workspace.masks[wiring.masks()[value]], workspace.steps[value], rows, first);
      }
    }
  }
}
