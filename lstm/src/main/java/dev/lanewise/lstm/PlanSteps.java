package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;

/** How long the values of a {@link Plan} are for inputs of some lengths. Immutable. */
final class PlanSteps {
  private final Plan plan;

  PlanSteps(Plan plan) {
    this.plan = plan;
  }

  /**
   * The steps of all values; refuses too few. 1 where there is no time axis. Allocates nothing.
   *
   * @param given those of the inputs
   * @param all by value. Overwritten
   */
  void of(int[] given, int[] all) {
    System.arraycopy(given, 0, all, 0, plan.ports().size());
    for (int i = 0; i < plan.nodes().size(); i++) {
      Plan.Node node = plan.nodes().get(i);
      int[] in = node.in();
      int steps = all[in[0]];
      for (int k = 1; k < in.length; k++) {
        steps = node.layer().mergedSteps(steps, all[in[k]]);
      }
      all[node.out()] = stepsAfter(node, steps);
      Arrays.fill(all, node.out() + 1, node.out() + 1 + node.states(), 1);
    }
  }

  private int stepsAfter(Plan.Node node, int steps) {
    int said = plan.axes(node.out()).steps();
    if (said == Axes.NONE) {
      return 1;
    }
    Layer layer = node.layer();
    return layer.fixesTime() || layer.bringsTime() ? said : layer.stepsAfter(steps);
  }

  /** The steps of all values for those of the inputs. */
  int[] of(int[] given) {
    int[] all = new int[plan.values()];
    of(given, all);
    return all;
  }

  /** The steps of each input, where they are free, with which all values have so many or more. */
  int[] needed(int wanted) {
    long[] before = new long[plan.values()];
    Arrays.fill(before, wanted);
    for (Plan.Node node : plan.nodes().reversed()) {
      Layer layer = node.layer();
      long own = layer.bringsTime() ? wanted : layer.stepsBefore(before[node.out()]);
      for (int value : node.in()) {
        before[value] = Math.max(before[value], own);
      }
    }
    long most = 1;
    for (int port = 0; port < plan.ports().size(); port++) {
      most = Math.max(most, before[port]);
    }
    int[] steps = new int[plan.ports().size()];
    for (int port = 0; port < steps.length; port++) {
      int said = plan.ports().get(port).axes().steps();
      boolean rows = plan.ports().get(port).kind() == InputKind.ROWS;
      boolean must = said > 0 && (plan.time().isFixed(port) || plan.ports().size() > 1);
      steps[port] = rows ? 1 : must ? said : Sizes.length("Predictor.warmUp", "timesteps", most);
    }
    return steps;
  }

  /** Whether an output has a time axis, for the input of a chain. */
  boolean outputIsSequence(int output, Shape first) {
    return plan.takesEither() ? first.rank() == 3 : plan.axes(plan.outputs()[output]).hasTime();
  }

  /** The only output for the only input, which {@link PlanInputs#check(Shape)} let pass. */
  Shape output(Shape shape) {
    return output(0, shape, shape.dim(0), of(new int[] {plan.inputs().steps(0, shape)}));
  }

  /**
   * An output.
   *
   * @param first the shape of the first input
   * @param steps of all values
   */
  Shape output(int output, Shape first, long samples, int[] steps) {
    int features = plan.outputFeatures(output);
    return outputIsSequence(output, first)
        ? Shape.of(samples, steps[plan.outputs()[output]], features)
        : Shape.of(samples, features);
  }

  /** Whether a shape is {@link #output}; allocates nothing. */
  boolean isOutput(int output, Shape first, long samples, int[] steps, Shape shape) {
    boolean sequence = outputIsSequence(output, first);
    return shape.rank() == (sequence ? 3 : 2)
        && shape.dim(0) == samples
        && shape.dim(-1) == plan.outputFeatures(output)
        && (!sequence || shape.dim(1) == steps[plan.outputs()[output]]);
  }
}
