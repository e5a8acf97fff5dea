package dev.lanewise.lstm.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a time-major block are padding at which step: (steps, rows). Begins with none; the
 * layers that a block flows through add to it. Its memory only grows. Different threads may mark
 * different rows.
 */
public final class StepMask {
  private byte[] padded = {};
  private int steps;
  private int rows;
  private volatile boolean present;

  /** No padding in a block of so many steps and rows. */
  public void begin(int blockSteps, int blockRows) {
    drop();
    int size = Sizes.rows(blockSteps, blockRows);
    padded = padded.length < size ? new byte[size] : padded;
    steps = blockSteps;
    rows = blockRows;
  }

  /** Forgets all padding. */
  public void drop() {
    if (present) {
      Arrays.fill(padded, 0, steps * rows, (byte) 0);
      present = false;
    }
  }

  /** Whether any row has padding. */
  public boolean isPresent() {
    return present;
  }

  public void pad(int step, int row) {
    padded[step * rows + row] = 1;
    present = true;
  }

  public boolean isPadded(int step, int row) {
    return present && padded[step * rows + row] != 0;
  }

  public int steps() {
    return steps;
  }

  /** How many steps of a row are not padding. */
  public int length(int row) {
    int length = 0;
    for (int step = 0; step < steps; step++) {
      length += isPadded(step, row) ? 0 : 1;
    }
    return length;
  }

  /** Takes over another's padding of so many rows. */
  public void addAll(StepMask from, int count) {
    if (from.present) {
      addRows(from, 0, count);
    }
  }

  /** Takes over another's padding of the rows {@code first} to before {@code first + count}. */
  public void addRows(@Nullable StepMask from, int first, int count) {
    for (int row = first; row < first + count && from != null; row++) {
      for (int step = 0; step < steps; step++) {
        if (from.isPadded(step, row)) {
          pad(step, row);
        }
      }
    }
  }
}
