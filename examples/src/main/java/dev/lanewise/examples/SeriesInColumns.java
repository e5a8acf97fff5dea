package dev.lanewise.examples;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how five time series, one in each column of a (10, 5) table, become a batch of five.
 *
 * <p>A common tutorial calls {@code reshape(5, 10, 1)}, which fits the model and mixes the series.
 */
final class SeriesInColumns {
  private SeriesInColumns() {}

  /** Series 0 is 1.00, 1.01, .., series 1 is 2.00, 2.01, .., so that a mix shows. */
  private static Tensor table() {
    Tensor table = Tensor.zeros(10, 5);
    for (int time = 0; time < 10; time++) {
      for (int series = 0; series < 5; series++) {
        table.set(1 + series + time / 100f, time, series);
      }
    }
    return table;
  }

  /** Runs the program. */
  static void main() {
    // guide: columns
    Tensor table = table(); // (10, 5): a row a time, a column a series
    Tensor x = Sequences.columns(table); // (5, 10, 1)
    Sequential model = Sequential.of(Lstm.of(64), Dense.of(1)).build(1, 42);
    Tensor y = model.predict(x); // (5, 1): a number a series
    // guide: end
    Show.shape("table", table);
    Show.shape("Sequences.columns(table)", x);
    Show.values("series 0", x.select(0, 0));
    System.out.println(model.summary());
    Show.shape("prediction", y);
    Show.values("prediction", y);

    Tensor mixed = table.reshape(5, 10, 1);
    Show.shape("table.reshape(5, 10, 1)", mixed);
    Show.values("\"series 0\"", mixed.select(0, 0));
    Show.values("prediction from the mix", model.predict(mixed));
    Show.refused("predict(table)", () -> model.predict(table));
  }
}
