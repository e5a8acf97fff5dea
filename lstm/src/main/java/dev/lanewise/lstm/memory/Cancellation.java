package dev.lanewise.lstm.memory;

import org.jspecify.annotations.Nullable;

/**
 * Whether a call was interrupted, for all threads that work on it. Looked for between blocks of
 * samples and between batches, where what is written is whole; the thread's flag stays set.
 */
public final class Cancellation {
  private volatile boolean asked;

  /** Forgets the call before. */
  public void clear() {
    asked = false;
  }

  /**
   * Ends the part of a call that the calling thread does, where it is interrupted or, in a shared
   * call, another part was.
   */
  public static void check(@Nullable Cancellation shared) {
    if (Thread.currentThread().isInterrupted()) {
      if (shared != null) {
        shared.asked = true;
      }
      throw MemoryErrors.interrupted();
    }
    if (shared != null && shared.asked) {
      throw MemoryErrors.interrupted();
    }
  }
}
