package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.AveragePooling1d;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Elu;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MaxPooling1d;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of no layer does a sample's result depend on the samples beside it, or on strides. */
class LayerBatchProperties {
  /** Every layer there is, for (timesteps, features). */
  enum Kind {
    RECURRENT,
    BACKWARDS,
    BIDIRECTIONAL,
    DENSE,
    DENSE_SOFT,
    CONVOLUTION,
    CHANNELS_FIRST,
    EMBEDDING,
    MASKING_RECURRENT,
    DROPOUT,
    NORMALIZATION,
    FLATTEN_DENSE,
    PERMUTE_RECURRENT,
    RESHAPE_RECURRENT,
    SOFTMAX_OVER_TIME,
    SOFTMAX_OF_SAMPLE,
    MAX_POOLING,
    AVERAGE_POOLING,
    GLOBAL_MAX_POOLING,
    GLOBAL_AVERAGE_POOLING,
    FUNCTIONS;

    private Layer[] layers(AnyRecurrent cell, int units, int timesteps, int features) {
      float[] numbers = new float[features];
      Arrays.fill(numbers, 3);
      Recurrent all = cell.all(units);
      return switch (this) {
        case RECURRENT -> new Layer[] {all};
        case BACKWARDS -> new Layer[] {all.toBuilder().goBackwards(true).build()};
        case BIDIRECTIONAL -> new Layer[] {Bidirectional.of(all)};
        case DENSE -> new Layer[] {Dense.of(units)};
        case DENSE_SOFT -> new Layer[] {Dense.of(units, Activation.SIGMOID)};
        case CONVOLUTION -> new Layer[] {Conv1d.of(units, Math.min(3, timesteps))};
        case CHANNELS_FIRST ->
            new Layer[] {
              Conv1d.builder(units, Math.min(3, features)).channels(Conv1d.Channels.FIRST).build()
            };
        case EMBEDDING -> new Layer[] {Embedding.builder(10, units).maskZero(true).build(), all};
        case MASKING_RECURRENT -> new Layer[] {Masking.of(0), all};
        case DROPOUT -> new Layer[] {Dropout.of(0.5), Dense.of(units)};
        case NORMALIZATION -> new Layer[] {Normalization.of(numbers, numbers)};
        case FLATTEN_DENSE -> new Layer[] {Flatten.of(), Dense.of(units)};
        case PERMUTE_RECURRENT -> new Layer[] {Permute.of(2, 1), all};
        case RESHAPE_RECURRENT -> new Layer[] {Reshape.of(features, timesteps), all};
        case SOFTMAX_OVER_TIME -> new Layer[] {Softmax.of(Softmax.Axis.TIMESTEPS)};
        case SOFTMAX_OF_SAMPLE -> new Layer[] {Softmax.of(Softmax.Axis.SAMPLE)};
        case MAX_POOLING -> new Layer[] {MaxPooling1d.of(Math.min(2, timesteps))};
        case AVERAGE_POOLING -> new Layer[] {AveragePooling1d.of(Math.min(3, timesteps)), all};
        case GLOBAL_MAX_POOLING -> new Layer[] {GlobalMaxPooling1d.of(), Dense.of(units)};
        case GLOBAL_AVERAGE_POOLING -> new Layer[] {Masking.of(0), GlobalAveragePooling1d.of()};
        case FUNCTIONS -> new Layer[] {Relu.leaky(0.3f), Elu.of(2), Dense.of(units)};
      };
    }
  }

  /** A layer and a batch for it. */
  record Batch(
      AnyRecurrent cell,
      Kind kind,
      int units,
      int batch,
      int timesteps,
      int features,
      long seed,
      ViewLayout layout) {
    Predictor predictor() {
      Sequential model = Sequential.of(kind.layers(cell, units, timesteps, features));
      return (kind == Kind.EMBEDDING ? model.build(seed) : model.build(timesteps, features, seed))
          .predictor();
    }

    Tensor input() {
      if (kind == Kind.EMBEDDING) {
        Tensor ids = Tensor.zeros(batch, timesteps);
        for (int i = 0; i < batch * timesteps; i++) {
          ids.set((int) ((seed + 3L * i) % 10), i / timesteps, i % timesteps);
        }
        return layout.place(TensorValues.read(ids));
      }
      Tensor x = RecurrentModel.random(seed, 2, batch, timesteps, features);
      x.select(0, 0).select(0, 0).fill(0); // a step to mask
      return layout.place(TensorValues.read(x));
    }
  }

  @Provide
  Arbitrary<Batch> batches() {
    return Combinators.combine(
            AnyRecurrent.any(),
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 7),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 9),
            Arbitraries.longs().between(0, 1_000_000),
            ViewLayout.layouts())
        .as(Batch::new)
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void aSampleAloneIsTheSampleInTheBatch(@ForAll("batches") Batch of) {
    Predictor predictor = of.predictor();
    Tensor x = of.input();
    Tensor together = predictor.predict(x);
    for (int sample = 0; sample < of.batch(); sample++) {
      Tensor alone = predictor.predict(x.slice(0, sample, sample + 1));
      assertArrayEquals(together.select(0, sample).toArray(), alone.toArray());
    }
  }

  @Property(tries = 1000)
  void reversingTheBatchReversesTheResult(@ForAll("batches") Batch of) {
    Predictor predictor = of.predictor();
    Tensor forward = predictor.predict(of.input());
    Tensor backward = predictor.predict(of.input().flip(0));
    assertArrayEquals(forward.flip(0).toArray(), backward.toArray());
  }

  @Property(tries = 1000)
  void stridesOfInputAndOutputDoNotMatter(@ForAll("batches") Batch of) {
    Predictor predictor = of.predictor();
    Tensor dense = predictor.predict(of.input().copy());
    Tensor y = of.layout().view(of.layout().memory(dense.shape().toArray()));
    predictor.predict(of.input(), y);
    assertArrayEquals(dense.toArray(), y.toArray());
  }

  @Property(tries = 1000)
  void noSamplesGiveNoResults(@ForAll("batches") Batch of) {
    Predictor predictor = of.predictor();
    Tensor none = of.input().slice(0, 0, 0);
    assertArrayEquals(new float[0], predictor.predict(none).toArray());
  }
}
