package dev.lanewise.properties;

import java.util.SplittableRandom;

/** What the operands of a case hold, from its seed. */
enum Values {
  /** In {@code [-1, 1)}. */
  SMALL,
  /** In {@code [-100, 100)}. */
  LARGE,
  /** Any bits: denormals, infinities and NaN among them. */
  ANY_BITS;

  float next(SplittableRandom random) {
    return switch (this) {
      case SMALL -> 2f * random.nextFloat() - 1f;
      case LARGE -> 200f * random.nextFloat() - 100f;
      case ANY_BITS -> Float.intBitsToFloat(random.nextInt());
    };
  }
}
