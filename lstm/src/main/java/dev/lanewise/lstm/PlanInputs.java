package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.Objects;

/** Which inputs a {@link Plan} takes. Immutable; checks allocate nothing. */
final class PlanInputs {
  private final Plan plan;

  PlanInputs(Plan plan) {
    this.plan = plan;
  }

  /** Refuses an input that the layers do not take. */
  void check(Shape shape) {
    check(0, shape);
    plan.steps().of(new int[] {steps(0, shape)}); // refuses too few
  }

  /** Refuses an input by itself: its axes, its features, timesteps that are fixed. */
  void check(int port, Shape shape) {
    Plan.Port input = plan.ports().get(port);
    checkRank(port, shape);
    int features = input.axes().width();
    if (input.kind() != InputKind.IDS && shape.dim(-1) != features) {
      throw LayerErrors.inputFeatures(plan.path(port), shape, features, plan.isChain());
    }
    if (!hasTime(port, shape)) {
      return;
    }
    if (shape.dim(1) == 0 || shape.dim(1) > Integer.MAX_VALUE) {
      throw LstmErrors.timesteps(shape);
    }
    int said = input.axes().steps(); // where another input says it, their merging checks
    if (plan.time().isFixed(port) && said > 0 && shape.dim(1) != said) {
      throw LayerErrors.fixedTimesteps(plan.path(port), shape, said);
    }
  }

  private void checkRank(int port, Shape shape) {
    int rank = shape.rank();
    switch (plan.ports().get(port).kind()) {
      case IDS -> {
        if (rank != 2) {
          throw LayerErrors.notIds(Objects.requireNonNull(plan.ids(port)), shape);
        }
      }
      case SEQUENCES -> {
        if (rank != 3) {
          throw LstmErrors.notThreeAxes(shape, plan.ports().get(port).axes().width());
        }
      }
      case ROWS -> {
        if (rank != 2) {
          throw LayerErrors.notRows(plan.path(port), shape, plan.isChain());
        }
      }
      case EITHER -> {
        if (rank != 2 && rank != 3) {
          throw LstmErrors.notTwoOrThreeAxes(shape);
        }
      }
    }
  }

  boolean hasTime(int port, Shape shape) {
    return plan.ports().get(port).kind() == InputKind.IDS || shape.rank() == 3;
  }

  /**
   * The steps of an input that {@link #check(int, Shape)} let pass; 1 where it has no time axis.
   */
  int steps(int port, Shape shape) {
    return hasTime(port, shape) ? (int) shape.dim(1) : 1;
  }

  /** The only input, of so many samples and timesteps, refused where the layers do not take it. */
  Shape only(int batch, int steps) {
    Shape shape = shape(0, batch, steps);
    check(shape);
    return shape;
  }

  /** The steps of each input, of so many samples and timesteps where it has time of any length. */
  int[] stepsOf(int batch, int timesteps) {
    int[] steps = new int[plan.ports().size()];
    for (int port = 0; port < steps.length; port++) {
      boolean rows = plan.ports().get(port).kind() == InputKind.ROWS && !plan.isSingle();
      int said = plan.axes(port).steps();
      boolean must = !plan.isSingle() && plan.time().isFixed(port) && said > 0;
      Shape shape = shape(port, batch, rows ? 1 : must ? said : timesteps);
      check(port, shape);
      steps[port] = steps(port, shape);
    }
    plan.steps().of(steps); // refuses too few
    return steps;
  }

  /** An input of so many samples and timesteps, where it has such. */
  Shape shape(int port, int batch, int steps) {
    Plan.Port input = plan.ports().get(port);
    return switch (input.kind()) {
      case IDS -> Shape.of(batch, steps);
      case ROWS ->
          steps == 1 || plan.ports().size() > 1
              ? Shape.of(batch, input.axes().width())
              : Shape.of(batch, steps, input.axes().width()); // refused with a good reason
      case SEQUENCES, EITHER -> Shape.of(batch, steps, input.axes().width());
    };
  }
}
