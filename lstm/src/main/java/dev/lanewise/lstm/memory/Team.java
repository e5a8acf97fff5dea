package dev.lanewise.lstm.memory;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that are lent to one call at a time; a call that finds them lent stays on its own thread.
 * They are started when first wanted. Lending costs no allocation. Thread-safe.
 *
 * <p>The process has one for all who bring none of their own, with no more threads than processors.
 * However many predictors there are, they do not crowd each other out.
 */
public final class Team implements AutoCloseable {
  /** More would do no work that pays for them on any machine. */
  static final int MOST = 1024;

  /** How long after threads could not be started it is tried again. */
  private static final long RETRY_NANOS = 10_000_000_000L;

  private static final Team SHARED = new Team();

  /** Apart, as it starts a thread, which the one of the process does not need. */
  private static final class Cleaning {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private final Consumer<Thread> starter;
  private final AtomicBoolean lent = new AtomicBoolean();
  private @Nullable Workers workers; // whoever is lent them reads and writes these
  private boolean failed;
  private long failedAt;
  private volatile boolean closed;

  public Team() {
    this(Thread::start);
  }

  /** With threads that are started in a way of the caller's. */
  public Team(Consumer<Thread> starter) {
    this.starter = starter;
  }

  /** The one of the process; nobody closes it. */
  public static Team shared() {
    return SHARED;
  }

  /** The threads that a call may use for an option, whose 0 stands for all processors. */
  public static int threads(int option, boolean own) {
    int processors = Runtime.getRuntime().availableProcessors();
    return option == 0 ? processors : Math.min(option, own ? MOST : processors);
  }

  /** Ends the threads when their owner, which must not be reachable from here, is not reachable. */
  public Team endWith(Object owner) {
    Cleaning.CLEANER.register(owner, this::close);
    return this;
  }

  /**
   * Lends the threads, at most so many with the caller's; {@link #giveBack} ends that.
   *
   * @return null where they are lent already, cannot be started, or are ended
   */
  public @Nullable Workers lend(int threads) {
    if (threads < 2 || closed || !lent.compareAndSet(false, true)) {
      return null;
    }
    Workers present = null;
    try {
      present = atLeast(threads);
    } finally {
      if (present == null) {
        giveBack();
      }
    }
    return present;
  }

  private @Nullable Workers atLeast(int threads) {
    Workers present = workers;
    if (present == null || present.size() < threads) {
      if (closed || (failed && System.nanoTime() - failedAt < RETRY_NANOS)) {
        return null;
      }
      end();
      present = started(threads);
      workers = present;
    }
    if (present != null) {
      present.limit(threads);
    }
    return present;
  }

  private @Nullable Workers started(int threads) {
    try {
      Workers made = new Workers(threads, starter);
      failed = false;
      return made;
    } catch (OutOfMemoryError none) { // what Java throws where the system gives no more threads
      failed = true;
      failedAt = System.nanoTime();
      System.getLogger("dev.lanewise.lstm")
          .log(Level.WARNING, MemoryErrors.noThreads(threads, none));
      return null;
    }
  }

  /** Ends a loan. */
  public void giveBack() {
    Workers present = workers;
    if (closed || (present != null && !present.isIdle())) {
      end();
    }
    lent.set(false);
    endIfClosed();
  }

  /** Ends the threads, those that are lent when they are given back. */
  @Override
  public void close() {
    closed = true;
    endIfClosed();
  }

  /** Between a loan's last look at {@code closed} and its end it may have been set. */
  private void endIfClosed() {
    if (closed && lent.compareAndSet(false, true)) {
      end();
      lent.set(false);
    }
  }

  private void end() {
    Workers present = workers;
    workers = null;
    if (present != null) {
      present.close();
    }
  }
}
