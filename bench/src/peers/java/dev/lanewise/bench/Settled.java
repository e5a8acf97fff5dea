package dev.lanewise.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs Lanewise until the compilers are done with it. JMH's warm-up is a time, and on a busy
 * machine they take longer; vectors that are still on the heap show that they are not done.
 */
final class Settled {

  private static final long WINDOW_NANOS = 100_000_000L;
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int STALE = 10;

  /** Bytes of a step or a sequence; of a training step with what fit adds. */
  private static final long ALLOCATED = 16 << 10;

  private Settled() {}

  /** Until ten windows of a tenth of a second have brought nothing; a minute at most. */
  static Peer of(Peer peer, int steps) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    for (int stale = 0; stale < STALE && System.nanoTime() - begin < LONGEST_NANOS; ) {
      long start = System.nanoTime();
      long bytes = thread.getCurrentThreadAllocatedBytes();
      long calls = 0;
      while (System.nanoTime() - start < WINDOW_NANOS) {
        peer.run();
        calls++;
      }
      double each = (double) (System.nanoTime() - start) / calls;
      bytes = (thread.getCurrentThreadAllocatedBytes() - bytes) / calls;
      stale = each < 0.95 * best || bytes > ALLOCATED * steps ? 0 : stale + 1;
      best = Math.min(best, each);
    }
    return peer;
  }
}
