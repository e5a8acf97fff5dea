package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;
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
  /** What the layer above is. */
  enum Above {
    LAST,
    SEQUENCES,
    BACKWARDS,
    BIDIRECTIONAL;

    private Layer layer(AnyRecurrent cell) {
      return switch (this) {
        case LAST -> cell.last(4).named("above");
        case SEQUENCES -> cell.all(4).named("above");
        case BACKWARDS -> cell.builder(4).goBackwards(true).name("above").build();
        case BIDIRECTIONAL -> Bidirectional.of(cell.last(2)).named("above");
      };
    }
  }

  @Provide
  Arbitrary<MaskedModel> masks() {
    return MaskedModel.any(MaskedModel.Kind.LAST);
  }

  private static Recurrent below(MaskedModel of) {
    return of.cell().builder(3).goBackwards(true).returnSequences(true).name("below").build();
  }

  private static Sequential stack(MaskedModel of, Above above) {
    return Sequential.of(below(of), above.layer(of.cell())).build(of.features(), of.seed());
  }

  @Property(tries = 300)
  void theLayerAboveReadsTheTurnedStepsUnderTheMaskAsItWas(
      @ForAll("masks") MaskedModel of, @ForAll Above above) {
    Sequential both = stack(of, above);
    Sequential lower = Sequential.of(below(of)).build(of.features(), 0);
    Sequential upper = Sequential.of(above.layer(of.cell())).build(3, 0);
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
      @ForAll("masks") MaskedModel of, @ForAll Above above) {
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
