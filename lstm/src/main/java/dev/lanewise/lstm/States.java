package dev.lanewise.lstm;

import java.util.List;

/**
 * The states of a recurrent layer in a {@link Model} that is being built: those that it begins
 * from, or those that it ends in. As {@link StreamState} holds their numbers.
 *
 * @param h the hidden states (batch, units): one, or the forward and the backward one of a {@link
 *     Bidirectional}
 * @param c the cell states (batch, units) of an {@link Lstm}, as many; none of other layers
 */
public record States(List<Value> h, List<Value> c) {

  /**
   * Copies the lists.
   *
   * @param h the hidden states
   * @param c the cell states
   */
  public States {
    h = List.copyOf(h);
    c = List.copyOf(c);
  }

  /**
   * Of a layer with a hidden state alone: a {@link Gru}, a {@link SimpleRnn}.
   *
   * @param h (batch, units)
   * @return the states
   */
  public static States of(Value h) {
    return new States(List.of(h), List.of());
  }

  /**
   * Of an {@link Lstm}.
   *
   * @param h (batch, units)
   * @param c (batch, units)
   * @return the states
   */
  public static States of(Value h, Value c) {
    return new States(List.of(h), List.of(c));
  }
}
