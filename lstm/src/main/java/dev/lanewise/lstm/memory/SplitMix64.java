package dev.lanewise.lstm.memory;

/**
 * The generator SplitMix64 (Steele, Lea and Flood, 2014). Written out here because a seed must mean
 * the same numbers on every JDK for ever. Not thread-safe.
 */
public final class SplitMix64 {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double ULP_OF_HALF = 0x1p-53;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /** The stream numbered {@code index} of a seed; each is as good as independent of the others. */
  public static SplitMix64 stream(long seed, long index) {
    return new SplitMix64(mix(mix(seed + GOLDEN) + GOLDEN * (2 * index + 1)));
  }

  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** At least 0, below 1. */
  public double nextDouble() {
    return (nextLong() >>> 11) * ULP_OF_HALF;
  }

  /** At least 0, below {@code bound}, every value as likely as another. */
  public int nextInt(int bound) {
    long limit = (1L << 32) - (1L << 32) % bound;
    long draw = nextLong() >>> 32;
    while (draw >= limit) {
      draw = nextLong() >>> 32;
    }
    return (int) (draw % bound);
  }

  /**
   * Normal with mean 0 and deviation 1 (Box and Muller, 1958); StrictMath is the same everywhere.
   */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
