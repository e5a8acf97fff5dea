package dev.lanewise.properties;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Recurrent layers, and a batch for them of which some steps are padding. No layer with weights of
 * time follows one that goes backwards and returns sequences: {@link MaskedBackwardsProperties} has
 * those.
 *
 * @param live a sample a string, a step a character: 1 to use it, 0 for padding
 */
record MaskedModel(
    AnyRecurrent cell,
    Kind kind,
    int units,
    int features,
    List<String> live,
    long seed,
    ViewLayout layout) {

  /** What the model is made of, and what it gives at padded steps. */
  enum Kind {
    LAST(false, false, false),
    SEQUENCES(true, false, false),
    ZERO_OUTPUT(true, false, true),
    STACKED(false, false, false),
    STACKED_SEQUENCES(true, false, false),
    BACKWARDS(false, true, false),
    BACKWARDS_SEQUENCES(true, true, false),
    CONCAT(false, false, false),
    SUM_SEQUENCES(true, false, true),
    CONCAT_SEQUENCES(true, false, true),
    AVERAGE_THEN_ANOTHER(false, false, false),
    MULTIPLY(false, false, false),
    SOFTMAX_OVER_TIME(true, false, true),
    SOFTMAX_OF_SAMPLE(true, false, true);

    /** Whether it gives every step. */
    final boolean sequences;

    /** Whether the steps that it gives are in the order of computing, last first. */
    final boolean backwards;

    /** Whether it gives 0 at a padded step, not the output before. */
    final boolean zeros;

    Kind(boolean sequences, boolean backwards, boolean zeros) {
      this.sequences = sequences;
      this.backwards = backwards;
      this.zeros = zeros;
    }

    private List<Layer> layers(AnyRecurrent cell, int units) {
      Recurrent one = cell.last(units);
      Recurrent all = cell.all(units);
      return switch (this) {
        case LAST -> List.of(one);
        case SEQUENCES -> List.of(all);
        case ZERO_OUTPUT -> List.of(all.toBuilder().zeroOutputForMask(true).build());
        case STACKED -> List.of(all, cell.last(units + 1));
        case STACKED_SEQUENCES -> List.of(all, cell.all(units + 1));
        case BACKWARDS -> List.of(one.toBuilder().goBackwards(true).build());
        case BACKWARDS_SEQUENCES -> List.of(all.toBuilder().goBackwards(true).build());
        case CONCAT -> List.of(Bidirectional.of(one));
        case SUM_SEQUENCES -> List.of(Bidirectional.of(all, Bidirectional.Merge.SUM));
        case CONCAT_SEQUENCES -> List.of(Bidirectional.of(all));
        case AVERAGE_THEN_ANOTHER ->
            List.of(Bidirectional.of(all, Bidirectional.Merge.AVERAGE), cell.last(units + 1));
        case MULTIPLY -> List.of(Bidirectional.of(one, Bidirectional.Merge.MULTIPLY));
        case SOFTMAX_OVER_TIME -> List.of(all, Softmax.of(Softmax.Axis.TIMESTEPS));
        case SOFTMAX_OF_SAMPLE -> List.of(all, Softmax.of(Softmax.Axis.SAMPLE));
      };
    }
  }

  /** Any masks: padding after, before, in between, everywhere and nowhere. */
  static Arbitrary<MaskedModel> any(Kind... kinds) {
    return models(AnyRecurrent.any(), kinds);
  }

  /** The same, of layers that a fit does not drive off. */
  static Arbitrary<MaskedModel> fitted(Kind... kinds) {
    return models(AnyRecurrent.fitted(), kinds);
  }

  private static Arbitrary<MaskedModel> models(Arbitrary<AnyRecurrent> cells, Kind[] kinds) {
    Arbitrary<Integer> batch = Arbitraries.integers().between(1, 4);
    return models(cells, kinds, batch, Arbitraries.integers().between(1, 7), 1, 17);
  }

  /** Large enough that a predictor shares the work out among two threads; some past 128 rows. */
  static Arbitrary<MaskedModel> shared(Kind... kinds) {
    Arbitrary<Integer> batch =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(64, 66)),
            Tuple.of(1, Arbitraries.integers().between(127, 131)));
    Arbitrary<Integer> timesteps = Arbitraries.integers().between(9, 10);
    return models(AnyRecurrent.fitted(), kinds, batch, timesteps, 30, 36);
  }

  private static Arbitrary<MaskedModel> models(
      Arbitrary<AnyRecurrent> cells,
      Kind[] kinds,
      Arbitrary<Integer> batch,
      Arbitrary<Integer> timesteps,
      int fewestUnits,
      int mostUnits) {
    Arbitrary<List<String>> live =
        Combinators.combine(batch, timesteps, Arbitraries.longs().between(0, 1_000_000))
            .as(MaskedModel::rows)
            .withoutEdgeCases();
    return Combinators.combine(
            cells,
            Arbitraries.of(kinds),
            Arbitraries.integers().between(fewestUnits, mostUnits),
            Arbitraries.integers().between(1, 6),
            live,
            Arbitraries.longs().between(0, 1_000_000),
            ViewLayout.layouts())
        .as(MaskedModel::new)
        .withoutEdgeCases();
  }

  /** A row is live up to a step, from a step on, at random steps, everywhere or nowhere. */
  private static List<String> rows(int batch, int timesteps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      int kind = seed == 0 ? 0 : random.nextInt(12);
      int length = random.nextInt(timesteps + 1);
      StringBuilder text = new StringBuilder();
      for (int step = 0; step < timesteps; step++) {
        boolean live =
            switch (kind) {
              case 0 -> true;
              case 1 -> false;
              case 2, 3, 4 -> step < length;
              case 5, 6, 7 -> step >= length;
              default -> random.nextBoolean();
            };
        text.append(live ? '1' : '0');
      }
      rows.add(text.toString());
    }
    return rows;
  }

  int batch() {
    return live.size();
  }

  int timesteps() {
    return live.getFirst().length();
  }

  boolean lives(int sample, int step) {
    return live.get(sample).charAt(step) == '1';
  }

  /** The steps of a sample that are no padding. */
  int[] steps(int sample) {
    return IntStream.range(0, timesteps()).filter(step -> lives(sample, step)).toArray();
  }

  Tensor maskTensor() {
    Tensor mask = Tensor.zeros(batch(), timesteps());
    for (int sample = 0; sample < batch(); sample++) {
      for (int step : steps(sample)) {
        mask.set(1, sample, step);
      }
    }
    return mask;
  }

  Mask mask() {
    return Mask.of(maskTensor());
  }

  private int width() {
    return cell.asWide(units);
  }

  Sequential model() {
    Sequential model = Sequential.of(kind.layers(cell, width())).build(features, seed);
    return AnyRecurrent.withBiases(model, seed + 2);
  }

  /** The model with other layers before its own. */
  Sequential modelAfter(Layer first) {
    List<Layer> layers = new ArrayList<>(List.of(first));
    layers.addAll(kind.layers(cell, width()));
    return Sequential.of(layers);
  }

  Predictor predictor(int threads) {
    return model().predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
  }

  /** (batch, timesteps, features), of the strides of the layout, with a number in the padding. */
  Tensor input(float padding) {
    TensorValues values =
        TensorValues.read(RecurrentModel.random(seed, 2, batch(), timesteps(), features));
    Tensor x = layout.place(values);
    for (int sample = 0; sample < batch(); sample++) {
      for (int step = 0; step < timesteps(); step++) {
        if (!lives(sample, step)) {
          x.select(0, sample).select(0, step).fill(padding);
        }
      }
    }
    return x;
  }

  /** A sample's own steps: (1, its length, ..). */
  Tensor own(Tensor x, int sample) {
    return x.slice(0, sample, sample + 1).gather(1, steps(sample));
  }
}
