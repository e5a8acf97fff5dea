package dev.lanewise.cli.bench;

import dev.lanewise.kernels.ColumnSums;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the kernels reach on this machine where nothing holds them back, on so many threads at once:
 * fused multiply-adds of a product whose operands stay in the caches, and reading of memory. Each
 * thread has operands of its own, and they share the memory to be read out among them.
 */
final class Ceiling implements AutoCloseable {
  /** A and C (64, 128) fit in L1 or nearly so, B (128, 128) in any L2. */
  private static final int M = 64;

  private static final int N = 128;
  private static final int K = 128;
  private static final double FLOPS = 2.0 * M * N * K;

  private static final double SAMPLE_NANOS = 5e6;

  private static final int WINDOWS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Read between two looks at the clock, which then costs nothing. */
  private static final long UNCLOCKED_BYTES = 1 << 16;

  /** Columns that the sums take side by side: eight vectors. */
  private static final int COLUMNS = 8 * Sgemm.vectorColumns();

  private static final long ROW_BYTES = (long) COLUMNS * Float.BYTES;

  /** What one thread multiplies, and where it adds up. */
  private record Operands(MemorySegment a, PackedMatrix b, MemorySegment c, MemorySegment sums) {
    static Operands of(int thread) {
      return new Operands(
          Inputs.floats((long) M * K, 3L * thread),
          PackedMatrix.of(Arena.ofAuto(), K, N)
              .pack(Inputs.floats((long) K * N, 3L * thread + 1), 0, N),
          Inputs.floats((long) M * N, 3L * thread + 2),
          Inputs.floats(COLUMNS, 3L * thread));
    }

    void multiply() {
      Sgemm.multiply(M, a, 0, K, b, c, 0, N);
    }
  }

  private final int threads;
  private final Together together;
  private final List<Operands> operands = new ArrayList<>();
  private final MemorySegment memory;

  /** Of the samples, by the wall's clock and by the threads' own. */
  private final LongAdder wallNanos = new LongAdder();

  private final LongAdder processorNanos = new LongAdder();

  /**
   * Allocates.
   *
   * @param mostBytes the most that are read
   */
  Ceiling(int threads, long mostBytes) {
    this.threads = threads;
    this.together = new Together(threads);
    for (int i = 0; i < threads; i++) {
      operands.add(Operands.of(i));
    }
    memory = Inputs.floats(rows(Math.max(mostBytes, UNCLOCKED_BYTES)) * threads * COLUMNS, 7);
  }

  /** Until the compilers are done with both. */
  void settle() {
    new Timed(operands.getFirst()::multiply).settle(WINDOWS);
    new Timed(() -> read(0, rows(UNCLOCKED_BYTES))).settle(WINDOWS);
  }

  /** Gigaflops a second of all threads. */
  double arithmetic() {
    return together.sum(thread -> FLOPS / nanos(operands.get(thread)::multiply, 1));
  }

  /** Gigabytes a second that all threads read together over and over of so many bytes. */
  double reading(long bytes) {
    long rows = rows(bytes);
    int unclocked = (int) Math.clamp(UNCLOCKED_BYTES / (rows * ROW_BYTES), 1, UNCLOCKED_BYTES);
    return together.sum(
        thread -> {
          read(thread, rows); // brings it into the cache that holds it
          return rows * ROW_BYTES / nanos(() -> read(thread, rows), unclocked);
        });
  }

  /** Rows of sums that a thread reads, one at least. */
  private long rows(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes / threads, ROW_BYTES));
  }

  private void read(int thread, long rows) {
    ColumnSums.apply(
        Math.toIntExact(rows),
        COLUMNS,
        memory,
        thread * rows * COLUMNS,
        COLUMNS,
        operands.get(thread).sums(),
        0);
  }

  private double nanos(Runnable work, int unclocked) {
    long processor = processorNanos();
    long start = System.nanoTime();
    long runs = 0;
    long nanos;
    do {
      for (int i = 0; i < unclocked; i++) {
        work.run();
      }
      runs += unclocked;
      nanos = System.nanoTime() - start;
    } while (nanos < SAMPLE_NANOS);
    wallNanos.add(nanos);
    processorNanos.add(Math.min(nanos, processorNanos() - processor));
    return (double) nanos / runs;
  }

  /** Of this thread; the wall's where the system does not tell. */
  private static long processorNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** The part of the time in which others had the processors of these threads. */
  double lost() {
    return 1 - (double) processorNanos.sum() / Math.max(1, wallNanos.sum());
  }

  @Override
  public void close() {
    together.close();
  }
}
