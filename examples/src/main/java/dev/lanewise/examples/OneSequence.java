package dev.lanewise.examples;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how ten numbers, one after the other, become a batch of one sequence with one feature, and
 * what the layer says to those who forget it.
 */
final class OneSequence {
  private OneSequence() {}

  /** Runs the program. */
  static void main() {
    // guide: one-sequence
    Tensor sequence = Data.uniform(1, 10, 1);
    Tensor x = Sequences.rows(sequence); // (1, 10, 1)
    Sequential lstm = Sequential.of(Lstm.of(32)).build(1, 42);
    Tensor h = lstm.predict(x); // (1, 32): the last hidden state
    // guide: end
    Show.shape("sequence", sequence);
    Show.shape("Sequences.rows(sequence)", x);
    Show.shape("last hidden state", h);
    Show.values("last hidden state", h);
    Show.refused("predict(sequence)", () -> lstm.predict(sequence));
    Show.refused("predict of ten numbers", () -> lstm.predict(sequence.squeeze(1)));
  }
}
