package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A call of a {@link MergeLayer}. */
final class MergeNode extends ForwardNode {
  private final int[] in;
  private final int[] masksIn;
  private final int maskOut;
  private final Room room;
  private final Merger merger;

  MergeNode(Plan plan, Plan.Node node, Merger merger) {
    super(plan, node);
    this.in = node.in();
    this.merger = merger;
    this.masksIn = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      masksIn[i] = plan.masks().of(in[i]);
    }
    this.maskOut = plan.masks().of(out);
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
  ForwardNode again(Plan plan, Plan.Node call) {
    return new MergeNode(plan, call, merger);
  }

  @Override
  int steps(int[] steps) {
    return steps[out];
  }

  @Override
  void run(ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first) {
    LayerScratch scratch = scratch(workspace);
    MergeInputs all = scratch.merged(in.length);
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
  void step(ForwardWorkspace workspace, int rows, boolean odd) {
    run(workspace, rows, null, 0);
  }
}
