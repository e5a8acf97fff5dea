package dev.lanewise.cli;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/** A small program that embeds Lanewise, as docs/start-up.md tells how to archive its classes. */
final class Service {
  private Service() {}

  public static void main(String[] args) {
    Sequential model = Sequential.of(Lstm.of(8), Dense.of(1)).build(4, 1);
    Predictor predictor = model.predictor();
    Tensor y = predictor.predict(Tensor.zeros(2, 5, 4));
    System.out.println(y.shape() + " " + y);
  }
}
