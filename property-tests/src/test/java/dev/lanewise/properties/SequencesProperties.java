package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.PadOptions;
import dev.lanewise.lstm.Padded;
import dev.lanewise.lstm.Padding;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Sequences of unequal length in one tensor, and out of it again. */
@Tag("no-kernels")
class SequencesProperties {
  /**
   * Sequences and how they are padded.
   *
   * @param features 0 for sequences without an axis of features
   * @param maxLength 0 for the longest
   */
  record Ragged(
      List<Integer> lengths,
      int features,
      int maxLength,
      Padding padding,
      Padding truncating,
      ElementType type,
      ViewLayout layout) {
    /** No number twice, none of them the padding value. */
    List<TensorValues> values() {
      List<TensorValues> values = new ArrayList<>();
      int first = 1;
      for (int length : lengths) {
        TensorValues next =
            features == 0
                ? TensorValues.counting(first, length)
                : TensorValues.counting(first, length, features);
        values.add(next);
        first += next.size();
      }
      return values;
    }

    Padded padded() {
      List<Tensor> sequences = new ArrayList<>();
      for (TensorValues each : values()) {
        sequences.add(
            type == ElementType.FLOAT32 ? layout.place(each) : each.tensor(ElementType.INT32));
      }
      PadOptions.Builder options =
          PadOptions.builder().padding(padding).truncating(truncating).value(-7);
      return Sequences.pad(
          sequences, (maxLength == 0 ? options : options.maxLength(maxLength)).build());
    }

    int timesteps() {
      return maxLength == 0 ? lengths.stream().max(Integer::compare).orElseThrow() : maxLength;
    }

    int kept(int sample) {
      return Math.min(lengths.get(sample), timesteps());
    }

    /** Where a sample's own steps begin. */
    int begin(int sample) {
      return padding == Padding.PRE ? timesteps() - kept(sample) : 0;
    }
  }

  @Provide
  Arbitrary<Ragged> sequences() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 8).list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 9),
            Arbitraries.of(Padding.class),
            Arbitraries.of(Padding.class),
            Arbitraries.of(ElementType.class),
            ViewLayout.layouts())
        .as(Ragged::new)
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void cuttingAtTheLengthsGivesTheSequencesBack(@ForAll("sequences") Ragged of) {
    Padded padded = of.padded();
    assertEquals(of.padding(), padded.padding());
    for (int sample = 0; sample < of.lengths().size(); sample++) {
      int kept = of.kept(sample);
      int begin = of.begin(sample);
      assertEquals(kept, padded.lengths()[sample]);
      int from = of.truncating() == Padding.PRE ? of.lengths().get(sample) - kept : 0;
      of.values()
          .get(sample)
          .slice(0, from, from + kept)
          .assertReads(padded.x().select(0, sample).slice(0, begin, begin + kept));
    }
  }

  @Property(tries = 1000)
  void allOtherStepsHoldTheValue(@ForAll("sequences") Ragged of) {
    Tensor x = of.padded().x();
    assertEquals(of.timesteps(), x.dim(1));
    for (int sample = 0; sample < of.lengths().size(); sample++) {
      for (int step = 0; step < of.timesteps(); step++) {
        boolean own = step >= of.begin(sample) && step < of.begin(sample) + of.kept(sample);
        Tensor at = x.select(0, sample).select(0, step).toFloat();
        for (float value : at.toArray()) {
          assertEquals(own, value != -7);
        }
      }
    }
  }

  @Property(tries = 1000)
  void theMaskUsesTheSequencesOwnSteps(@ForAll("sequences") Ragged of) {
    Padded padded = of.padded();
    if (of.timesteps() > 0) {
      assertArrayEquals(padded.lengths(), padded.mask().lengths());
      for (int sample = 0; sample < of.lengths().size(); sample++) {
        for (int step = 0; step < of.timesteps(); step++) {
          boolean own = step >= of.begin(sample) && step < of.begin(sample) + of.kept(sample);
          assertEquals(own, padded.mask().uses(sample, step));
        }
      }
    }
  }

  @Property(tries = 1000)
  void theLastStepIsEachSequencesOwn(@ForAll("sequences") Ragged of) {
    boolean nothing = of.features() == 0 || of.lengths().contains(0) || of.timesteps() == 0;
    if (!nothing && of.type() == ElementType.FLOAT32) {
      Padded padded = of.padded();
      Tensor last =
          of.padding() == Padding.PRE
              ? Sequences.lastStep(padded.x())
              : Sequences.lastStep(padded.x(), padded.lengths());
      for (int sample = 0; sample < of.lengths().size(); sample++) {
        int kept = of.kept(sample);
        int at = of.truncating() == Padding.PRE ? of.lengths().get(sample) : kept;
        of.values().get(sample).select(0, at - 1).assertReads(last.select(0, sample));
      }
    }
  }
}
