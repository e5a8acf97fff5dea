package dev.lanewise.examples;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how all steps of an LSTM become one row a sequence, (32, 10, 64) -> (32, 640), and a layer
 * behind it that needs to know the timesteps.
 */
final class FlattenedSequence {
  private FlattenedSequence() {}

  /** Runs the program. */
  static void main() {
    // guide: flatten
    Tensor x = Data.uniform(1, 32, 10, 8);
    Lstm everyStep = Lstm.builder(64).returnSequences(true).build();
    Tensor steps = Sequential.of(everyStep).build(8, 42).predict(x); // (32, 10, 64)
    Tensor rows = steps.flatten(1); // (32, 640): step 0's 64 numbers, then step 1's, ..

    Sequential model = Sequential.of(everyStep, Flatten.of(), Dense.of(2)).build(10, 8, 42);
    Tensor y = model.predict(x); // (32, 2); 10 timesteps, no more, no less
    // guide: end
    Show.shape("all steps", steps);
    Show.shape("flattened", rows);
    Show.line("64 to 127 are step 1", rows.slice(1, 64, 128).arrayEqual(steps.select(1, 1)));
    Tensor layer = Sequential.of(everyStep, Flatten.of()).build(10, 8, 42).predict(x);
    Show.line("Flatten gives the same", layer.arrayEqual(rows));
    Show.shape("prediction", y);
    Show.values("of sample 0", y.select(0, 0));

    Sequential open = Sequential.of(everyStep, Flatten.of(), Dense.of(2));
    Show.refused("build without timesteps", () -> open.build(8, 42));
    Show.refused("predict of 7 timesteps", () -> model.predict(x.slice(1, 0, 7)));
  }
}
