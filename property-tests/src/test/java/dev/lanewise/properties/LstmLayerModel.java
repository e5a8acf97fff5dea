package dev.lanewise.properties;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** One or two LSTM layers that return sequences, and an input for them. */
record LstmLayerModel(
    int layers, int units, int features, int batch, int timesteps, long seed, ViewLayout layout) {

  /** Small enough to stay on the calling thread. */
  static Arbitrary<LstmLayerModel> small() {
    return models(1, 40, 1, 7, 1, 12);
  }

  /** Large enough that a predictor shares the work out among three threads. */
  static Arbitrary<LstmLayerModel> shared() {
    return models(30, 40, 64, 72, 14, 16);
  }

  /** Too few samples to share out, but layers so wide that three threads share their units out. */
  static Arbitrary<LstmLayerModel> wide() {
    return models(180, 200, 1, 3, 20, 24);
  }

  /** Large enough that a fit shares a batch of 32 out among two threads. */
  static Arbitrary<LstmLayerModel> fitted() {
    return models(30, 40, 32, 40, 10, 12);
  }

  private static Arbitrary<LstmLayerModel> models(
      int fewestUnits, int mostUnits, int smallest, int largest, int shortest, int longest) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 2),
            sizes(fewestUnits, mostUnits),
            sizes(1, 9),
            sizes(smallest, largest),
            sizes(shortest, longest),
            Arbitraries.longs().between(0, 1_000_000),
            ViewLayout.layouts())
        .as(LstmLayerModel::new)
        .withoutEdgeCases();
  }

  private static Arbitrary<Integer> sizes(int smallest, int largest) {
    return Arbitraries.integers()
        .between(smallest, largest)
        .withDistribution(RandomDistribution.uniform());
  }

  /** The second layer is about half as wide. */
  int outputs() {
    return layers == 1 ? units : units / 2 + 1;
  }

  Sequential model() {
    return model(true);
  }

  /** Whose last layer gives every step's h, or the last one's. */
  Sequential model(boolean sequences) {
    Lstm last = Lstm.builder(outputs()).returnSequences(sequences).build();
    Lstm first = Lstm.builder(units).returnSequences(true).build();
    return (layers == 1 ? Sequential.of(last) : Sequential.of(first, last)).build(features, seed);
  }

  Predictor predictor(int threads) {
    return model().predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
  }

  /** (batch, timesteps, features), from -scale to scale, of the strides of the layout. */
  Tensor input(float scale) {
    return layout.place(TensorValues.read(random(seed, scale, batch, timesteps, features)));
  }

  static Tensor random(long seed, float scale, long... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[TensorValues.size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (2 * random.nextFloat() - 1);
    }
    return Tensor.of(values, dims);
  }
}
