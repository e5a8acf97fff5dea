package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a layer that reads one value, and may begin from states and give those it ends in. */
public final class LayerNode extends ForwardNode {
  private final ForwardLayer layer;
  private final int in;
  private final int maskIn;
  private final int maskOut;
  private final int h; // how many of each
  private final int c;

  LayerNode(Wiring wiring, Wiring.Call call, ForwardLayer layer) {
    super(call);
    this.layer = layer;
    this.in = call.in()[0];
    this.maskIn = wiring.masks()[in];
    this.maskOut = wiring.masks()[out];
    this.h = call.h().length;
    this.c = call.c().length;
  }

  @Override
  ForwardLayer layer() {
    return layer;
  }

  @Override
  ForwardNode again(Wiring wiring, Wiring.Call other) {
    return new LayerNode(wiring, other, layer);
  }

  @Override
  int steps(int[] steps) {
    return steps[in];
  }

  @Override
  void run(ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first) {
    LayerScratch scratch = scratch(workspace);
    MemorySegment from = workspace.memory[in];
    int steps = workspace.steps[in];
    layer.begin(initial(workspace, rows, extras, first), scratch);
    StepMask mask = before(workspace, rows);
    workspace.offset[out] = layer.forward(steps, rows, from, workspace.offset[in], scratch, mask);
    workspace.memory[out] = layer.output(from, scratch);
    if (call.givesStates()) {
      give(workspace, layer.finalStates(steps, rows, scratch));
    }
    if (extras != null && extras.keepsState(place)) {
      extras.keepState(place, layer.finalStates(steps, rows, scratch), first);
    }
    after(workspace, rows);
  }

  /** The mask that the layer reads, and adds to where it marks padding. */
  private StepMask before(ForwardWorkspace workspace, int rows) {
    StepMask mask = workspace.masks[maskIn];
    if (!call.marks()) {
      return mask;
    }
    StepMask own = workspace.masks[maskOut];
    own.begin(workspace.steps[in], rows);
    own.addAll(mask, rows);
    return own;
  }

  /** What comes after a layer that passes no mask on may mark other steps. */
  private void after(ForwardWorkspace workspace, int rows) {
    if (!call.marks() && maskOut != maskIn) {
      workspace.masks[maskOut].begin(workspace.steps[out], rows);
    }
  }

  private @Nullable HeldStates initial(
      ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first) {
    int[] from = call.from();
    if (from.length == 0) {
      return extras == null ? null : extras.initial(place, first, rows);
    }
    List<Tensor> all = new ArrayList<>(from.length);
    for (int i = 0; i < from.length; i++) {
      all.add(workspace.state(from[i], rows, units(i)));
    }
    return new HeldStates(all.subList(0, h), all.subList(h, h + c));
  }

  private int units(int state) {
    return state < h ? call.h()[state] : call.c()[state - h];
  }

  private void give(ForwardWorkspace workspace, HeldStates states) {
    for (int i = 0; i < h; i++) {
      workspace.give(out + 1 + i, states.h().get(i));
    }
    for (int i = 0; i < c; i++) {
      workspace.give(out + 1 + h + i, states.c().get(i));
    }
  }

  @Override
  public void step(ForwardWorkspace workspace, int rows, boolean odd) {
    LayerScratch scratch = scratch(workspace);
    MemorySegment from = workspace.memory[in];
    StepMask mask = before(workspace, rows);
    workspace.offset[out] = layer.step(rows, from, workspace.offset[in], odd, scratch, mask);
    workspace.memory[out] = layer.output(from, scratch);
    after(workspace, rows);
  }
}
