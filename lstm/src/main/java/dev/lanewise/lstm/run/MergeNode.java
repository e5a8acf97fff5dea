package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A call of a layer that merges values. */
public final class MergeNode extends ForwardNode {
  private final int[] in;
  private final int[] masksIn;
  private final int maskOut;
  private final Room room;
  private final Merger merger;

  MergeNode(Wiring wiring, Wiring.Call call, Merger merger) {
    super(call);
    this.in = call.in();
    this.merger = merger;
    this.masksIn = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      masksIn[i] = wiring.masks()[in[i]];
    }
    this.maskOut = wiring.masks()[out];
    this.room = new Room(merger.width);
  }

  /** Only the memory that it leaves its output in. */
  private record Room(int width) implements ForwardLayer {
    @Override
    public long scratchSize(int steps, int rows) {
      return (long) steps * rows * width;
    }

    @Override
    public long forward(
        int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
      throw new AssertionError("a MergeNode runs itself");
    }

    @Override
    public long work() {
      return width;
    }
  }

  @Override
  ForwardLayer layer() {
    return room;
  }

  @Override
  ForwardNode again(Wiring wiring, Wiring.Call other) {
    return new MergeNode(wiring, other, merger);
  }

  @Override
  int steps(int[] steps) {
    return steps[out];
  }

  @Override
  void run(ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first) {
    LayerScratch scratch = scratch(workspace);
    MergeInputs all = MergeInputs.of(scratch, in.length);
    for (int i = 0; i < in.length; i++) {
      StepMask mask = workspace.masks[masksIn[i]];
      all.set(i, workspace.memory[in[i]], workspace.offset[in[i]], workspace.steps[in[i]], mask);
    }
    int steps = workspace.steps[out];
    merger.apply(all, steps, rows, 0, rows, scratch.memory);
    StepMask mask = workspace.masks[maskOut];
    mask.begin(steps, rows);
    merger.mark(all, steps, 0, rows, mask);
    workspace.memory[out] = scratch.memory;
    workspace.offset[out] = 0;
  }

  @Override
  public void step(ForwardWorkspace workspace, int rows, boolean odd) {
    run(workspace, rows, null, 0);
  }
}
