package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training stands beside its weights: with both, {@link FitOptions.Builder#resume} goes on
 * to the bits of a fit that was never cut off. Immutable, but for the tensors.
 *
 * @param epochs how many are over
 * @param updates how many the optimizer has made
 * @param rateFactor what callbacks made of the learning rate
 * @param moments what the optimizer remembers of each trainable weight, by its own name for it, a
 *     slash and the weight's: {@code m/lstm/kernel}. Of the weight's shape
 * @param callbacks what each callback remembers, in the order in which they were given
 */
public record TrainingState(
    int epochs,
    long updates,
    double rateFactor,
    Map<String, Tensor> moments,
    List<Callback.State> callbacks) {

  /**
   * Copies the map and the list, not the tensors.
   *
   * @param epochs how many are over
   * @param updates how many the optimizer has made
   * @param rateFactor what callbacks made of the learning rate
   * @param moments what the optimizer remembers
   * @param callbacks what each callback remembers
   */
  public TrainingState {
    moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
    callbacks = List.copyOf(callbacks);
  }
}
