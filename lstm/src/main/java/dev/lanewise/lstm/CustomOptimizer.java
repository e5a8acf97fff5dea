package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.CustomState;
import dev.lanewise.lstm.train.OptimizerState;
import java.util.HashSet;
import java.util.List;

/**
 * An optimizer that changes weights by a rule of your own. Learning rate, schedule and clipping are
 * as those of the others. Immutable.
 */
public final class CustomOptimizer extends Optimizer {
  private final UpdateRule rule;
  private final List<String> slots;

  private CustomOptimizer(Builder from) {
    super(from);
    this.rule = from.rule;
    this.slots = from.slots;
  }

  /**
   * A rule with a learning rate.
   *
   * @param rule how gradients change weights
   * @param learningRate above 0 and finite
   * @return the optimizer
   * @throws IllegalArgumentException when the rate is not, or two slots have one name
   */
  public static CustomOptimizer of(UpdateRule rule, double learningRate) {
    return builder(rule).learningRate(learningRate).build();
  }

  /**
   * A builder that begins with learning rate 0.001.
   *
   * @param rule how gradients change weights
   * @return the builder
   * @throws IllegalArgumentException when two slots have one name
   */
  public static Builder builder(UpdateRule rule) {
    return new Builder(rule);
  }

  /**
   * How gradients change weights.
   *
   * @return the rule
   */
  public UpdateRule rule() {
    return rule;
  }

  @Override
  OptimizerState state(ModelWeights weights) {
    return new CustomState(slots, rule::update, weights.trainableElements());
  }

  /** Collects the settings of a {@link CustomOptimizer}. Not thread-safe. */
  public static final class Builder extends Optimizer.Builder<Builder> {
    private final UpdateRule rule;
    private final List<String> slots;

    private Builder(UpdateRule rule) {
      super("CustomOptimizer", 1e-3);
      this.rule = rule;
      this.slots = List.copyOf(rule.slots());
      if (new HashSet<>(slots).size() < slots.size()) {
        throw OptimizerErrors.twoSlots(slots);
      }
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public CustomOptimizer build() {
      return new CustomOptimizer(this);
    }
  }
}
