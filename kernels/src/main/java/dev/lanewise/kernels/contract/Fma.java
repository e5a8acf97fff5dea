package dev.lanewise.kernels.contract;

/**
 * {@code a * b + c}, rounded once, at a bearable price on every machine.
 *
 * <p>{@link Math#fma(float, float, float)} is one instruction or a detour by BigDecimal, thousands
 * of times slower. Where it is the detour, double arithmetic gives the same bits.
 */
public final class Fma {

  /** An instruction takes 15 ns in the interpreter; the detour 300 ns when it is compiled. */
  private static final long MOST_NANOS = 150;

  /** The bits of a double that a float has not, and the first of them. */
  private static final long BELOW_FLOAT = (1L << 29) - 1;

  private static final long TIE = 1L << 28;

  private static final double LEAST = 0x1p-900;
  private static final double MOST = 0x1p900;
  private static final double SPLIT = 0x1p27 + 1;

  private static final int PROBES = 20;
  private static final int CALLS = 5;

  /** Whether this JVM has an instruction for it. */
  public static final boolean IS_INSTRUCTION = probe() <= MOST_NANOS;

  private Fma() {}

  /** {@code a * b + c}, the double that is nearest to the exact sum. */
  public static double of(double a, double b, double c) {
    return IS_INSTRUCTION ? Math.fma(a, b, c) : inPairs(a, b, c);
  }

  /** {@code a * b + c}, the float that is nearest to the exact sum. */
  public static float of(float a, float b, float c) {
    return IS_INSTRUCTION ? Math.fma(a, b, c) : inDouble(a, b, c);
  }

  /**
   * The product of two floats is exact in double. The float nearest to its sum with c is right but
   * where that sum was rounded to a tie of two floats, or is less than a normal float. Rounded to
   * odd it is no tie that the exact sum is not, and the second rounding is right.
   */
  static float inDouble(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    boolean tie = (Double.doubleToRawLongBits(sum) & BELOW_FLOAT) == TIE;
    return !tie && Math.abs(sum) >= Float.MIN_NORMAL ? (float) sum : (float) oddSum(product, c);
  }

  /**
   * Product and sum as a double each and what that lost (Dekker, 1971; Knuth). The parts that were
   * lost are added to odd, and the last sum rounds (Boldo and Melquiond, 2008). Where a part could
   * overflow, or be subnormal, it is the detour.
   */
  static double inPairs(double a, double b, double c) {
    double product = a * b;
    double size = Math.abs(product);
    boolean near = size > LEAST && size < MOST && Math.abs(c) < MOST;
    if (!near || Math.abs(a) > MOST || Math.abs(b) > MOST) {
      return product == 0 && (a == 0 || b == 0) ? product + c : Math.fma(a, b, c);
    }
    double aHigh = high(a);
    double bHigh = high(b);
    double aLow = a - aHigh;
    double bLow = b - bHigh;
    double ofProduct = aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);
    double low = c + ofProduct;
    double ofLow = lost(c, ofProduct, low);
    double sum = product + low;
    return sum + oddSum(lost(product, low, sum), ofLow);
  }

  /** The upper half of the bits. */
  private static double high(double x) {
    double shifted = x * SPLIT;
    return shifted - (shifted - x);
  }

  /** What {@code sum = x + y} was rounded by. */
  private static double lost(double x, double y, double sum) {
    double ofY = sum - x;
    return (x - (sum - ofY)) + (y - ofY);
  }

  /** {@code x + y}; where it is not exact, the neighbour whose last bit is set. */
  private static double oddSum(double x, double y) {
    double sum = x + y;
    double lost = lost(x, y, sum);
    long bits = Double.doubleToRawLongBits(sum);
    // Of infinities and NaN no comparison holds.
    return (lost > 0 || lost < 0) && (bits & 1) == 0
        ? Double.longBitsToDouble(lost > 0 == sum > 0 ? bits + 1 : bits - 1)
        : sum;
  }

  /** Nanoseconds of a call: the least of some short runs, as others may run meanwhile. */
  private static long probe() {
    long best = Long.MAX_VALUE;
    float x = 1f;
    for (int probe = 0; probe < PROBES; probe++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.99f, 0.01f);
      }
      best = Math.min(best, (System.nanoTime() - start) / CALLS);
    }
    return x > 0 ? best : 0; // x is used
  }
}
