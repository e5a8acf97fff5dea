package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a layer that reads one value, and may begin from states and give those it ends in. */
final class LayerNode extends ForwardNode {
  private final ForwardLayer layer;
  private final int in;
  private final int maskIn;
  private final int maskOut;
  private final boolean marks;
  private final boolean givesStates;
  private final int h; // how many of each
  private final int c;

  LayerNode(Plan plan, Plan.Node node, ForwardLayer layer) {
    super(plan, node);
    this.layer = layer;
    this.in = node.in()[0];
    this.maskIn = plan.masks().of(in);
    this.maskOut = plan.masks().of(out);
    this.marks = node.layer().makesMask();
    this.givesStates = plan.givesStates(node);
    this.h = node.layer().stateUnits().size();
    this.c = node.layer().cellUnits().size();
  }

  @Override
  ForwardLayer layer() {
    return layer;
  }

  @Override
  ForwardNode again(Plan plan, Plan.Node call) {
    return new LayerNode(plan, call, layer);
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
    if (givesStates) {
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
    if (!marks) {
      return mask;
    }
    StepMask own = workspace.masks[maskOut];
    own.begin(workspace.steps[in], rows);
    own.addAll(mask, rows);
    return own;
  }

  /** What comes after a layer that passes no mask on may mark other steps. */
  private void after(ForwardWorkspace workspace, int rows) {
    if (!marks && maskOut != maskIn) {
      workspace.masks[maskOut].begin(workspace.steps[out], rows);
    }
  }

  private @Nullable StreamState initial(
      ForwardWorkspace workspace, int rows, @Nullable Extras extras, long first) {
    int[] from = node.from();
    if (from.length == 0) {
      return extras == null ? null : extras.initial(place, first, rows);
    }
    List<Tensor> all = new ArrayList<>(from.length);
    for (int i = 0; i < from.length; i++) {
      all.add(workspace.state(from[i], rows, units(i)));
    }
    return new StreamState(all.subList(0, h), all.subList(h, h + c));
  }

  private int units(int state) {
    return state < h
        ? node.layer().stateUnits().get(state)
        : node.layer().cellUnits().get(state - h);
  }

  private void give(ForwardWorkspace workspace, StreamState states) {
    for (int i = 0; i < h; i++) {
      workspace.give(out + 1 + i, states.h().get(i));
    }
    for (int i = 0; i < c; i++) {
      workspace.give(out + 1 + h + i, states.c().get(i));
    }
  }

  @Override
  void step(ForwardWorkspace workspace, int rows, boolean odd) {
    LayerScratch scratch = scratch(workspace);
    MemorySegment from = workspace.memory[in];
    StepMask mask = before(workspace, rows);
    workspace.offset[out] = layer.step(rows, from, workspace.offset[in], odd, scratch, mask);
    workspace.memory[out] = layer.output(from, scratch);
    after(workspace, rows);
  }
}
