package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Sizes;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * A call of a layer, ready to predict: it reads values of a {@link ForwardWorkspace} and leaves its
 * own there. Immutable; thread-safe.
 */
public abstract class ForwardNode {
  final Wiring.Call call;
  final int out;
  final int place; // among the calls, and of its scratch in a workspace

  ForwardNode(Wiring.Call call) {
    this.call = call;
    this.out = call.out();
    this.place = call.place();
  }

  /** The packed layer that it runs. */
  abstract ForwardLayer layer();

  /** Another call of the same layer, with the same packed weights. */
  abstract ForwardNode again(Wiring wiring, Wiring.Call other);

  /** The steps of what it runs on, for those of all values. */
  abstract int steps(int[] steps);

  /** Runs a block's rows. */
  abstract void run(ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first);

  /** Runs one step of a stream; odd as {@link ForwardLayer#step} is told. */
  public abstract void step(ForwardWorkspace workspace, int rows, boolean odd);

  /** Before the first step of a stream, in a scratch that is zeroed. */
  public void beginSteps(ForwardWorkspace workspace, int rows) {
    layer().beginSteps(rows, scratch(workspace));
  }

  /** The states of a stream, as {@link ForwardLayer#stepStates}. */
  public HeldStates stepStates(ForwardWorkspace workspace, int rows, boolean odd) {
    return layer().stepStates(rows, odd, scratch(workspace));
  }

  /** What it works in, of a workspace. */
  final LayerScratch scratch(ForwardWorkspace workspace) {
    return workspace.scratch[place];
  }

  /** Makes what it works in, for so many steps of all values. */
  final LayerScratch newScratch(Arena arena, int[] steps, int rows) {
    Sizes.rows(steps(steps), rows);
    return new LayerScratch(arena, layer(), steps(steps), rows);
  }

  /** The bytes of {@link #newScratch}, without making it. */
  final long scratchBytes(int[] steps, int rows) {
    Sizes.rows(steps(steps), rows);
    return LayerScratch.bytes(layer(), steps(steps), rows);
  }
}
