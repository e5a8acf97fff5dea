package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How an optimizer of your own changes weights; {@link CustomOptimizer} makes it one. What it
 * remembers lies in its slots, not in the rule, so that one rule may train any number of models.
 *
 * <p>Weights, gradients and slots are float32. They lie in the same places: the gradient of the
 * weight at element 7 is at element 7. Zeros lie between the weights of a model, and their
 * gradients are 0.
 *
 * <p>Without slots a rule is a lambda. {@link dev.lanewise.kernels.AddScaled} and its neighbours do
 * a range at the speed of the vector unit:
 *
 * <pre>{@code
 * UpdateRule descent =
 *     (step, rate, from, n, gradients, slots, weights) ->
 *         AddScaled.apply(n, (float) -rate, gradients, from, weights, from);
 * }</pre>
 */
@FunctionalInterface
public interface UpdateRule {

  /**
   * The names of the arrays that it keeps from update to update. Each is as long as the trainable
   * weights, and zeros before the first update.
   *
   * @return the names, which differ; none unless overridden
   */
  default List<String> slots() {
    return List.of();
  }

  /**
   * Updates a range of the weights and of the slots. Threads call it for disjoint ranges at the
   * same time, and how they share them out differs from run to run. So no element may depend on
   * others, or on where a range begins. Should allocate nothing.
   *
   * @param step 1 for the first update since compile
   * @param learningRate of this update
   * @param from the first element of the range, in elements; a multiple of 16
   * @param n elements of the range; a multiple of 16, or 0
   * @param gradients of the trainable weights, clipped. Not modified.
   * @param slots in the order of their names. Overwritten in the range.
   * @param weights the trainable weights. Overwritten in the range.
   */
  void update(
      long step,
      double learningRate,
      long from,
      long n,
      MemorySegment gradients,
      List<MemorySegment> slots,
      MemorySegment weights);
}
