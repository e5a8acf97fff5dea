package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What takes part in a {@link Model#fit}: it is told of each batch and each epoch, and may stop the
 * fit, change its learning rate, or look at the model.
 *
 * <p>All is called on the thread that called {@code fit}, in the order in which callbacks were
 * given. What a callback throws ends the fit, the weights as they are then. A callback serves one
 * fit at a time.
 */
public interface Callback {

  /**
   * Before the first batch. A fit that goes on from a state has then {@linkplain #restore restored}
   * this callback's.
   *
   * @param fit the fit
   */
  default void onBegin(FitProgress fit) {}

  /**
   * After each batch.
   *
   * @param fit the fit
   * @param batch the batch
   */
  default void onBatch(FitProgress fit, BatchProgress batch) {}

  /**
   * After each epoch, its validation included.
   *
   * @param fit the fit
   * @param epoch the epoch
   */
  default void onEpoch(FitProgress fit, Epoch epoch) {}

  /**
   * After every callback was told of an epoch: for one that saves {@link FitProgress#state}.
   *
   * @param fit the fit
   */
  default void afterEpoch(FitProgress fit) {}

  /**
   * After the last epoch, unless the fit threw.
   *
   * @param fit the fit
   */
  default void onEnd(FitProgress fit) {}

  /**
   * What it must remember, so that a fit that was cut off goes on as if it had not been.
   *
   * @return {@link State#NONE} for a callback that remembers nothing
   */
  default State state() {
    return State.NONE;
  }

  /**
   * Goes on from what it remembered.
   *
   * @param state what {@link #state} gave, perhaps in another process
   * @throws IllegalArgumentException when it is that of another callback
   */
  default void restore(State state) {}

  /**
   * What a callback remembers. Immutable, but for the tensors.
   *
   * @param numbers by name; may be infinite or NaN
   * @param tensors by name
   */
  record State(Map<String, Double> numbers, Map<String, Tensor> tensors) {
    /** Nothing. */
    public static final State NONE = new State(Map.of(), Map.of());

    /**
     * Copies the maps.
     *
     * @param numbers by name
     * @param tensors by name. Not copied themselves
     */
    public State {
      numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * A number that must be there.
     *
     * @param owner the callback, for the error
     * @param name which
     * @return the number
     * @throws IllegalArgumentException when there is none of that name
     */
    public double number(String owner, String name) {
      Double value = numbers.get(name);
      if (value == null) {
        throw FitErrors.callbackState(owner, name, numbers.keySet());
      }
      return value;
    }
  }
}
