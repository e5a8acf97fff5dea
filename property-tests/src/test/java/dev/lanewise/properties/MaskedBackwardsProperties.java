package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A layer that goes backwards and returns sequences turns the order of its steps, not the mask's.
 * The layer above takes both as they come, as in Keras: step by step they belong together only
 * where the mask reads the same from both ends.
 */
class MaskedBackwardsProperties {
  private static final Lstm BELOW =
      Lstm.builder(3).goBackwards(true).returnSequences(true).name("below").build();

  @Provide
  Arbitrary<MaskedModel> masks() {
    return MaskedModel.any(MaskedModel.Kind.LAST);
  }

  @Provide
  Arbitrary<Layer> layers() {
    Lstm lstm = Lstm.builder(4).name("above").build();
    return Arbitraries.of(
        lstm,
        lstm.toBuilder().returnSequences(true).build(),
        lstm.toBuilder().goBackwards(true).build(),
        Bidirectional.of(Lstm.of(2)).named("above"));
  }

  private static Sequential stack(MaskedModel of, Layer above) {
    return Sequential.of(BELOW, above).build(of.features(), of.seed());
  }

  @Property(tries = 300)
  void theLayerAboveReadsTheTurnedStepsUnderTheMaskAsItWas(
      @ForAll("masks") MaskedModel of, @ForAll("layers") Layer above) {
    Sequential both = stack(of, above);
    Sequential lower = Sequential.of(BELOW).build(of.features(), 0);
    Sequential upper = Sequential.of(above).build(3, 0);
    for (Sequential part : List.of(lower, upper)) {
      part.weights()
          .forEach(
              own ->
                  both.weights().stream()
                      .filter(weight -> weight.name().equals(own.name()))
                      .forEach(weight -> own.set(weight.value())));
    }
    Tensor x = of.input(0);
    Tensor turned = lower.predict(x, of.mask());
    assertArrayEquals(
        upper.predict(turned, of.mask()).toArray(), both.predict(x, of.mask()).toArray());
  }

  /** And then no sequence depends on its padding. */
  @Property(tries = 300)
  void withPaddingAlikeAtBothEndsASequenceIsTheSequenceAlone(
      @ForAll("masks") MaskedModel of, @ForAll("layers") Layer above) {
    Sequential model = stack(of, above);
    int timesteps = of.timesteps();
    for (int sample = 0; sample < of.batch(); sample++) {
      Tensor x = of.input(0).slice(0, sample, sample + 1);
      Tensor padded = Tensor.concat(1, x.flip(1), x, x.flip(1)); // both ends alike
      Tensor mask =
          Tensor.concat(1, Tensor.zeros(1, timesteps), ones(timesteps), Tensor.zeros(1, timesteps));
      Tensor alone = model.predict(x);
      Tensor together = model.predict(padded, Mask.of(mask));
      boolean sequences = alone.rank() == 3;
      assertArrayEquals(
          alone.toArray(),
          (sequences ? together.slice(1, timesteps, 2L * timesteps) : together).toArray());
    }
  }

  private static Tensor ones(int timesteps) {
    return Tensor.zeros(1, timesteps).fill(1);
  }
}
