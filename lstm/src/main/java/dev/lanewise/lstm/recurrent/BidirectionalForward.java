package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.lstm.run.LayerScratch;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The forward pass of two directions. Scratch: the output (steps or 1, rows, width). */
public final class BidirectionalForward implements ForwardLayer {
  private final boolean returnSequences;
  private final int width;
  private final Merging merging;
  private final RecurrentForward forward;
  private final RecurrentForward backward;
  private final ForwardLayer[] inner;

  /** Of two layers alike, of which the second goes backwards. */
  public BidirectionalForward(
      RecurrentForward forward,
      RecurrentForward backward,
      Merging merging,
      boolean returnSequences) {
    this.returnSequences = returnSequences;
    this.width = merging.width();
    this.merging = merging;
    this.forward = forward;
    this.backward = backward;
    this.inner = new ForwardLayer[] {forward, backward};
  }

  @Override
  public ForwardLayer[] inner() {
    return inner;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (returnSequences ? steps : 1L) * rows * width;
  }

  @Override
  public void begin(@Nullable HeldStates from, LayerScratch scratch) {
    int c = from == null ? 0 : from.c().size() / inner.length; // of each direction
    for (int i = 0; i < inner.length; i++) {
      HeldStates own =
          from == null
              ? null
              : new HeldStates(from.h().subList(i, i + 1), from.c().subList(i * c, (i + 1) * c));
      inner[i].begin(own, scratch.inner[i]);
    }
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    LayerScratch one = scratch.inner[0];
    LayerScratch other = scratch.inner[1];
    long f = forward.forward(steps, rows, in, inOffset, one, mask);
    long b = backward.forward(steps, rows, in, inOffset, other, mask);
    int left = returnSequences ? steps : 1;
    merging.apply(left, rows, 0, rows, one.memory, f, other.memory, b, scratch.memory);
    return 0;
  }

  @Override
  public long work() {
    return forward.work() + backward.work();
  }
}
