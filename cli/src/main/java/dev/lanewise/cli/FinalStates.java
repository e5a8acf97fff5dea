package dev.lanewise.cli;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The states that the LSTMs of a model end in, as one array (layers * directions, batch, units).
 */
final class FinalStates {
  private FinalStates() {}

  /** Refuses a model without LSTMs, or with LSTMs of several widths. */
  static void check(Sequential model, String name) {
    List<Integer> units = new ArrayList<>();
    for (Layer layer : model.layers()) {
      if (layer instanceof Lstm lstm) {
        units.add(lstm.units());
      } else if (layer instanceof Bidirectional both) {
        units.add(both.layer().units());
      }
    }
    if (units.isEmpty()) {
      throw new InputException(
          "--out " + name + ": the model has no LSTM, which would end in a state");
    }
    if (units.stream().distinct().count() > 1) {
      throw new InputException(
          "--out "
              + name
              + ": expected LSTMs of one width, which stack into one array, got units "
              + units
              + "; leave it out");
    }
  }

  static Tensor stack(List<Tensor> states) {
    return Tensor.stack(0, states.toArray(Tensor[]::new));
  }
}
