package dev.lanewise.lstm.memory;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A team of threads that splits one task after another: the caller takes part 0, and each call
 * returns when every part is done. Between tasks the others spin for a moment, then park. A task
 * costs no allocation.
 *
 * <p>A thread claims its part before it begins. What nobody has claimed a moment after the caller
 * is done, the caller does itself. Where all processors are busy, the caller never waits for a
 * thread that gets none. A team then costs little more than no team.
 *
 * <p>One caller at a time.
 */
public final class Workers implements AutoCloseable {
  /** About ten microseconds: longer than the caller takes from one task of a batch to the next. */
  private static final int SPINS = 2000;

  /** How often the caller looks for the others before it does their parts itself. */
  private static final int PATIENCE = 200;

  /** Work that is divided into parts. */
  public interface Task {
    /** Does one part; runs on any thread, each part once. */
    void run(int part, int parts);
  }

  /**
   * Counters that different threads write lie two cache lines apart, or each would slow the rest.
   */
  private static final int APART = 32;

  private static final int GENERATION = APART; // how many tasks there were
  private static final int PENDING = 2 * APART; // parts that have not ended
  private static final int CLAIMED = 3 * APART; // of each member, its last generation

  /**
   * The caller alone. Keeps nothing of a task, so that any number of callers may use it at once.
   */
  public static final Workers ALONE = new Workers(1);

  private final AtomicIntegerArray counters;
  private final Member[] members;
  private int limit; // threads that the caller at hand may use
  private boolean absent; // whether a part of the last task was left to the caller
  private @Nullable Task task;
  private int parts;
  private volatile boolean closed;
  private volatile @Nullable Thread waiting;
  private volatile @Nullable Throwable failure;

  /** A team of {@code threads}, the caller included. */
  public Workers(int threads) {
    this(threads, Thread::start);
  }

  /**
   * A team whose threads are started in a way of the caller's. Where one cannot be, those that were
   * are ended, and what was thrown goes on.
   */
  public Workers(int threads, Consumer<Thread> starter) {
    this.members = new Member[Math.max(0, threads - 1)];
    this.counters = new AtomicIntegerArray(CLAIMED + (members.length + 1) * APART);
    this.limit = members.length + 1;
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(i + 1);
    }
    boolean whole = false;
    try {
      for (Member member : members) {
        starter.accept(member.thread);
      }
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /** The threads that the caller at hand may use, itself included. */
  public int threads() {
    return limit;
  }

  /** The threads that there are, the caller included. */
  int size() {
    return members.length + 1;
  }

  /** Lets the caller at hand use so many threads, or all where they are fewer. */
  void limit(int threads) {
    limit = Math.clamp(threads, 1, size());
  }

  /** Whether every part of the last task has ended; no, where its caller ran out of stack. */
  boolean isIdle() {
    return counters.get(PENDING) == 0;
  }

  /** A thread of the team that is not the caller; the caller itself in a team of one. */
  public Thread other() {
    return members.length == 0 ? Thread.currentThread() : members[0].thread;
  }

  /**
   * Runs a task in so many parts, at most {@link #threads()}.
   *
   * <p>What a part throws is thrown here, once every part has ended.
   */
  public void run(int wanted, Task work) {
    if (wanted <= 1 || members.length == 0) {
      work.run(0, 1);
      return;
    }
    int next = counters.get(GENERATION) + 1; // only this thread writes it
    task = work;
    failure = null; // left by a task whose part 0 threw as well
    parts = Math.min(wanted, threads());
    counters.set(PENDING, parts - 1);
    for (int part = parts; part <= members.length; part++) {
      counters.set(members[part - 1].claimed, next); // there is none
    }
    counters.set(GENERATION, next); // publishes the fields above
    for (Member member : members) {
      if (member.part < parts && member.parked) {
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
    int patience = absent ? 0 : PATIENCE;
    for (int spin = 0; spin < SPINS && counters.get(PENDING) > 0; spin++) {
      if (spin == patience) {
        takeOver();
      }
      Thread.onSpinWait();
    }
    if (counters.get(PENDING) > 0) {
      waiting = Thread.currentThread();
      while (counters.get(PENDING) > 0) {
        LockSupport.park(this);
      }
      waiting = null;
    }
  }

  /** Does the parts that nobody has begun. */
  private void takeOver() {
    boolean any = false;
    for (Member member : members) {
      if (member.claim(counters.get(GENERATION))) {
        any = true;
        member.runPart();
      }
    }
    absent = any;
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
    }
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
    private final int claimed; // its counter
    private volatile boolean parked;

    Member(int part) {
      this.part = part;
      this.claimed = CLAIMED + part * APART;
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name("lanewise-" + part)
              .inheritInheritableThreadLocals(false) // nor a class loader of whoever came first
              .unstarted(this);
    }

    @Override
    public void run() {
      for (int seen = 0; await(seen); ) {
        seen = counters.get(GENERATION);
        if (claim(seen)) {
          runPart();
        }
      }
    }

    /**
     * Whether the calling thread, and no other, is to do this member's part of a generation. No,
     * where a thread that was held up asks for one that is over.
     */
    boolean claim(int wanted) {
      int last = counters.get(claimed);
      return wanted - last > 0 && counters.compareAndSet(claimed, last, wanted);
    }

    /**
     * Does the part. A method of its own: a local of {@link #run} would keep the task reachable
     * while parked.
     */
    void runPart() {
      try {
        Task work = task;
        if (work != null) {
          work.run(part, parts);
        }
      } catch (Throwable thrown) { // the caller rethrows it
        failure = thrown;
      } finally {
        finish();
      }
    }

    private void finish() {
      if (counters.decrementAndGet(PENDING) == 0) {
        Thread caller = waiting;
        if (caller != null) {
          LockSupport.unpark(caller);
        }
      }
    }

    /** Waits for the generation after {@code seen}; false when the team is closed. */
    private boolean await(int seen) {
      for (int spin = 0; spin < SPINS; spin++) {
        if (counters.get(GENERATION) != seen || closed) {
          return !closed;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (counters.get(GENERATION) == seen && !closed) {
        LockSupport.park(Workers.this);
      }
      parked = false;
      return !closed;
    }
  }
}
