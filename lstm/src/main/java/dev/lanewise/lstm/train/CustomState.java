package dev.lanewise.lstm.train;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** What a user's own optimizer keeps. */
public final class CustomState extends OptimizerState {
  private final Rule rule;
  private final List<MemorySegment> values;

  /** The user's update of a range. */
  public interface Rule {

    /** As {@link OptimizerState#update}, of the update {@code step}, 1 for the first. */
    void update(
        long step,
        double learningRate,
        long from,
        long n,
        MemorySegment gradients,
        List<MemorySegment> slots,
        MemorySegment weights);
  }

  /**
   * Nothing yet.
   *
   * @param slots their names
   * @param rule what it does
   * @param elements of the trainable weights with their padding
   */
  public CustomState(List<String> slots, Rule rule, long elements) {
    super(elements, slots.toArray(String[]::new));
    this.rule = rule;
    this.values = slots().stream().map(Slot::values).toList();
  }

  @Override
  void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    rule.update(step(), learningRate(), from, n, gradients, values, weights);
  }
}
