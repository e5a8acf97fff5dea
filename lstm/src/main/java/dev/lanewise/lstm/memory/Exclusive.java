package dev.lanewise.lstm.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out when two threads use at once what is for one at a time, or one what was closed. Holds
 * the user's id and not the thread, which would cost the collectors' barriers at each use.
 */
public final class Exclusive {
  private static final long FREE = 0; // no thread has this id
  private static final long CLOSED = -1;

  private final String owner;
  private final String anew;
  private final AtomicLong user = new AtomicLong(FREE);

  /**
   * Of one object.
   *
   * @param owner what errors call it: {@code Stream}
   * @param anew the call that makes another
   */
  public Exclusive(String owner, String anew) {
    this.owner = owner;
    this.anew = anew;
  }

  /** Begins a use; {@link #leave} ends it. */
  public void enter(String operation) {
    if (!user.compareAndSet(FREE, Thread.currentThread().threadId())) {
      throw refusal(operation, user.get());
    }
  }

  public void leave() {
    user.setRelease(FREE);
  }

  /** Refuses all uses from now on; false where it did already. Not while one is under way. */
  public boolean close() {
    if (user.compareAndSet(FREE, CLOSED)) {
      return true;
    }
    long present = user.get();
    if (present != CLOSED) {
      throw refusal(owner + ".close", present);
    }
    return false;
  }

  private IllegalStateException refusal(String operation, long present) {
    if (present == CLOSED) {
      return MemoryErrors.closed(operation, owner, anew);
    }
    return MemoryErrors.inUse(operation, owner, anew, present);
  }
}
