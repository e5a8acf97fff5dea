package dev.lanewise.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FmaTest {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    3f,
    -7f,
    0x1.000002p0f,
    0x1.fffffep-1f,
    1 / 3f,
    0xffffffp0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    3 * Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    -Float.MIN_NORMAL,
    0x1p-75f,
    0x1.8p-75f,
    0x1p-100f,
    0x1p63f,
    0x1.fffffep63f,
    0x1p64f,
    0x1p100f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private final SplittableRandom random = new SplittableRandom(1);

  private static void check(float a, float b, float c) {
    int expected = Float.floatToIntBits(Math.fma(a, b, c));
    int got = Float.floatToIntBits(Fma.inDouble(a, b, c));
    if (got != expected) {
      assertEquals(
          Float.toHexString(Float.intBitsToFloat(expected)),
          Float.toHexString(Float.intBitsToFloat(got)),
          () -> Float.toHexString(a) + " * " + Float.toHexString(b) + " + " + Float.toHexString(c));
    }
  }

  private static void check(double a, double b, double c) {
    long expected = Double.doubleToLongBits(Math.fma(a, b, c));
    long got = Double.doubleToLongBits(Fma.inPairs(a, b, c));
    if (got != expected) {
      assertEquals(
          Double.toHexString(Double.longBitsToDouble(expected)),
          Double.toHexString(Double.longBitsToDouble(got)),
          () ->
              Double.toHexString(a)
                  + " * "
                  + Double.toHexString(b)
                  + " + "
                  + Double.toHexString(c));
    }
  }

  private float anyFloat() {
    return Float.intBitsToFloat(random.nextInt());
  }

  /** Of a magnitude from 2^-30 to 2^30, so that products and sums meet. */
  private float near() {
    int exponent = 127 - 30 + random.nextInt(61);
    return Float.intBitsToFloat((random.nextInt() & 0x807fffff) | exponent << 23);
  }

  @Test
  void zerosInfinitiesNanAndTheEndsOfTheRangeInEveryTriple() {
    for (float a : SPECIAL) {
      for (float b : SPECIAL) {
        for (float c : SPECIAL) {
          check(a, b, c);
          check((double) a, (double) b, (double) c);
        }
      }
    }
  }

  @Test
  void anyBits() {
    for (int i = 0; i < 2_000_000; i++) {
      check(anyFloat(), anyFloat(), anyFloat());
      check(near(), near(), near());
    }
  }

  /**
   * The exact sum is beside a tie of two floats by less than double sees: c and half of its last
   * bit, times {@code 1 - j^2 / 2^46}. The tie goes to the even float, which is wrong each second
   * time.
   */
  @Test
  void tiesThatDoubleMakes() {
    int wrongInPlainDouble = 0;
    for (int i = 0; i < 1_000_000; i++) {
      int exponent = random.nextInt(-60, 60);
      float c = Math.scalb(1f + random.nextInt(1 << 23) * 0x1p-23f, exponent);
      int j = random.nextInt(1, 200);
      float a = Math.scalb(1f + j * 0x1p-23f, -12 + exponent) * (random.nextBoolean() ? 1 : -1);
      float b = Math.scalb(1f - j * 0x1p-23f, -12);
      check(a, b, c);
      check(a, b, -c);
      boolean right = (float) ((double) a * b + c) == Math.fma(a, b, c);
      wrongInPlainDouble += right ? 0 : 1;
    }
    assertTrue(wrongInPlainDouble > 400_000, "wrong in plain double: " + wrongInPlainDouble);
  }

  @Test
  void subnormalResults() {
    for (int i = 0; i < 1_000_000; i++) {
      float a = Math.scalb(near(), -60);
      float b = Math.scalb(near(), -75 + random.nextInt(8));
      float c = Math.scalb(near(), -140);
      check(a, b, c);
      check(a, b, Float.intBitsToFloat(random.nextInt(1 << 23)));
    }
  }

  @Test
  void doublesOfSquaresAndSums() {
    for (int i = 0; i < 1_000_000; i++) {
      double d = near() - random.nextDouble();
      check(d, d, (double) near() * near());
      check(d, random.nextDouble(), -d * random.nextDouble());
      check(d, 1 / d, -1.0); // nearly all of it cancels
      check(1e200 * d, 1e-200 * random.nextDouble(), d);
      check(1e-160 * d, 1e-160 * d, 1e-300 * d);
    }
  }
}
