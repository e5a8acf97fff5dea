package dev.lanewise.examples;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how a second feature goes beside the first, on axis 2, and a model of two features learns
 * from (100, 20, 2): here the mean of the last step's features.
 */
final class AddedFeature {
  private AddedFeature() {}

  /** The mean of the two features of each sample's last step: (100). */
  private static Tensor target(Tensor x) {
    Tensor y = Tensor.zeros(x.dim(0));
    for (long sample = 0; sample < x.dim(0); sample++) {
      y.set((x.get(sample, 19, 0) + x.get(sample, 19, 1)) / 2, sample);
    }
    return y;
  }

  /** Runs the program. */
  static void main() {
    // guide: added-feature
    Tensor first = Data.uniform(1, 100, 20, 1);
    Tensor second = Data.uniform(2, 100, 20, 1);
    Tensor x = Tensor.concat(2, first, second); // (100, 20, 2)
    Tensor y = target(x); // (100), which stands for (100, 1)

    Sequential model = Sequential.of(Lstm.of(64), Dense.of(1)).build(2, 42);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    History history = model.fit(x, y, FitOptions.builder().epochs(10).seed(42).build());
    // guide: end
    Show.shape("x", x);
    Show.shape("y", y);
    Show.loss(history);
    Show.shape("prediction", model.predict(x));

    Show.refused(
        "concat of 20 and 19 steps", () -> Tensor.concat(2, first, second.slice(1, 0, 19)));
    Show.refused("predict(first)", () -> model.predict(first));
  }
}
