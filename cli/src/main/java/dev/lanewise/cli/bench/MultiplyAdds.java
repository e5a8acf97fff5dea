package dev.lanewise.cli.bench;

/**
 * Fused multiply-adds of a plain loop over a row in L1, which C2 makes vectors of: what the
 * arithmetic of this JVM gives without the kernels.
 */
public final class MultiplyAdds {
  /** 16 KB: in any L1, and long enough that the loop's begin and end cost nothing. */
  private static final int FLOATS = 4096;

  /** So many for a load and a store. The processor works at several elements' chains at once. */
  private static final int CHAIN = 12;

  private static final int CALLS = 16;
  private static final int WINDOWS = 3;
  private static final int SAMPLES = 2000;

  private MultiplyAdds() {}

  /** Gigaflops a second of one thread, once the compilers are done: the best of some samples. */
  public static double rate() {
    float[] row = new float[FLOATS];
    Runnable calls =
        () -> {
          for (int i = 0; i < CALLS; i++) {
            run(row);
          }
        };
    new Timed(calls).settle(WINDOWS);
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < SAMPLES; i++) {
      long begin = System.nanoTime();
      calls.run();
      nanos = Math.min(nanos, System.nanoTime() - begin); // what disturbs a sample lengthens it
    }
    return 2.0 * CHAIN * FLOATS * CALLS / nanos;
  }

  /**
   * Each element goes towards 0.5. Written out: an inner loop is not unrolled before vectors are
   * made.
   */
  private static void run(float[] row) {
    for (int i = 0; i < row.length; i++) {
      float x = row[i];
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      x = Math.fma(x, 0.5f, 0.25f);
      row[i] = x;
    }
  }
}
