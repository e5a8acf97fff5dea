package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * The state of a {@link Stream}: what it takes to go on from here, now or in another process.
 *
 * @param h the hidden state of each recurrent layer in order, (batch, units)
 * @param c the cell state of each {@link Lstm} in order, (batch, units)
 */
public record StreamState(List<Tensor> h, List<Tensor> c) {

  /**
   * Copies the lists, not the tensors.
   *
   * @param h the hidden states
   * @param c the cell states
   */
  public StreamState {
    h = List.copyOf(h);
    c = List.copyOf(c);
  }

  /** The states of several layers, one after the other. */
  static StreamState joined(List<StreamState> each) {
    return new StreamState(
        each.stream().flatMap(one -> one.h.stream()).toList(),
        each.stream().flatMap(one -> one.c.stream()).toList());
  }
}
