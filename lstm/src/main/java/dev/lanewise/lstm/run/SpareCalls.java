package dev.lanewise.lstm.run;

import org.jspecify.annotations.Nullable;

/** The calls of a predictor that are over, kept for later ones. Thread-safe. */
public final class SpareCalls {
  private final Wiring wiring;
  private final @Nullable ForwardCall[] idle;
  private int count;

  public SpareCalls(Wiring wiring, int capacity) {
    this.wiring = wiring;
    this.idle = new @Nullable ForwardCall[capacity];
  }

  public ForwardCall take() {
    ForwardCall found = takeIdle();
    return found == null ? new ForwardCall(wiring) : found;
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
  public void giveBack(ForwardCall call) {
    call.clear();
    keep(call);
  }

  private synchronized void keep(ForwardCall call) {
    if (count < idle.length) {
      idle[count++] = call;
    }
  }
}
