package dev.lanewise.lstm;

import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.tensor.Shape;
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

  /** What the rooms below hold. */
  static StreamState of(HeldStates held) {
    return new StreamState(held.h(), held.c());
  }

  HeldStates held() {
    return new HeldStates(h, c);
  }

  /** Refuses states that are not those of some layers for so many sequences. */
  void check(String operation, List<Layer> layers, long batch) {
    int ofH = 0;
    int ofC = 0;
    for (Layer layer : layers) {
      for (int units : layer.stateUnits()) {
        check(operation, layer, "h", h, ofH++, Shape.of(batch, units));
      }
      for (int units : layer.cellUnits()) {
        check(operation, layer, "c", c, ofC++, Shape.of(batch, units));
      }
    }
    if (h.size() != ofH || c.size() != ofC) {
      throw LstmErrors.states(operation, ofH, ofC, h.size(), c.size());
    }
  }

  private static void check(
      String operation, Layer layer, String name, List<Tensor> all, int index, Shape expected) {
    boolean counted = index < all.size(); // else the count is reported for all layers at once
    if (counted && !all.get(index).shape().equals(expected)) {
      throw LstmErrors.stateShape(operation, layer, name, all.get(index).shape(), expected);
    }
  }
}
