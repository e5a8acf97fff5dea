package dev.lanewise.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs a peer until the compilers are done. JMH's warm-up is a time, and on a busy machine they
 * take longer: vectors that are still on the heap, and what was compiled meanwhile, show that they
 * are not done. The other engines too: Lanewise has run before them, to be compared.
 */
final class Settled {

  /**
   * Seconds of processor time, the compilers' too, that it takes at most: others take none of it.
   */
  static final String PROPERTY = "dev.lanewise.bench.settle";

  private static final long LONGEST_NANOS = Long.getLong(PROPERTY, 60) * 1_000_000_000L;
  private static final long WINDOW_NANOS = 100_000_000L;
  private static final int STALE = 10;

  /** Of the time of a run: less is a change. */
  private static final double FALLEN = 0.95;

  /** Of the time of a window: more is at work on what runs. */
  private static final double COMPILING = 0.1;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  private Settled() {}

  /** Until ten windows of a tenth of a second have brought nothing; the limit at most. */
  static Peer of(Peer peer) {
    long begin = PROCESS.getProcessCpuTime();
    double fastest = Double.POSITIVE_INFINITY;
    for (int stale = 0; stale < STALE && PROCESS.getProcessCpuTime() - begin < LONGEST_NANOS; ) {
      Window window = Window.of(peer);
      boolean cold =
          window.nanos < FALLEN * fastest
              || window.bytes > peer.mostBytes()
              || window.compiling > COMPILING;
      stale = cold ? 0 : stale + 1;
      fastest = Math.min(fastest, window.nanos);
    }
    return peer;
  }

  /** Heap bytes that a run allocates in all threads: the least of several windows. */
  static double bytes(Peer peer) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3 && least > 0; i++) {
      least = Math.min(least, Window.of(peer).bytes);
    }
    return least;
  }

  /** What a run took, and the share of the time that the compilers had. */
  private record Window(double nanos, double bytes, double compiling) {

    static Window of(Peer peer) {
      long compiled = COMPILER.getTotalCompilationTime();
      long allocated = THREADS.getTotalThreadAllocatedBytes();
      long start = System.nanoTime();
      long runs = 0;
      do {
        peer.run();
        runs++;
      } while (System.nanoTime() - start < WINDOW_NANOS);
      double nanos = System.nanoTime() - start;
      allocated = THREADS.getTotalThreadAllocatedBytes() - allocated;
      compiled = COMPILER.getTotalCompilationTime() - compiled;
      return new Window(nanos / runs, (double) allocated / runs, compiled * 1e6 / nanos);
    }
  }
}
