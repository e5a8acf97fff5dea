package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.LayerWeights;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What runs of a model: the calls of its layers in order, and what each reads and gives, all by
 * number. Immutable.
 *
 * <p>Values are numbered: the inputs first, then what each call gives, its output before the states
 * h and c that its layer ends in.
 *
 * @param ids by input: whether it is token ids
 * @param widths of each value
 * @param calls in an order in which each follows what it reads
 * @param outputs the values that the model gives
 * @param readers how many calls and outputs read each value
 * @param masks of each value: which mask says what of it is padding
 * @param maskCount how many masks there are; those of the inputs come first
 * @param steps how long values are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Wiring(
    boolean[] ids,
    int[] widths,
    List<Call> calls,
    int[] outputs,
    int[] readers,
    int[] masks,
    int maskCount,
    Steps steps) {

  public Wiring {
    calls = List.copyOf(calls);
  }

  /** How long values are. */
  public interface Steps {
    /**
     * The steps of all values; 1 where there is no time axis. Allocates nothing.
     *
     * @param given those of the inputs
     * @param all by value. Overwritten
     */
    void of(int[] given, int[] all);
  }

  /**
   * A call of a layer.
   *
   * @param place among the calls
   * @param weights which of the model's layers has its weights
   * @param in the values that it reads
   * @param from the values that its states begin from, h before c; empty for 0
   * @param out the value that it gives; the states follow
   * @param h the units of each hidden state that it ends in
   * @param c the units of each cell state
   * @param marks whether it may mark padding
   * @param givesStates whether any state after it is read
   * @param packed the call before that packs the same weights for the same axes; or -1
   * @param packs makes the layer ready to predict
   * @param merger what it computes of several values; null for a layer that reads one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Call(
      int place,
      int weights,
      int[] in,
      int[] from,
      int out,
      int[] h,
      int[] c,
      boolean marks,
      boolean givesStates,
      int packed,
      Function<LayerWeights, ForwardLayer> packs,
      @Nullable Merger merger) {

    /** How many states it gives. */
    public int states() {
      return h.length + c.length;
    }
  }

  /** How many inputs there are. */
  public int ports() {
    return ids.length;
  }

  /** How many values there are. */
  public int values() {
    return widths.length;
  }

  /** The steps of all values for those of the inputs. */
  public int[] stepsOf(int[] given) {
    int[] all = new int[values()];
    steps.of(given, all);
    return all;
  }
}
