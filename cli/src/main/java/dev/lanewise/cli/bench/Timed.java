package dev.lanewise.cli.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What a call takes by the wall's clock, once its time has settled. */
final class Timed {
  private static final long WINDOW_NANOS = 40_000_000;

  /** Less of the time before is a change. */
  private static final double FALLEN = 0.95;

  /** More of a window is at work on what runs: until it is done, plainer kernels answer. */
  private static final double COMPILING = 0.1;

  private static final long LIMIT = 10;
  private static final double SAMPLE_NANOS = 15e6;

  private static final @Nullable CompilationMXBean COMPILER =
      ManagementFactory.getCompilationMXBean();

  private final Runnable call;
  private double fastest = Double.POSITIVE_INFINITY;
  private int reps = 1;

  Timed(Runnable call) {
    this.call = call;
  }

  /**
   * Runs until the time does not fall any more and the compilers are done; for a limit at most.
   *
   * @param windows of 40 ms in a row that bring nothing. The limit is that of ten times as many
   * @return whether it settled
   */
  boolean settle(int windows) {
    long begin = System.nanoTime();
    int stale = 0;
    while (stale < windows && System.nanoTime() - begin < LIMIT * windows * WINDOW_NANOS) {
      stale = window() ? 0 : stale + 1;
    }
    reps = (int) Math.clamp(SAMPLE_NANOS / fastest, 1, Integer.MAX_VALUE);
    return stale == windows;
  }

  /** Whether it was cold. */
  private boolean window() {
    long compiled = compileMillis();
    long start = System.nanoTime();
    long calls = 0;
    long nanos;
    do {
      call.run();
      calls++;
      nanos = System.nanoTime() - start;
    } while (nanos < WINDOW_NANOS);
    double each = (double) nanos / calls;
    boolean cold =
        each < FALLEN * fastest || (compileMillis() - compiled) * 1e6 > COMPILING * nanos;
    fastest = Math.min(fastest, each);
    return cold;
  }

  private static long compileMillis() {
    return COMPILER == null || !COMPILER.isCompilationTimeMonitoringSupported()
        ? 0
        : COMPILER.getTotalCompilationTime();
  }

  /** Nanoseconds of a call, from one sample of about 15 ms. */
  double sample() {
    long start = System.nanoTime();
    for (int i = 0; i < reps; i++) {
      call.run();
    }
    return (double) (System.nanoTime() - start) / reps;
  }
}
