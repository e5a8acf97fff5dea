package dev.lanewise.lstm.run;

import org.jspecify.annotations.Nullable;

/**
 * The workspaces of a predictor that no thread is using. Taking one that fits and giving it back
 * allocates nothing. Thread-safe.
 *
 * <p>Of too many the one goes that was used longest ago, however large. A call that is repeated
 * finds the workspace of the call before, whatever ran earlier.
 */
public final class WorkspacePool {
  private final Wiring wiring;
  private final ForwardNode[] nodes;
  private final @Nullable ForwardWorkspace[] idle; // the last used last
  private int count;

  /** Keeps at most {@code capacity} idle workspaces, those used last. */
  WorkspacePool(Wiring wiring, ForwardNode[] nodes, int capacity) {
    this.wiring = wiring;
    this.nodes = nodes;
    this.idle = new @Nullable ForwardWorkspace[capacity];
  }

  ForwardWorkspace take(int[] steps, int rows) {
    ForwardWorkspace found = takeIdle(steps, rows);
    return found != null ? found : new ForwardWorkspace(wiring, nodes, steps, rows);
  }

  /** The smallest that fits. */
  private synchronized @Nullable ForwardWorkspace takeIdle(int[] steps, int rows) {
    int best = -1;
    @Nullable ForwardWorkspace found = null;
    for (int i = 0; i < count; i++) {
      ForwardWorkspace candidate = idle[i];
      if (candidate != null
          && candidate.fits(steps, rows)
          && (found == null || candidate.size() < found.size())) {
        best = i;
        found = candidate;
      }
    }
    if (found != null) {
      remove(best);
    }
    return found;
  }

  synchronized void giveBack(ForwardWorkspace workspace) {
    if (count == idle.length) {
      remove(0);
    }
    idle[count++] = workspace;
  }

  /** Forgets what the idle ones keep of layers in whose places others are. */
  synchronized void forgetLayers() {
    for (int i = 0; i < count; i++) {
      ForwardWorkspace workspace = idle[i];
      if (workspace != null) {
        workspace.forgetLayers();
      }
    }
  }

  private void remove(int index) {
    count--;
    System.arraycopy(idle, index + 1, idle, index, count - index);
    idle[count] = null;
  }

  /** In bytes, of those that are idle. */
  synchronized long size() {
    long total = 0;
    for (int i = 0; i < count; i++) {
      ForwardWorkspace workspace = idle[i];
      total += workspace == null ? 0 : workspace.size();
    }
    return total;
  }
}
