package dev.lanewise.examples;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows samples of ten steps and three features, of which nine steps go in and all features of the
 * tenth come out.
 *
 * <p>A common tutorial declares ten steps for nine; here the timesteps are not declared at all.
 */
final class AllFeaturesOfTheNextStep {
  private AllFeaturesOfTheNextStep() {}

  /** Three sines side by side, each sample from a place of its own: (100, 10, 3). */
  private static Tensor waves() {
    Tensor place = Data.uniform(1, 100);
    Tensor waves = Tensor.zeros(100, 10, 3);
    for (int sample = 0; sample < 100; sample++) {
      for (int feature = 0; feature < 3; feature++) {
        double from = 6 * place.get(sample) + 2 * feature;
        waves
            .select(0, sample)
            .slice(1, feature, feature + 1)
            .copyFrom(Data.sine(from, from + 3, 10));
      }
    }
    return waves;
  }

  /** Runs the program. */
  static void main() {
    // guide: next-step
    Tensor data = waves(); // (100, 10, 3)
    Tensor x = data.slice(1, 0, -1); // (100, 9, 3): all steps but the last
    Tensor y = data.select(1, -1); // (100, 3): the last step

    Lstm relu = Lstm.builder(50).activation(Activation.RELU).build();
    Sequential model = Sequential.of(relu, Dense.of(3)).build(3, 42);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    History history = model.fit(x, y, FitOptions.builder().epochs(100).seed(42).build());
    // guide: end
    Show.shape("data", data);
    Show.shape("x", x);
    Show.shape("y", y);
    Show.loss(history);
    Show.values("prediction for sample 0", model.predict(x).select(0, 0));
    Show.values("wanted", y.select(0, 0));
    Show.shape("from ten steps", model.predict(data));
    Show.refused("fit with all ten as y", () -> model.fit(x, data, FitOptions.of()));
  }
}
