package dev.lanewise.lstm;

import dev.lanewise.lstm.train.Objective;
import dev.lanewise.lstm.train.RowMetric;
import dev.lanewise.lstm.train.TrainedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model is trained for.
 *
 * @param goals those of its outputs that have a loss
 * @param metrics what is measured of each
 */
record Compilation(List<Goal> goals, List<Metric> metrics) {

  /**
   * What is wanted of an output.
   *
   * @param output its place among the outputs
   * @param weight what the loss counts in the sum of all
   */
  record Goal(int output, Loss loss, double weight) {}

  Compilation {
    goals = List.copyOf(goals);
    metrics = List.copyOf(metrics);
    for (Goal goal : goals) {
      metrics.forEach(metric -> metric.of(goal.loss())); // refuses
    }
  }

  /** One loss for every output. */
  static Compilation of(Plan plan, Loss loss, List<Metric> metrics) {
    List<Goal> goals = new ArrayList<>();
    for (int output = 0; output < plan.outputs().length; output++) {
      goals.add(goal(plan, output, loss, 1));
    }
    return new Compilation(goals, metrics);
  }

  /** A loss for each of some outputs, by name. */
  static Compilation of(
      Plan plan, Map<String, Loss> losses, Map<String, Double> weights, List<Metric> metrics) {
    List<String> names = plan.outputNames();
    if (losses.isEmpty() || !names.containsAll(losses.keySet())) {
      throw GraphErrors.names("Model.compile", "losses of output", names, losses.keySet());
    }
    if (!losses.keySet().containsAll(weights.keySet())) {
      throw GraphErrors.names(
          "Model.compile", "weights of output", losses.keySet(), weights.keySet());
    }
    List<Goal> goals = new ArrayList<>();
    for (int output = 0; output < names.size(); output++) {
      String name = names.get(output);
      if (losses.containsKey(name)) {
        Loss loss = Objects.requireNonNull(losses.get(name), name);
        double weight = weights.getOrDefault(name, 1.0);
        if (!(weight > 0 && Double.isFinite(weight))) {
          throw GraphErrors.lossWeight(name, weight);
        }
        goals.add(goal(plan, output, loss, weight));
      }
    }
    return new Compilation(goals, metrics);
  }

  private static Goal goal(Plan plan, int output, Loss loss, double weight) {
    int width = plan.outputFeatures(output);
    if (!loss.targets().takes(width)) {
      throw LossErrors.outputs(loss, width, loss.targets().outputs());
    }
    return new Goal(output, loss, weight);
  }

  /** Which of the model's layers a call is of, among those that are trained. */
  int trainedLayer(Plan plan, int call) {
    return TrainingPlan.of(plan, goals).plan().nodes().get(call).weights();
  }

  /** What a model is trained as. */
  TrainedGraph trained(Plan plan) {
    TrainingPlan trained = TrainingPlan.of(plan, goals);
    List<Objective> objectives = new ArrayList<>();
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      Loss loss = goal.loss();
      List<RowMetric> measured = metrics.stream().map(metric -> metric.of(loss)).toList();
      LossTargets targets = loss.targets();
      int width = plan.outputFeatures(goal.output());
      objectives.add(
          new Objective(
              trained.losses().get(i),
              targets.terms(width),
              targets.width(width),
              goal.weight(),
              measured,
              targets.predictions(width)));
    }
    return new TrainedGraph(trained.plan().wiring(), trained.plan().trainings(), objectives);
  }
}
