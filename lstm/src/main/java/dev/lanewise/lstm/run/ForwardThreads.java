package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Cancellation;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a predictor use threads. Large ones are shared out, by samples or by the units
 * of each step. The others stay on the caller's. Thread-safe.
 */
public final class ForwardThreads {
  /** Multiply-adds a thread must get for waking it to pay: some 30 microseconds. */
  private static final long WORK_PER_THREAD = 1L << 20;

  /** With fewer samples a thread they stay together, and the units of a step are shared out. */
  private static final int ROWS_PER_THREAD = 4;

  private final ForwardBlocks blocks;
  private final int threads;
  private final Team team;
  private final long workPerStep;
  private final boolean largeWeights; // most of the work is by such
  private final boolean marksPadding;
  private final SharedCall sharedCall = new SharedCall();

  public ForwardThreads(ForwardBlocks blocks, Team team, int threads) {
    this.blocks = blocks;
    this.team = team;
    this.threads = threads;
    long work = 0;
    long large = 0;
    boolean marks = false;
    for (ForwardNode node : blocks.nodes()) {
      ForwardLayer layer = node.layer();
      work += layer.work();
      large += layer.workOfLargeWeights();
      marks |= layer.marksPadding();
    }
    this.workPerStep = work;
    this.largeWeights = large > work / 10 * 9;
    this.marksPadding = marks;
  }

  public ForwardBlocks blocks() {
    return blocks;
  }

  public Team team() {
    return team;
  }

  /** The multiply-adds of a sample's step, through all layers. */
  public long workPerStep() {
    return workPerStep;
  }

  /** The bytes that all threads of a call work in. */
  public long workspaceBytes(int[] steps, int samples) {
    int longest = Arrays.stream(steps).max().orElse(1);
    int parts = Math.max(1, parts(longest, samples, sharesSteps(longest, samples, false)));
    int rows =
        Math.max(
            ForwardBlocks.blockRows(samples / parts),
            ForwardBlocks.blockRows(Math.ceilDiv(samples, parts)));
    return parts * blocks.workspaceBytes(steps, rows);
  }

  /** How many threads share the samples out; 0 or 1 to stay on the caller's. */
  private int parts(int steps, long samples, boolean shared) {
    if (shared) {
      return 1;
    }
    long wanted = Math.min(threads, Sizes.work(steps, samples, workPerStep) / WORK_PER_THREAD);
    return (int) Math.min(wanted, samples);
  }

  /**
   * Whether the threads stay together on all samples, and share the units of each step. Steps with
   * padding they do not share.
   */
  private boolean sharesSteps(int steps, long samples, boolean masked) {
    return threads > 1
        && (samples / threads < ROWS_PER_THREAD || (largeWeights && !masked && !marksPadding))
        && Sizes.work(steps, samples, workPerStep) >= 2 * WORK_PER_THREAD
        && blocks.canShareSteps(steps, samples);
  }

  /** Predicts a call that was checked. */
  public void run(ForwardCall call) {
    long samples = call.samples();
    int steps = call.longest();
    boolean shared = sharesSteps(steps, samples, call.isMasked());
    int parts = parts(steps, samples, shared);
    Workers workers = shared || parts > 1 ? team.lend(threads) : null;
    try {
      if (workers != null && !shared && call.isAccessibleBy(workers.other())) {
        sharedCall.run(workers, parts, call);
      } else {
        blocks.run(call, 0, samples, shared ? workers : null, null);
      }
    } finally {
      if (workers != null) {
        team.giveBack();
      }
    }
  }

  /** The call that the team is working on; kept, so that a call allocates nothing. */
  private final class SharedCall implements Workers.Task {
    private final Cancellation stop = new Cancellation();
    private @Nullable ForwardCall call;

    void run(Workers workers, int parts, ForwardCall wanted) {
      call = wanted;
      stop.clear();
      try {
        workers.run(parts, this);
      } finally {
        call = null;
      }
    }

    @Override
    public void run(int part, int parts) {
      ForwardCall present = call;
      if (present != null) {
        long samples = present.samples();
        long first = samples * part / parts;
        long next = samples * (part + 1) / parts;
        blocks.run(present, first, next, null, stop);
      }
    }
  }
}
