package dev.lanewise.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;

/** Threads that do the same at once, the calling one among them. They keep no JVM alive. */
final class Together implements AutoCloseable {
  private final int threads;
  private final ExecutorService others;

  Together(int threads) {
    this.threads = threads;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1), // none is started before it is needed
            Thread.ofPlatform().daemon().name("bench-", 1).factory());
  }

  /** The sum of what each of them returns for its number, from 0. They begin at the same time. */
  double sum(IntToDoubleFunction work) {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<Double>> rest = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      int thread = i;
      rest.add(others.submit(() -> begun(start, work, thread)));
    }
    try {
      double sum = begun(start, work, 0);
      for (Future<Double> one : rest) {
        sum += one.get();
      }
      return sum;
    } catch (InterruptedException | BrokenBarrierException | ExecutionException e) {
      throw new IllegalStateException("a thread of " + threads + " did not measure", e);
    }
  }

  private static double begun(CyclicBarrier start, IntToDoubleFunction work, int thread)
      throws InterruptedException, BrokenBarrierException {
    start.await();
    return work.applyAsDouble(thread);
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}
