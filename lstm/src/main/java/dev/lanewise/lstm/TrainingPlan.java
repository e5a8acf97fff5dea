package dev.lanewise.lstm;

import dev.lanewise.lstm.Compilation.Goal;
import dev.lanewise.lstm.Plan.Node;
import dev.lanewise.lstm.train.RowLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What runs in training: the calls on which a loss depends. Where an output ends in a function that
 * its loss can take the place of, as a softmax before a crossentropy, the function is left out and
 * the loss is that of what went into it. It then neither overflows nor loses digits.
 *
 * @param plan whose outputs are those with a loss
 * @param losses of each output, of what the plan gives there
 */
record TrainingPlan(Plan plan, List<RowLoss> losses) {

  static TrainingPlan of(Plan plan, List<Goal> goals) {
    List<Node> nodes = new ArrayList<>(plan.nodes());
    int[] outputs = new int[goals.size()];
    List<RowLoss> losses = new ArrayList<>();
    for (int i = 0; i < outputs.length; i++) {
      Goal goal = goals.get(i);
      int value = plan.outputs()[goal.output()];
      int place = fusedPlace(plan, nodes, value);
      RowLoss fused = place < 0 ? null : nodes.get(place).layer().fused(goal.loss());
      outputs[i] = fused == null ? value : unfuse(nodes, place);
      losses.add(fused == null ? goal.loss().rows() : fused);
    }
    return new TrainingPlan(plan.with(needed(nodes, outputs), outputs), losses);
  }

  /** The call that gives a value to its output alone, and that something is left of; or -1. */
  private static int fusedPlace(Plan plan, List<Node> nodes, int value) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.out() == value) {
        boolean alone = node.layer().unfused().isEmpty() && node.in()[0] < plan.ports().size();
        return plan.readers(value) == 1 && !alone ? i : -1;
      }
    }
    return -1;
  }

  /** Puts what is left of a call in its place; the value that is then the output. */
  private static int unfuse(List<Node> nodes, int place) {
    Node node = nodes.get(place);
    List<Layer> left = node.layer().unfused();
    if (left.isEmpty()) {
      nodes.remove(place);
      return node.in()[0];
    }
    Layer layer = left.getFirst();
    nodes.set(place, new Node(layer, node.weights(), node.in(), node.from(), node.out()));
    return node.out();
  }

  private static List<Node> needed(List<Node> nodes, int[] outputs) {
    BitSet wanted = new BitSet();
    for (int value : outputs) {
      wanted.set(value);
    }
    List<Node> kept = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      int end = node.out() + 1 + node.states();
      if (!wanted.get(node.out(), end).isEmpty()) {
        kept.addFirst(node);
        Arrays.stream(node.in()).forEach(wanted::set);
        Arrays.stream(node.from()).forEach(wanted::set);
      }
    }
    return kept;
  }
}
