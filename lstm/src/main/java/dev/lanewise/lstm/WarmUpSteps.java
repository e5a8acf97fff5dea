package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.run.Axes;
import java.util.Arrays;

/**
 * The lengths of inputs that a model takes together: sequences that meet in a {@link MergeLayer}
 * are equally long, and a {@link RepeatVector} says how long its own are.
 */
final class WarmUpSteps {
  private static final int UNKNOWN = 0;

  private final Plan plan;
  private final int[] steps; // of each value

  private WarmUpSteps(Plan plan) {
    this.plan = plan;
    this.steps = new int[plan.values()];
  }

  /** The steps of each input, so many where they are free, or as many as the layers need. */
  static int[] of(Plan plan, int wanted) {
    return new WarmUpSteps(plan).solve(plan.steps().needed(wanted));
  }

  private int[] solve(int[] free) {
    for (int port = 0; port < free.length; port++) {
      int said = plan.axes(port).steps();
      boolean must = said > 0 && (free.length > 1 || free[port] == said);
      steps[port] = !plan.axes(port).hasTime() ? 1 : must ? said : UNKNOWN;
    }
    for (Plan.Node node : plan.nodes()) {
      Axes out = plan.axes(node.out());
      boolean says = node.layer().bringsTime() || node.layer().fixesTime();
      steps[node.out()] = !out.hasTime() ? 1 : says ? out.steps() : UNKNOWN;
    }
    spread();
    for (int port = 0; port < free.length; port++) {
      if (steps[port] == UNKNOWN) {
        steps[port] = free[port];
        spread();
      }
    }
    return Arrays.copyOf(steps, free.length);
  }

  /** Brings what is known to the values whose steps follow from it. */
  private void spread() {
    int[] before;
    do {
      before = steps.clone();
      for (Plan.Node node : plan.nodes()) {
        if (plan.axes(node.in()[0]).hasTime()) {
          if (node.layer().takesSeveral()) {
            spreadMerged(node);
          } else if (plan.axes(node.out()).hasTime() && !node.layer().fixesTime()) {
            spread(node.layer(), node.in()[0], node.out());
          }
        }
      }
    } while (!Arrays.equals(before, steps));
  }

  private void spread(Layer layer, int in, int out) {
    if (steps[out] == UNKNOWN && steps[in] != UNKNOWN) {
      steps[out] = layer.stepsAfter(steps[in]);
    } else if (steps[in] == UNKNOWN && steps[out] != UNKNOWN) {
      steps[in] = Sizes.length("Predictor.warmUp", "timesteps", layer.stepsBefore(steps[out]));
    }
  }

  private void spreadMerged(Plan.Node node) {
    int[] in = node.in();
    boolean equal = node.layer().mergedSteps(1, 1) == 1;
    if (!equal) {
      int[] each = Arrays.stream(in).map(value -> steps[value]).toArray();
      boolean known = Arrays.stream(each).allMatch(length -> length != UNKNOWN);
      steps[node.out()] = known ? Arrays.stream(each).sum() : steps[node.out()];
      return;
    }
    int length = steps[node.out()];
    for (int value : in) {
      length = Math.max(length, steps[value]);
    }
    for (int value : in) {
      steps[value] = steps[value] == UNKNOWN ? length : steps[value];
    }
    steps[node.out()] = length;
  }
}
