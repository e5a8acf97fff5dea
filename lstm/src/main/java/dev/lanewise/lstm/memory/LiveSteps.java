package dev.lanewise.lstm.memory;

import java.util.Arrays;

/** Which timesteps of some samples are real and which are padding. Immutable. */
public final class LiveSteps {
  private final int timesteps;
  private final byte[] live; // (samples, timesteps): 1 to use

  /** Of (samples, timesteps), 1 to use a step; not copied. */
  public LiveSteps(int timesteps, byte[] live) {
    this.timesteps = timesteps;
    this.live = live;
  }

  /** How many samples it is for. */
  public int samples() {
    return live.length / timesteps;
  }

  /** The padded length. */
  public int timesteps() {
    return timesteps;
  }

  /** Whether a step is real. */
  public boolean uses(int sample, int step) {
    return live[sample * timesteps + step] != 0;
  }

  /** The samples {@code from} to before {@code to}. */
  public LiveSteps slice(int from, int to) {
    return new LiveSteps(timesteps, Arrays.copyOfRange(live, from * timesteps, to * timesteps));
  }

  /** Marks what is padding in row {@code row} of a block, of so many steps from a first one on. */
  public void read(int sample, int first, int steps, StepMask block, int row) {
    for (int step = 0; step < steps; step++) {
      if (live[sample * timesteps + first + step] == 0) {
        block.pad(step, row);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LiveSteps steps
        && steps.timesteps == timesteps
        && Arrays.equals(steps.live, live);
  }

  @Override
  public int hashCode() {
    return 31 * timesteps + Arrays.hashCode(live);
  }
}
