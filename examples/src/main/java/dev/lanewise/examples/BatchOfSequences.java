package dev.lanewise.examples;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows three tables, each of twenty steps with two features, as one batch (batch, timesteps,
 * features). A sequence's result does not depend on those beside it.
 */
final class BatchOfSequences {
  private BatchOfSequences() {}

  /** Runs the program. */
  static void main() {
    // guide: batch
    Tensor first = Data.uniform(1, 20, 2); // (timesteps, features)
    Tensor second = Data.uniform(2, 20, 2);
    Tensor third = Data.uniform(3, 20, 2);
    Tensor x = Tensor.stack(0, first, second, third); // (3, 20, 2): (batch, timesteps, features)
    Sequential lstm = Sequential.of(Lstm.of(64)).build(2, 42);
    Tensor h = lstm.predict(x); // (3, 64)
    // guide: end
    Show.shape("batch", x);
    Show.shape("last hidden states", h);
    Show.values("of sequence 1", h.select(0, 1));
    Tensor alone = lstm.predict(x.slice(0, 1, 2));
    Show.shape("sequence 1 alone", alone);
    Show.line("gives the same bits", alone.select(0, 0).arrayEqual(h.select(0, 1)));
    Show.refused("predict(features first)", () -> lstm.predict(x.permute(0, 2, 1)));
  }
}
