package dev.lanewise.lstm;

import org.jspecify.annotations.Nullable;

/**
 * The workspaces of a {@link Predictor} that no thread is using. Taking one that fits and giving it
 * back allocates nothing. Thread-safe.
 */
final class WorkspacePool {
  private final LayerShapes shapes;
  private final ForwardLayer[] layers;
  private final @Nullable ForwardWorkspace[] idle;
  private int count;

  /** Keeps at most {@code capacity} idle workspaces, the largest ones. */
  WorkspacePool(LayerShapes shapes, ForwardLayer[] layers, int capacity) {
    this.shapes = shapes;
    this.layers = layers;
    this.idle = new @Nullable ForwardWorkspace[capacity];
  }

  ForwardWorkspace take(int steps, int rows) {
    ForwardWorkspace found = takeIdle(steps, rows);
    return found != null ? found : new ForwardWorkspace(shapes, layers, steps, rows);
  }

  /** The smallest that fits. */
  private synchronized @Nullable ForwardWorkspace takeIdle(int steps, int rows) {
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
      idle[best] = idle[--count];
      idle[count] = null;
    }
    return found;
  }

  synchronized void giveBack(ForwardWorkspace workspace) {
    workspace.x.clear();
    workspace.y.clear();
    if (count < idle.length) {
      idle[count++] = workspace;
      return;
    }
    int smallest = 0;
    for (int i = 1; i < count; i++) {
      smallest = size(i) < size(smallest) ? i : smallest;
    }
    if (size(smallest) < workspace.size()) {
      idle[smallest] = workspace;
    }
  }

  /** In bytes, of those that are idle. */
  synchronized long size() {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += size(i);
    }
    return total;
  }

  private long size(int index) {
    ForwardWorkspace workspace = idle[index];
    return workspace == null ? 0 : workspace.size();
  }
}
