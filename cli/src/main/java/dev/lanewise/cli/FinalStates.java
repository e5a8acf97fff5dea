package dev.lanewise.cli;

import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * The states that the LSTMs of a model end in, as one array (layers * directions, batch, units).
 */
final class FinalStates {
  private FinalStates() {}

  /** Refuses a model without LSTMs, or with LSTMs of several widths. */
  static void check(Sequential model, String name) {
    List<Integer> units =
        model.layers().stream()
            .flatMap(layer -> layer.stateUnits().stream().distinct()) // directions have the same
            .toList();
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
