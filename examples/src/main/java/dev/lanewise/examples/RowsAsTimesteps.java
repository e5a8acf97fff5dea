package dev.lanewise.examples;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how a (10, 20) table whose rows come one after the other becomes one sequence: ten steps of
 * twenty features. Here {@code reshape(1, 10, 20)} would do too, for no axis moves.
 */
final class RowsAsTimesteps {
  private RowsAsTimesteps() {}

  /** Runs the program. */
  static void main() {
    // guide: rows
    Tensor table = Data.uniform(1, 10, 20); // a row a time, a column a feature
    Tensor x = Sequences.rows(table); // (1, 10, 20)
    Sequential model = Sequential.of(Lstm.of(32), Dense.of(5)).build(20, 42);
    Tensor y = model.predict(x); // (1, 5)
    // guide: end
    Show.shape("table", table);
    Show.shape("Sequences.rows(table)", x);
    Show.values("step 0", x.select(1, 0));
    Show.shape("prediction", y);
    Show.values("prediction", y);
    Show.line("reshape is the same", table.reshape(1, 10, 20).arrayEqual(x));
    Show.refused("predict(table)", () -> model.predict(table));
  }
}
