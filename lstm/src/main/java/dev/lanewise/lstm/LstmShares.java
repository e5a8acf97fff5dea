package dev.lanewise.lstm;

import dev.lanewise.kernels.PackedMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an LSTM layer shared out by units: each thread of a team computes all gates of its
 * own units, for all rows, so that a thread's part of the weights stays in its own cache. Made once
 * a scratch; a run allocates nothing.
 *
 * <p>Each thread runs through all steps and begins one when every part has ended the one before,
 * which the parts count up in {@link #progress}. A part that nobody has begun some time after the
 * caller has ended its first step, the caller does too, to the end: it never waits for a thread
 * that gets no processor to begin.
 */
final class LstmShares implements Workers.Task {
  /** Counters that different threads write lie two cache lines apart. */
  private static final int APART = 16;

  /** How often the caller looks for the others before it does their parts itself, at least. */
  private static final long PATIENCE = 200;

  /** Multiply-adds of a run for which it looks once more: a sixteenth of the run at most. */
  private static final long WORK_PER_LOOK = 1L << 13;

  /** After so many looks, some ten microseconds, a thread leaves its processor to the others. */
  private static final long SPINS = 2000;

  /** For so many nanoseconds at a time. */
  private static final long REST = 20_000;

  private final LstmForward layer;
  private final Workers team;
  private final PackedMatrix[] kernels; // one a part
  private final PackedMatrix[] recurrents; // one a part
  private final AtomicLongArray progress; // of each part: begin + the steps that it has ended
  private final boolean[] adopted; // the parts that the caller does beside its own
  private long begin; // counts on from run to run
  private int steps;
  private int rows;
  private @Nullable MemorySegment in;
  private long inOffset;
  private @Nullable MemorySegment memory;
  private boolean odd;
  private long out;
  private volatile boolean failed;

  LstmShares(LstmForward layer, Workers team, PackedMatrix kernel, PackedMatrix recurrent) {
    this.layer = layer;
    this.team = team;
    int parts = team.threads();
    this.kernels = new PackedMatrix[parts];
    this.recurrents = new PackedMatrix[parts];
    for (int part = 0; part < parts; part++) {
      kernels[part] = kernel.part(part, parts);
      recurrents[part] = recurrent.part(part, parts);
    }
    this.progress = new AtomicLongArray((parts + 1) * APART);
    this.adopted = new boolean[parts];
  }

  boolean isOf(Workers other) {
    return team == other;
  }

  /** All steps, as {@link LstmForward#step} has them. */
  void run(
      int count,
      int batch,
      MemorySegment x,
      long xOffset,
      MemorySegment scratch,
      boolean firstOdd,
      long toSequence) {
    begin += steps + 1L; // more than any part has counted
    steps = count;
    rows = batch;
    in = x;
    inOffset = xOffset;
    memory = scratch;
    odd = firstOdd;
    out = toSequence;
    failed = false;
    try {
      team.run(kernels.length, this);
    } finally {
      in = null;
      memory = null;
    }
  }

  @Override
  public void run(int part, int parts) {
    if (!claim(part)) {
      return;
    }
    boolean ended = false;
    try {
      if (part == 0) {
        runAsCaller(parts);
      } else {
        for (int step = 0; step < steps && awaitAll(step, parts); step++) {
          step(step, part);
        }
      }
      ended = true;
    } finally {
      if (!ended) {
        failed = true;
      }
    }
  }

  private void runAsCaller(int parts) {
    Arrays.fill(adopted, false);
    for (int step = 0; step < steps; step++) {
      if (step == 1) {
        adopt(parts);
      }
      if (!awaitAll(step, parts)) {
        return;
      }
      step(step, 0);
      for (int part = 1; part < parts; part++) {
        if (adopted[part]) {
          step(step, part);
        }
      }
    }
  }

  private boolean claim(int part) {
    long last = progress.get(at(part));
    return last < begin && progress.compareAndSet(at(part), last, begin);
  }

  /** Takes the parts that nobody begins, and does their first step. */
  private void adopt(int parts) {
    long looks = PATIENCE + (long) steps * rows * layer.work() / WORK_PER_LOOK;
    for (int part = 1; part < parts; part++) {
      while (progress.get(at(part)) < begin && looks-- > 0) {
        Thread.onSpinWait();
      }
      if (claim(part)) {
        adopted[part] = true;
        step(0, part);
      }
    }
  }

  /** Waits until every part has ended so many steps, if any; false where one has failed. */
  private boolean awaitAll(int count, int parts) {
    for (int part = 0; part < parts && count > 0; part++) {
      for (long looks = 0; progress.get(at(part)) < begin + count; looks++) {
        if (failed) {
          return false;
        }
        if (looks < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, REST);
        }
      }
    }
    return true;
  }

  private void step(int step, int part) {
    MemorySegment x = in;
    MemorySegment scratch = memory;
    if (x != null && scratch != null) {
      layer.step(
          step, steps, rows, x, inOffset, scratch, odd, out, kernels[part], recurrents[part]);
    }
    progress.setRelease(at(part), begin + step + 1);
  }

  private static int at(int part) {
    return (part + 1) * APART;
  }
}
