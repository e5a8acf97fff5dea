package dev.lanewise.properties;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** One or two recurrent layers that return sequences, and an input for them. */
record RecurrentModel(
    AnyRecurrent lower,
    AnyRecurrent upper,
    int layers,
    int units,
    int features,
    int batch,
    int timesteps,
    Place place) {

  /** In which order the last layer reads its steps. */
  enum Direction {
    FORWARDS,
    BACKWARDS,
    BOTH;

    private Layer layer(AnyRecurrent cell, int units, boolean sequences) {
      Recurrent.Builder<?> builder = cell.builder(units).returnSequences(sequences);
      return this == BOTH
          ? Bidirectional.of(builder.build())
          : builder.goBackwards(this == BACKWARDS).build();
    }
  }

  /** What the numbers are, and where they lie. */
  record Place(long seed, ViewLayout layout) {}

  /** Small enough to stay on the calling thread. */
  static Arbitrary<RecurrentModel> small() {
    return models(AnyRecurrent.any(), 1, 40, 1, 7, 1, 12);
  }

  /** The same of layers whose weights may be narrow. */
  static Arbitrary<RecurrentModel> narrow() {
    return models(AnyRecurrent.narrow(), 1, 40, 1, 7, 1, 12);
  }

  /** The same of layers whose h is within 1. */
  static Arbitrary<RecurrentModel> bounded() {
    return models(AnyRecurrent.bounded(), 1, 40, 1, 7, 1, 12);
  }

  /** Large enough that a predictor shares the work out among three threads. */
  static Arbitrary<RecurrentModel> shared() {
    return models(AnyRecurrent.any(), 30, 40, 64, 72, 14, 16);
  }

  /** Too few samples to share out, but layers so wide that three threads share their units out. */
  static Arbitrary<RecurrentModel> wide() {
    return models(AnyRecurrent.any(), 180, 200, 1, 3, 20, 24);
  }

  /** Large enough that a fit shares a batch of 32 out among three threads. */
  static Arbitrary<RecurrentModel> fitted() {
    return models(AnyRecurrent.fitted(), 30, 40, 32, 40, 10, 12);
  }

  private static Arbitrary<RecurrentModel> models(
      Arbitrary<AnyRecurrent> cells,
      int fewestUnits,
      int mostUnits,
      int smallest,
      int largest,
      int shortest,
      int longest) {
    return Combinators.combine(
            cells,
            cells,
            Arbitraries.integers().between(1, 2),
            sizes(fewestUnits, mostUnits),
            sizes(1, 9),
            sizes(smallest, largest),
            sizes(shortest, longest),
            Combinators.combine(Arbitraries.longs().between(0, 1_000_000), ViewLayout.layouts())
                .as(Place::new))
        .as(RecurrentModel::new)
        .withoutEdgeCases();
  }

  private static Arbitrary<Integer> sizes(int smallest, int largest) {
    return Arbitraries.integers()
        .between(smallest, largest)
        .withDistribution(RandomDistribution.uniform());
  }

  long seed() {
    return place.seed();
  }

  ViewLayout layout() {
    return place.layout();
  }

  /** The units of the last layer; the second one is about half as wide. */
  int outputs() {
    return upper.asWide(layers == 1 ? units : units / 2 + 1);
  }

  Sequential model() {
    return model(true, Direction.FORWARDS);
  }

  /** Whose last layer gives every step's h, or the last one's. */
  Sequential model(boolean sequences, Direction direction) {
    Layer last = direction.layer(upper, outputs(), sequences);
    Sequential model =
        layers == 1 ? Sequential.of(last) : Sequential.of(lower.all(lower.asWide(units)), last);
    return AnyRecurrent.withBiases(model.build(features, seed()), seed() + 2);
  }

  Predictor predictor(int threads) {
    return predictor(threads, Direction.FORWARDS);
  }

  Predictor predictor(int threads, Direction direction) {
    return model(true, direction)
        .predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
  }

  /** (batch, timesteps, features), from -scale to scale, of the strides of the layout. */
  Tensor input(float scale) {
    return layout().place(TensorValues.read(random(seed(), scale, batch, timesteps, features)));
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
