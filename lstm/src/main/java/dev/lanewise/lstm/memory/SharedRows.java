package dev.lanewise.lstm.memory;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies the samples of a block from a tensor or to one, shared out where there is a team and
 * enough to copy. For one caller with a team at a time, and any number without.
 */
public final class SharedRows implements Workers.Task {
  /** Elements from which waking the others pays: some ten microseconds of copying. */
  private static final long SHARED_ELEMENTS = 1L << 15;

  private @Nullable SampleView samples;
  private @Nullable MemorySegment block;
  private boolean writing;
  private long first;
  private int rows;
  private long offset;

  /** Reads rows samples from the first on into (steps, rows, features). */
  public void read(
      @Nullable Workers team, SampleView from, long firstSample, int count, MemorySegment to) {
    run(team, from, false, firstSample, count, to, 0);
  }

  /** Writes (steps, rows, features), which begins at an offset, to as many samples. */
  public void write(
      @Nullable Workers team,
      SampleView to,
      long firstSample,
      int count,
      MemorySegment from,
      long fromOffset) {
    run(team, to, true, firstSample, count, from, fromOffset);
  }

  private void run(
      @Nullable Workers team,
      SampleView view,
      boolean write,
      long firstSample,
      int count,
      MemorySegment memory,
      long memoryOffset) {
    if (team == null
        || count * view.sampleSize() < SHARED_ELEMENTS
        || !view.isAccessibleBy(team.other())) {
      copy(view, write, firstSample, memory, memoryOffset, 0, count, count);
      return;
    }
    samples = view;
    block = memory;
    writing = write;
    first = firstSample;
    rows = count;
    offset = memoryOffset;
    try {
      team.run(Math.min(team.threads(), count), this);
    } finally {
      samples = null;
      block = null;
    }
  }

  @Override
  public void run(int part, int parts) {
    SampleView view = samples;
    MemorySegment memory = block;
    if (view != null && memory != null) {
      int from = (int) ((long) rows * part / parts);
      int to = (int) ((long) rows * (part + 1) / parts);
      copy(view, writing, first, memory, offset, from, to, rows);
    }
  }

  private static void copy(
      SampleView view,
      boolean write,
      long first,
      MemorySegment memory,
      long offset,
      int from,
      int to,
      int rows) {
    for (int row = from; row < to; row++) {
      if (write) {
        view.write(first + row, memory, offset, row, rows);
      } else {
        view.read(first + row, memory, row, rows);
      }
    }
  }
}
