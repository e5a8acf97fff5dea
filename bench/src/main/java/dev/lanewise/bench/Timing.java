package dev.lanewise.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** What a call takes, once its time has settled: samples of many calls each, by one clock. */
final class Timing {

  /** Samples of a median. */
  static final int SAMPLES = 15;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Only compiled code is without what javac writes; compiling takes time. */
  private static final int ATTEMPTS = 20;

  private static final long WINDOW_NANOS = 100_000_000;
  private static final long SHORT_WINDOW_NANOS = 40_000_000;

  private final Runnable body;
  private final LongSupplier clock;
  private final int reps;

  private Timing(
      Runnable body, LongSupplier clock, int windows, long windowNanos, double sampleNanos) {
    this.body = body;
    this.clock = clock;
    this.reps = (int) Math.max(1, sampleNanos / settled(windows, windowNanos));
  }

  /** By the wall's clock, for what is published: long windows, samples of 20 ms. */
  static Timing wall(Runnable body) {
    return new Timing(body, System::nanoTime, 20, WINDOW_NANOS, 20e6);
  }

  /**
   * By the processor time of this thread, which other processes do not stretch: for bodies that
   * stay on it. Short windows, samples of 5 ms.
   */
  static Timing cpu(Runnable body) {
    return new Timing(body, THREADS::getCurrentThreadCpuTime, 6, SHORT_WINDOW_NANOS, 5e6);
  }

  /** Nanoseconds of a call, from one sample. */
  double sample() {
    long start = clock.getAsLong();
    for (int i = 0; i < reps; i++) {
      body.run();
    }
    return (double) (clock.getAsLong() - start) / reps;
  }

  /** Nanoseconds of a call: the median of the samples. */
  double median() {
    double[] samples = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = sample();
    }
    return median(samples);
  }

  /** The upper one of two. Sorts them. */
  static double median(double[] samples) {
    Arrays.sort(samples);
    return samples[samples.length / 2];
  }

  /**
   * Runs windows until half of {@code windows} in a row have brought nothing: the compilers are
   * done by then.
   */
  private double settled(int windows, long windowNanos) {
    double best = Double.POSITIVE_INFINITY;
    int stale = 0;
    for (int window = 0;
        window < 10 * windows && (window < windows || stale < windows / 2);
        window++) {
      long start = clock.getAsLong();
      long calls = 0;
      long taken;
      do {
        body.run();
        calls++;
        taken = clock.getAsLong() - start;
      } while (taken < windowNanos);
      double each = (double) taken / calls;
      stale = each < 0.95 * best ? 0 : stale + 1;
      best = Math.min(best, each);
    }
    return best;
  }

  /** Heap bytes that this thread allocates in a call: the least of several windows. */
  static double allocated(Runnable body) {
    double least = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) {
      long until = System.nanoTime() + WINDOW_NANOS;
      long calls = 0;
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (; calls == 0 || System.nanoTime() < until; calls++) {
        body.run();
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, (double) bytes / calls);
    }
    return least;
  }
}
