package dev.lanewise.cli.bits;

import dev.lanewise.tensor.Tensor;
import java.util.Random;

/**
 * Numbers drawn under a name. {@link Random} says which numbers a seed gives, so that they are the
 * same on every JDK. Not thread-safe.
 */
final class Draw {
  /** Both sides of every vector's width, and of the tiles that are made of them. */
  private static final int[] UNITS = {
    1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 96, 127, 128, 130
  };

  private final Random random;

  /** What is drawn for one purpose does not move what is drawn for another. */
  Draw(String name, String purpose) {
    this.random = new Random((long) name.hashCode() << 32 ^ purpose.hashCode());
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean chance() {
    return random.nextInt(2) == 0;
  }

  long seed() {
    return random.nextLong();
  }

  int units(int most) {
    int count = 0;
    while (count < UNITS.length && UNITS[count] <= most) {
      count++;
    }
    return UNITS[random.nextInt(count)];
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** Between -bound and bound. */
  float number(float bound) {
    return (2 * random.nextFloat() - 1) * bound;
  }

  float[] numbers(float bound, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = number(bound);
    }
    return values;
  }

  Tensor tensor(float bound, long... dims) {
    Tensor made = Tensor.zeros(dims);
    return Tensor.of(numbers(bound, (int) made.size()), dims);
  }
}
