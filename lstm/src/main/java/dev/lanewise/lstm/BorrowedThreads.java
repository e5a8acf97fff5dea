package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a fit's updates borrow of a team, where it pays. What an update computes does
 * not depend on them, so now and then it is measured whether it is faster with them or alone. Where
 * two of them share a core, small updates are faster alone.
 */
final class BorrowedThreads {
  /** Updates of a trial, by turns alone and shared; the fastest of each count. */
  private static final int TRIAL = 12;

  /** Updates from one trial to the next; they come sooner while code is being compiled. */
  private static final long APART = 2048;

  private final Team team;
  private final int most;
  private long updates;
  private long nextTrial;
  private long fastestAlone = Long.MAX_VALUE;
  private long fastestShared = Long.MAX_VALUE;
  private boolean share = true;
  private boolean lending;
  private long begun;

  /**
   * Of a team.
   *
   * @param most with the caller's
   */
  BorrowedThreads(Team team, int most) {
    this.team = team;
    this.most = most;
  }

  Team team() {
    return team;
  }

  /** How many there may be, with the caller's. */
  int most() {
    return most;
  }

  /** Borrows them for an update, where that is the faster way or is to be tried; else null. */
  @Nullable Workers lend() {
    boolean wanted = share;
    if (updates >= nextTrial) {
      wanted = (updates - nextTrial) % 2 == 0;
    }
    Workers workers = wanted && most > 1 ? team.lend(most) : null;
    lending = workers != null;
    begun = System.nanoTime();
    return workers;
  }

  /** Gives them back. */
  void giveBack() {
    long took = System.nanoTime() - begun;
    if (lending) {
      team.giveBack();
    }
    if (updates >= nextTrial) {
      if (lending) {
        fastestShared = Math.min(fastestShared, took);
      } else {
        fastestAlone = Math.min(fastestAlone, took);
      }
      if (updates == nextTrial + TRIAL - 1) {
        decide();
      }
    }
    updates++;
  }

  private void decide() {
    share = fastestShared <= fastestAlone;
    fastestShared = Long.MAX_VALUE;
    fastestAlone = Long.MAX_VALUE;
    nextTrial += Math.min(APART, Math.max(2 * TRIAL, 3 * nextTrial));
  }
}
