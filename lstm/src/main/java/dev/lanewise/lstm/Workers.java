package dev.lanewise.lstm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A team of threads that splits one task after another: the caller takes part 0, and each call
 * returns when every part is done. Between tasks the others spin for a moment, then park. A task
 * costs no allocation.
 *
 * <p>One caller at a time.
 */
final class Workers implements AutoCloseable {
  /** About ten microseconds: longer than the caller takes from one task of a batch to the next. */
  private static final int SPINS = 2000;

  /** Work that is divided into parts. */
  interface Task {
    /** Does one part; runs on any thread, each part once. */
    void run(int part, int parts);
  }

  private final Member[] members;
  private final AtomicInteger pending = new AtomicInteger();
  private @Nullable Task task;
  private int parts;
  private volatile int generation;
  private volatile boolean closed;
  private volatile @Nullable Thread waiting;
  private volatile @Nullable Throwable failure;

  /** A team of {@code threads}, the caller included. */
  Workers(int threads) {
    this.members = new Member[Math.max(0, threads - 1)];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(i + 1);
    }
    for (Member member : members) {
      member.thread.start();
    }
  }

  /** The number of threads for an option whose 0 means all cores. */
  static int count(int threads) {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The threads, the caller included. */
  int threads() {
    return members.length + 1;
  }

  /** A thread of the team that is not the caller; the caller itself in a team of one. */
  Thread other() {
    return members.length == 0 ? Thread.currentThread() : members[0].thread;
  }

  /**
   * Runs a task in so many parts, at most {@link #threads()}.
   *
   * <p>What a part throws is thrown here, once every part has ended.
   */
  void run(int wanted, Task work) {
    if (wanted <= 1 || members.length == 0) {
      work.run(0, 1);
      return;
    }
    task = work;
    parts = Math.min(wanted, threads());
    pending.set(members.length);
    int next = generation + 1; // only this thread writes it
    generation = next; // publishes the fields above
    for (Member member : members) {
      if (member.parked) {
        LockSupport.unpark(member.thread);
      }
    }
    try {
      work.run(0, parts);
    } finally {
      join();
      task = null;
    }
    rethrow();
  }

  private void join() {
    for (int spin = 0; spin < SPINS && pending.get() > 0; spin++) {
      Thread.onSpinWait();
    }
    if (pending.get() > 0) {
      waiting = Thread.currentThread();
      while (pending.get() > 0) {
        LockSupport.park(this);
      }
      waiting = null;
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    failure = null;
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new AssertionError(thrown);
    }
  }

  /** Ends the threads; none of them may be at work. */
  @Override
  public void close() {
    closed = true;
    for (Member member : members) {
      LockSupport.unpark(member.thread);
    }
  }

  /** One of the threads that are not the caller. */
  private final class Member implements Runnable {
    private final int part;
    private final Thread thread;
    private volatile boolean parked;

    Member(int part) {
      this.part = part;
      this.thread = Thread.ofPlatform().daemon().name("lanewise-" + part).unstarted(this);
    }

    @Override
    public void run() {
      for (int seen = 0; await(seen); seen++) {
        try {
          runPart();
        } catch (Throwable thrown) { // the caller rethrows it
          failure = thrown;
        } finally {
          finish();
        }
      }
    }

    /** A method of its own: a local of {@link #run} would keep the task reachable while parked. */
    private void runPart() {
      Task work = task;
      if (work != null && part < parts) {
        work.run(part, parts);
      }
    }

    private void finish() {
      if (pending.decrementAndGet() == 0) {
        Thread caller = waiting;
        if (caller != null) {
          LockSupport.unpark(caller);
        }
      }
    }

    /** Waits for the generation after {@code seen}; false when the team is closed. */
    private boolean await(int seen) {
      for (int spin = 0; spin < SPINS; spin++) {
        if (generation != seen || closed) {
          return !closed;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (generation == seen && !closed) {
        LockSupport.park(Workers.this);
      }
      parked = false;
      return !closed;
    }
  }
}
