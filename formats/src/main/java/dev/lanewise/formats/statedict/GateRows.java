package dev.lanewise.formats.statedict;

import dev.lanewise.formats.models.Biases;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * The gates of PyTorch, one below the other, as ours, one beside the other. An LSTM has both in the
 * order i, f, g, o. A GRU there has r, z, n and here z, r, n.
 */
record GateRows(boolean gru, int units) {
  /** Of a weight (gates * units, in), or a bias (gates * units). */
  private Tensor ordered(Tensor all) {
    if (!gru) {
      return all;
    }
    return Tensor.concat(
        0,
        all.slice(0, units, 2L * units),
        all.slice(0, 0, units),
        all.slice(0, 2L * units, 3L * units));
  }

  Tensor kernel(Tensor weight) {
    return ordered(weight).transpose();
  }

  /** The two biases: their sum, but of a GRU, whose candidate has the second within the reset. */
  Tensor bias(List<Tensor> both) {
    Tensor one = ordered(both.get(0));
    Tensor other = ordered(both.get(1));
    return gru ? Tensor.stack(0, one, other) : Biases.sum(one, other);
  }
}
