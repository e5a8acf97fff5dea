package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/**
 * A convolution on (batch, channels, timesteps): the axes swapped, the layer with the channels
 * last, the axes swapped back. Scratch: the input and the output swapped.
 */
public final class ChannelsFirstForward implements ForwardLayer {
  private final ForwardLayer[] inner;
  private final int timesteps;
  private final Rearrangement in;
  private final Rearrangement out;

  public ChannelsFirstForward(Axes in, Axes out, ForwardLayer inner) {
    this.inner = new ForwardLayer[] {inner};
    this.timesteps = in.width();
    this.in = Rearrangement.transpose(in);
    this.out = Rearrangement.transpose(out.transposed());
  }

  @Override
  public ForwardLayer[] inner() {
    return inner;
  }

  /** The inner layer's steps are the timesteps, not the channels. */
  @Override
  public int innerSteps(int steps) {
    return timesteps;
  }

  private long outputAt(int rows) {
    return Blocks.align(rows * in.size());
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return outputAt(rows) + rows * out.size();
  }

  @Override
  public long forward(
      int steps,
      int rows,
      MemorySegment from,
      long fromOffset,
      LayerScratch scratch,
      StepMask mask) {
    MemorySegment memory = scratch.memory;
    LayerScratch within = scratch.inner[0];
    in.apply(rows, 0, rows, from, fromOffset, memory, 0);
    long y = inner[0].forward(timesteps, rows, memory, 0, within, mask);
    out.apply(rows, 0, rows, within.memory, y, memory, outputAt(rows));
    return outputAt(rows);
  }

  @Override
  public long work() {
    return inner[0].work();
  }
}
