package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a recurrent layer shared out by units. Each thread of a team computes all gates of
 * its own units, for all rows. So a thread's part of the weights stays in its own cache. Made once
 * a scratch; a run allocates nothing.
 *
 * <p>Each thread runs through all turns, which are steps or their phases, and begins one when every
 * part has ended the one before. Which part has ended how many is counted. So threads that are at
 * it wait for less time than telling them would take. A turn of a part is claimed before it is
 * begun. One that nobody has claimed a moment after the caller has ended its own, the caller does
 * too. It never waits for a thread that gets no processor to begin.
 */
public final class SharedSteps implements Workers.Task {
  /** Counters that different threads write lie two cache lines apart. */
  private static final int APART = 16;

  /** How often the caller looks for a part before it does it itself. */
  private static final long PATIENCE = 200;

  /** After so many looks, some ten microseconds, a thread leaves its processor to the others. */
  private static final long SPINS = 2000;

  /** For so many nanoseconds at a time. */
  private static final long REST = 20_000;

  private final RecurrentForward layer;
  private final Workers team;
  private final ForwardCell[] cells; // one a part
  private final AtomicLongArray claimed; // turns of each part that were begun
  private final AtomicLongArray ended;
  private final boolean[] absent; // whether the caller did the last turn of a part; its alone
  private int steps;
  private int rows;
  private @Nullable MemorySegment in;
  private long inOffset;
  private @Nullable MemorySegment memory;
  private boolean odd;
  private long out;
  private volatile boolean failed;

  SharedSteps(RecurrentForward layer, Workers team, ForwardCell cell) {
    this.layer = layer;
    this.team = team;
    int parts = team.threads();
    this.cells = new ForwardCell[parts];
    for (int part = 0; part < parts; part++) {
      cells[part] = cell.part(part, parts);
    }
    this.absent = new boolean[parts];
    this.claimed = new AtomicLongArray((parts + 1) * APART);
    this.ended = new AtomicLongArray((parts + 1) * APART);
  }

  /** Whether it shares out to a team as it is now. */
  boolean isOf(Workers other) {
    return team == other && cells.length == other.threads();
  }

  /** All steps, as {@link RecurrentForward#turn} has them. */
  void run(
      int count,
      int batch,
      MemorySegment x,
      long xOffset,
      MemorySegment scratch,
      boolean firstOdd,
      long toSequence) {
    steps = count;
    rows = batch;
    in = x;
    inOffset = xOffset;
    memory = scratch;
    odd = firstOdd;
    out = toSequence;
    failed = false;
    for (int part = 0; part < cells.length; part++) {
      claimed.setPlain(at(part), 0);
      ended.setPlain(at(part), 0);
    }
    try {
      team.run(cells.length, this);
    } finally {
      in = null;
      memory = null;
    }
  }

  @Override
  public void run(int part, int parts) {
    boolean whole = false;
    try {
      if (part == 0) {
        runAsCaller(parts);
      } else {
        runAsMember(part, parts);
      }
      whole = true;
    } finally {
      if (!whole) {
        failed = true;
      }
    }
  }

  private int turns() {
    return steps * cells[0].phases();
  }

  private void runAsCaller(int parts) {
    for (int turn = 0; turn < turns(); turn++) {
      turn(turn, 0);
      for (int part = 1; part < parts; part++) {
        long patience = absent[part] ? 0 : PATIENCE;
        absent[part] = false;
        for (long looks = 0; ended.get(at(part)) <= turn; looks++) {
          if (failed) {
            return;
          }
          if (looks >= patience && claim(turn, part)) {
            absent[part] = true;
            turn(turn, part);
          } else {
            rest(looks);
          }
        }
      }
    }
  }

  private void runAsMember(int part, int parts) {
    int turn = 0;
    while (turn < turns()) {
      for (int other = 0; other < parts; other++) {
        for (long looks = 0; ended.get(at(other)) < turn; looks++) {
          if (failed) {
            return;
          }
          rest(looks);
        }
      }
      if (claim(turn, part)) {
        turn(turn, part);
        turn++;
      } else {
        turn = (int) claimed.get(at(part));
      }
    }
  }

  /** Whether the calling thread, and no other, is to do this turn of a part. */
  private boolean claim(int turn, int part) {
    return claimed.get(at(part)) == turn && claimed.compareAndSet(at(part), turn, turn + 1L);
  }

  private void rest(long looks) {
    if (looks < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(this, REST);
    }
  }

  private void turn(int turn, int part) {
    layer.turn(
        turn,
        steps,
        rows,
        Objects.requireNonNull(in),
        inOffset,
        Objects.requireNonNull(memory),
        odd,
        out,
        cells[part]);
    ended.setRelease(at(part), turn + 1L);
  }

  private static int at(int part) {
    return (part + 1) * APART;
  }
}
