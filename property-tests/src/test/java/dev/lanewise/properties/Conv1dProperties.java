package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A convolution over time, against the plainest loop. */
class Conv1dProperties {
  /** A layer, and the input that it is for. */
  record Convolution(
      Conv1d layer, int batch, int timesteps, int channels, long seed, ViewLayout layout) {
    Tensor input() {
      return layout.place(
          TensorValues.read(RecurrentModel.random(seed, 1, batch, timesteps, channels)));
    }

    /** With a bias that is not 0. */
    Sequential model() {
      Sequential model = Sequential.of(layer).build(channels, seed);
      if (layer.useBias()) {
        model.weights().get(1).set(RecurrentModel.random(seed, 1, layer.filters()));
      }
      return model;
    }

    int span() {
      return (layer.kernelSize() - 1) * layer.dilation() + 1;
    }

    /** How many zeros TensorFlow puts around the sequence. */
    int zeros() {
      return switch (layer.padding()) {
        case VALID -> 0;
        case CAUSAL -> span() - 1;
        case SAME -> {
          int outputs = Math.ceilDiv(timesteps, layer.strides());
          yield Math.max(0, (outputs - 1) * layer.strides() + span() - timesteps);
        }
      };
    }

    int before() {
      return layer.padding() == Conv1d.Padding.SAME ? zeros() / 2 : zeros();
    }

    int outputs() {
      return (timesteps + zeros() - span()) / layer.strides() + 1;
    }

    /** The sum of an output, in double. */
    double at(Sequential model, TensorValues x, int sample, int output, int filter) {
      Tensor kernel = model.weights().get(0).value();
      double sum = layer.useBias() ? model.weights().get(1).value().get(filter) : 0;
      for (int k = 0; k < layer.kernelSize(); k++) {
        int step = output * layer.strides() + k * layer.dilation() - before();
        for (int channel = 0; channel < channels && step >= 0 && step < timesteps; channel++) {
          sum += (double) x.at(sample, step, channel) * kernel.get(k, channel, filter);
        }
      }
      return sum;
    }
  }

  @Provide
  Arbitrary<Convolution> convolutions() {
    Arbitrary<Conv1d> layers =
        Combinators.combine(
                Arbitraries.integers().between(1, 20),
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(1, 3),
                Arbitraries.of(Conv1d.Padding.class),
                Arbitraries.of(true, false))
            .as(
                (filters, kernel, strides, dilation, padding, bias) ->
                    Conv1d.builder(filters, kernel)
                        .strides(strides)
                        .dilation(strides == 1 ? dilation : 1)
                        .padding(padding)
                        .useBias(bias)
                        .build());
    return Combinators.combine(
            layers,
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(1, 6),
            Arbitraries.longs().between(0, 1_000_000),
            ViewLayout.layouts())
        .as(
            (layer, batch, more, channels, seed, layout) -> {
              int span = (layer.kernelSize() - 1) * layer.dilation() + 1;
              return new Convolution(layer, batch, span + more, channels, seed, layout);
            })
        .withoutEdgeCases();
  }

  /** At most 24 products of numbers up to 1 and kernels up to 2, each rounded in float32. */
  @Property(tries = 1000)
  void anOutputIsTheSumOverTheStepsItSees(@ForAll("convolutions") Convolution of) {
    Sequential model = of.model();
    TensorValues x = TensorValues.read(of.input());
    Tensor y = model.predict(of.input());
    assertEquals(Shape.of(of.batch(), of.outputs(), of.layer().filters()), y.shape());
    TensorValues.forEachIndex(
        y.shape().toArray(),
        index -> {
          double expected = of.at(model, x, (int) index[0], (int) index[1], (int) index[2]);
          assertEquals(expected, y.get(index), 24 * 24 * 2 * 0x1p-24);
        });
  }

  @Property(tries = 1000)
  void channelsFirstIsChannelsLastBetweenPermutes(@ForAll("convolutions") Convolution of) {
    Sequential last = of.model();
    Conv1d layer = of.layer().toBuilder().channels(Conv1d.Channels.FIRST).build();
    Sequential first = Sequential.of(layer).build(of.channels(), of.timesteps(), of.seed());
    for (int i = 0; i < last.weights().size(); i++) {
      first.weights().get(i).set(last.weights().get(i).value());
    }
    Tensor expected = last.predict(of.input()).permute(0, 2, 1);
    Tensor actual = first.predict(of.input().permute(0, 2, 1));
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toArray(), actual.toArray());
  }

  @Property(tries = 1000)
  void aCausalOutputDoesNotSeeWhatComesAfterIt(@ForAll("convolutions") Convolution of) {
    Conv1d causal = of.layer().toBuilder().padding(Conv1d.Padding.CAUSAL).build();
    Sequential model = Sequential.of(causal).build(of.channels(), of.seed());
    Tensor whole = model.predict(of.input());
    for (int steps = 1; steps <= of.timesteps(); steps++) {
      Tensor start = model.predict(of.input().slice(1, 0, steps));
      assertArrayEquals(whole.slice(1, 0, start.dim(1)).toArray(), start.toArray());
    }
  }
}
