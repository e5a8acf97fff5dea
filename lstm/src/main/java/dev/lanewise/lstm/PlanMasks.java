package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;

/**
 * Where the padding of a {@link Plan}'s values is marked, and what reads it. Values of which always
 * the same is padding share a mask. Immutable.
 */
final class PlanMasks {
  private final Plan plan;
  private final int[] masks; // of each value
  private final int count;
  private final boolean[] reaches; // by value

  PlanMasks(Plan plan) {
    this.plan = plan;
    this.masks = new int[plan.values()];
    this.count = place();
    this.reaches = read();
  }

  /** Which mask says what of a value is padding. */
  int of(int value) {
    return masks[value];
  }

  /** That of each value. */
  int[] all() {
    return masks;
  }

  /** How many masks there are. */
  int count() {
    return count;
  }

  private int place() {
    int count = plan.ports().size();
    int none = count++; // of states, which have no steps
    for (int port = 0; port < plan.ports().size(); port++) {
      masks[port] = port;
    }
    for (Plan.Node node : plan.nodes()) {
      Layer layer = node.layer();
      boolean shares = !layer.takesSeveral() && !layer.makesMask() && layer.passesMask();
      masks[node.out()] = shares ? masks[node.in()[0]] : count++;
      Arrays.fill(masks, node.out() + 1, node.out() + 1 + node.states(), none);
    }
    return count;
  }

  /** Refuses a mask that is of another shape than the input, or that no layer would read. */
  void check(String operation, int port, Shape shape, LiveSteps mask) {
    boolean samples = mask.samples() == shape.dim(0);
    if (!plan.inputs().hasTime(port, shape)) {
      throw GraphErrors.maskOfRows(operation, mask, shape);
    }
    if (!samples || mask.timesteps() != shape.dim(1)) {
      throw LayerErrors.maskShape(operation, mask, shape);
    }
    if (!reaches[port]) {
      throw LayerErrors.maskUnread(operation, plan.path(port));
    }
  }

  /** Whether a mask of an input changes what a layer or the loss does. */
  boolean reaches(int port) {
    return reaches[port];
  }

  /** Of each value, whether a layer or a loss after it reads its mask. */
  private boolean[] read() {
    boolean[] read = new boolean[plan.values()];
    for (int value : plan.outputs()) {
      read[value] = true;
    }
    for (Plan.Node node : plan.nodes().reversed()) {
      Layer layer = node.layer();
      if (layer.readsMask() || (layer.passesMask() && read[node.out()])) {
        for (int value : node.in()) {
          read[value] = true;
        }
      }
    }
    return read;
  }
}
