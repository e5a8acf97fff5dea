package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** From which inputs the values of a {@link Plan} have their timesteps. Immutable. */
final class PlanTime {
  private final Plan plan;
  private final List<BitSet> origins; // of each value: inputs
  private final boolean[] fixed; // by input

  PlanTime(Plan plan) {
    this.plan = plan;
    this.origins = trace();
    this.fixed = fixed();
  }

  /** Whether the timesteps of an input must be those that were said. */
  boolean isFixed(int port) {
    return fixed[port];
  }

  /** Whether the timesteps after a call are always the same. */
  boolean fixesTime(Plan.Node node) {
    return plan.axes(node.out()).steps() > 0 && origins(node.out()).allMatch(i -> fixed[i]);
  }

  /** The inputs whose timesteps a value's are made of. */
  IntStream origins(int value) {
    return origins.get(value).stream();
  }

  private List<BitSet> trace() {
    List<BitSet> all = new ArrayList<>();
    for (int value = 0; value < plan.values(); value++) {
      all.add(new BitSet());
    }
    for (int port = 0; port < plan.ports().size(); port++) {
      all.get(port).set(port, plan.axes(port).hasTime());
    }
    for (Plan.Node node : plan.nodes()) {
      if (plan.axes(node.out()).hasTime() && !node.layer().bringsTime()) {
        for (int value : node.in()) {
          all.get(node.out()).or(all.get(value));
        }
      }
    }
    return all;
  }

  private boolean[] fixed() {
    boolean[] all = new boolean[plan.ports().size()];
    for (Plan.Node node : plan.nodes()) {
      if (node.layer().fixesTime() && plan.before(node).hasTime()) {
        origins.get(node.in()[0]).stream().forEach(port -> all[port] = true);
      }
    }
    return all;
  }
}
