package dev.lanewise.lstm.run;

/**
 * The axes of what flows between two layers, beside the batch: (batch, timesteps, width), or
 * (batch, width) where there is no time axis.
 *
 * @param steps {@link #NONE}, {@link #ANY}, or the timesteps that a layer has fixed
 * @param width the length of the last axis, 1 or more
 */
public record Axes(int steps, int width) {
  /** There is no time axis. */
  public static final int NONE = 0;

  /** There is a time axis, of any length. */
  public static final int ANY = -1;

  public boolean hasTime() {
    return steps != NONE;
  }

  public Axes withWidth(int other) {
    return new Axes(steps, other);
  }

  public Axes withSteps(int other) {
    return new Axes(other, width);
  }

  /** Steps and width swapped. */
  public Axes transposed() {
    return new Axes(/* steps= */ width, /* width= */ steps);
  }

  /** As errors name them: {@code (batch, timesteps, 64)}. */
  @Override
  public String toString() {
    String time = steps == ANY ? "timesteps, " : steps == NONE ? "" : steps + ", ";
    return "(batch, " + time + width + ")";
  }
}
