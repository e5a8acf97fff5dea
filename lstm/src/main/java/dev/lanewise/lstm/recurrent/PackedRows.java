package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.StepMask;

/**
 * Rows of a batch without their padding, the longest first. As a padded step changes no state, a
 * row is its real steps one after the other. At its k-th step the rows that are still running are
 * the first ones. So a step works on a dense block, and padding costs nothing.
 *
 * <p>Its memory only grows.
 */
public final class PackedRows {
  private int[] order = {}; // the row of each rank
  private int[] lengths = {}; // by row
  private int[] times = {}; // (rank, steps): the time of each rank's k-th step
  private int[] running = {}; // by step: how many rows have that many steps
  private int[] offsets = {}; // by step: the packed rows before it; one more at the end
  private int steps;
  private int longest;
  private boolean full;

  /**
   * Plans the rows {@code first} to before {@code first + rows} of a mask.
   *
   * @param backwards whether each row is read from its last step to its first
   */
  void plan(StepMask mask, int first, int rows, boolean backwards) {
    steps = mask.steps();
    reserve(rows);
    rank(mask, first, rows);
    for (int rank = 0; rank < rows; rank++) {
      int row = order[rank];
      int at = rank * steps + (backwards ? lengths[row] - 1 : 0);
      for (int time = 0; time < steps; time++) {
        if (!mask.isPadded(time, first + row)) {
          times[at] = time;
          at += backwards ? -1 : 1;
        }
      }
    }
    longest = rows == 0 ? 0 : lengths[order[0]];
    full = rows == 0 || lengths[order[rows - 1]] == steps;
    offsets[0] = 0;
    int left = rows;
    for (int step = 0; step < longest; step++) {
      while (lengths[order[left - 1]] <= step) {
        left--;
      }
      running[step] = left;
      offsets[step + 1] = offsets[step] + left;
    }
    running[longest] = 0;
  }

  private void reserve(int rows) {
    if (order.length < rows) {
      order = new int[rows];
      lengths = new int[rows];
    }
    if (times.length < rows * steps) {
      times = new int[rows * steps];
    }
    if (running.length < steps + 2) {
      running = new int[steps + 2];
      offsets = new int[steps + 2];
    }
  }

  /** Puts the longest rows first, rows as long in their own order: a counting sort. */
  private void rank(StepMask mask, int first, int rows) {
    for (int length = 0; length <= steps; length++) {
      running[length] = 0;
    }
    for (int row = 0; row < rows; row++) {
      lengths[row] = mask.length(first + row);
      running[lengths[row]]++;
    }
    int next = 0;
    for (int length = steps; length >= 0; length--) {
      int count = running[length];
      running[length] = next;
      next += count;
    }
    for (int row = 0; row < rows; row++) {
      order[running[lengths[row]]++] = row;
    }
  }

  /** Whether no row has padding. */
  boolean isFull() {
    return full;
  }

  /** The most real steps of a row. */
  int longest() {
    return longest;
  }

  /** How many rows run at a step: the first ones; 0 after the longest. */
  int running(int step) {
    return running[step];
  }

  /** The packed rows before a step. */
  int offset(int step) {
    return offsets[step];
  }

  /** The real steps of the row that has a rank. */
  int length(int rank) {
    return lengths[order[rank]];
  }

  /** The row, counted from the first, that has a rank. */
  int row(int rank) {
    return order[rank];
  }

  /** The time of a rank's step. */
  int time(int rank, int step) {
    return times[rank * steps + step];
  }

  /** The step after the last one that fits with the first one in so many rows, one at least. */
  int chunkEnd(int step, int rows) {
    int end = step + 1;
    while (end < longest && offsets[end + 1] - offsets[step] <= rows) {
      end++;
    }
    return end;
  }
}
