package dev.lanewise.examples;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Shows the ways to a sequence's last hidden state, (32, 10, 128) -> (32, 64), and the two places
 * where the last of all steps is another: after padding, and in a bidirectional layer.
 *
 * <p>A common tutorial takes {@code [:, -1, :]} always, and gives PyTorch's LSTM the argument
 * {@code return_sequences}, which it does not have.
 */
final class LastHiddenState {
  private LastHiddenState() {}

  /** Runs the program. */
  static void main() {
    // guide: last-step
    Tensor x = Data.uniform(1, 32, 10, 128);
    Lstm everyStep = Lstm.builder(64).returnSequences(true).build();
    Sequential all = Sequential.of(everyStep).build(128, 42);
    Tensor steps = all.predict(x); // (32, 10, 64)
    Tensor last = Sequences.lastStep(steps); // (32, 64)

    Sequential one = Sequential.of(Lstm.of(64)).build(128, 42); // the same weights
    Tensor same = one.predict(x); // (32, 64)
    // guide: end
    Show.shape("all steps", steps);
    Show.shape("the last", last);
    Show.values("of sample 0", last.select(0, 0));
    Show.line("Lstm.of(64) gives it too", same.arrayEqual(last));

    // guide: last-state
    int[] lengths = new int[32];
    Arrays.setAll(lengths, sample -> 3 + sample % 8); // 3 to 10 steps are real, then padding
    Prediction padded = all.predictor().predictWithState(x, Mask.ofLengths(10, lengths));
    Tensor own = Sequences.lastStep(steps, lengths); // (32, 64)
    Tensor state = padded.state().h().getFirst(); // (32, 64)
    // guide: end
    Show.values("its own, after 3 steps", own.select(0, 0));
    Show.line("the final state is that", state.arrayEqual(own));
    Show.line("step 9 is another", !last.arrayEqual(own));

    // guide: both-directions
    Sequential both = Sequential.of(Bidirectional.of(everyStep)).build(128, 42);
    Tensor ends = Sequential.of(Bidirectional.of(Lstm.of(64))).build(128, 42).predict(x);
    Tensor backward = both.predict(x).slice(2, 64, 128); // (32, 10, 64)
    Tensor read = backward.select(1, 0); // it began at step 9 and has read all at step 0
    // guide: end
    Show.shape("both directions", ends);
    Show.line("backward half at step 0", read.arrayEqual(ends.slice(1, 64, 128)));
    Show.line("and at step 9", backward.select(1, 9).arrayEqual(ends.slice(1, 64, 128)));
    Show.refused("lastStep of the last step", () -> Sequences.lastStep(same));
  }
}
