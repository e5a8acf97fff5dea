package dev.lanewise.examples;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Hands weights from one model to another that has some of its layers. */
final class Weights {
  private Weights() {}

  // guide: copy-weights
  /** Sets each weight of {@code to} to that of the same name. */
  static void copy(Model from, Model to) {
    Map<String, Tensor> values = new HashMap<>();
    from.weights().forEach(weight -> values.put(weight.name(), weight.value()));
    for (Weight weight : to.weights()) {
      weight.set(Objects.requireNonNull(values.get(weight.name()), weight.name()));
    }
  }
  // guide: end
}
