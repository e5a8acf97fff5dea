package dev.lanewise.lstm;

import org.jspecify.annotations.Nullable;

/** The calls of a {@link Predictor} that are over, kept for later ones. Thread-safe. */
final class SpareCalls {
  private final Plan plan;
  private final @Nullable ForwardCall[] idle;
  private int count;

  SpareCalls(Plan plan, int capacity) {
    this.plan = plan;
    this.idle = new @Nullable ForwardCall[capacity];
  }

  ForwardCall take() {
    ForwardCall found = takeIdle();
    return found == null ? new ForwardCall(plan) : found;
  }

  private synchronized @Nullable ForwardCall takeIdle() {
    if (count == 0) {
      return null;
    }
    ForwardCall found = idle[--count];
    idle[count] = null;
    return found;
  }

  /** Keeps one that is over, where there is room. */
  void giveBack(ForwardCall call) {
    call.clear();
    keep(call);
  }

  private synchronized void keep(ForwardCall call) {
    if (count < idle.length) {
      idle[count++] = call;
    }
  }
}
