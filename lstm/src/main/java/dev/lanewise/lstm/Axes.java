package dev.lanewise.lstm;

/**
 * The axes of what flows between two layers, beside the batch: (batch, timesteps, width), or
 * (batch, width) where there is no time axis.
 *
 * @param steps {@link #NONE}, {@link #ANY}, or the timesteps that a layer has fixed
 * @param width the length of the last axis, 1 or more
 */
record Axes(int steps, int width) {
  /** There is no time axis. */
  static final int NONE = 0;

  /** There is a time axis, of any length. */
  static final int ANY = -1;

  boolean hasTime() {
    return steps != NONE;
  }

  Axes withWidth(int other) {
    return new Axes(steps, other);
  }

  Axes withSteps(int other) {
    return new Axes(other, width);
  }

  /** Steps and width swapped. */
  Axes transposed() {
    return new Axes(/* steps= */ width, /* width= */ steps);
  }

  /** The product of two lengths, refused where it is no int. */
  static int product(Layer layer, int a, int b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException overflow) {
      throw LayerErrors.tooWide(layer, a, b, overflow);
    }
  }

  /** The sum of two lengths, refused where it is no int. */
  static int sum(Layer layer, int a, int b) {
    if (a > Integer.MAX_VALUE - b) {
      throw GraphErrors.tooLong(layer, a, b);
    }
    return a + b;
  }

  /** As errors name them: {@code (batch, timesteps, 64)}. */
  @Override
  public String toString() {
    String time = steps == ANY ? "timesteps, " : steps == NONE ? "" : steps + ", ";
    return "(batch, " + time + width + ")";
  }
}
