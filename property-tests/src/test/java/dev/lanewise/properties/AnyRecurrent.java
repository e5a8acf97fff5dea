package dev.lanewise.properties;

import dev.lanewise.cli.bits.RecurrentKind;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A recurrent layer but for its size and what it returns.
 *
 * @param gates the recurrent activation, where there is one
 */
record AnyRecurrent(RecurrentKind kind, Activation activation, Activation gates, boolean useBias) {
  /** Without the exponential function, of which a sequence is soon nothing but infinities. */
  private static final Activation[] ANY = {
    Activation.LINEAR,
    Activation.SIGMOID,
    Activation.TANH,
    Activation.RELU,
    Activation.HARD_SIGMOID,
    Activation.HARD_SIGMOID_CLASSIC,
    Activation.LEAKY_RELU,
    Activation.ELU,
    Activation.SELU,
    Activation.SOFTSIGN
  };

  private static final Activation[] BOUNDED = {
    Activation.SIGMOID, Activation.TANH, Activation.HARD_SIGMOID, Activation.SOFTSIGN
  };

  private static final Activation[] BOUNDED_GATES = {
    Activation.SIGMOID, Activation.HARD_SIGMOID, Activation.HARD_SIGMOID_CLASSIC
  };

  /** A third of them plain LSTMs. */
  private static final Arbitrary<RecurrentKind> KINDS =
      Arbitraries.frequency(
          Tuple.of(3, RecurrentKind.LSTM),
          Tuple.of(1, RecurrentKind.GRU),
          Tuple.of(1, RecurrentKind.RESET_BEFORE),
          Tuple.of(1, RecurrentKind.SIMPLE_RNN),
          Tuple.of(1, RecurrentKind.PEEPHOLES),
          Tuple.of(1, RecurrentKind.COUPLED),
          Tuple.of(1, RecurrentKind.PROJECTED));

  /** Of any kind with any activations; as often as not with those that are fast. */
  static Arbitrary<AnyRecurrent> any() {
    return of(KINDS, ANY, ANY);
  }

  /** Whose h and gates are within 1. */
  static Arbitrary<AnyRecurrent> bounded() {
    return of(KINDS.filter(kind -> kind != RecurrentKind.PROJECTED), BOUNDED, BOUNDED_GATES);
  }

  /** That a fit does not drive off: whose gates, and what they let through, are within 1. */
  static Arbitrary<AnyRecurrent> fitted() {
    return of(KINDS, BOUNDED, BOUNDED_GATES);
  }

  /** That narrow weights are for. */
  static Arbitrary<AnyRecurrent> narrow() {
    return of(
        Arbitraries.of(RecurrentKind.class).filter(RecurrentKind::takesNarrowWeights), ANY, ANY);
  }

  private static Arbitrary<AnyRecurrent> of(
      Arbitrary<RecurrentKind> kinds, Activation[] activations, Activation[] gates) {
    return Combinators.combine(
            kinds,
            oftenThe(Activation.TANH, activations),
            oftenThe(Activation.SIGMOID, gates),
            Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)))
        .as(AnyRecurrent::new)
        .withoutEdgeCases();
  }

  private static Arbitrary<Activation> oftenThe(Activation one, Activation[] others) {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just(one)), Tuple.of(1, Arbitraries.of(others)));
  }

  /** Whether it has a state c beside h. */
  boolean keepsC() {
    return kind == RecurrentKind.LSTM || kind.isVariant();
  }

  /** With how many units it has about as much work as an LSTM with so many. */
  int asWide(int units) {
    return kind == RecurrentKind.SIMPLE_RNN ? 2 * units : units;
  }

  /**
   * The largest |h| after so many steps where a's and s's results are within 1.
   *
   * <p>A GRU's h is between the h before and n. Of {@code n + z * (h - n)} the difference is at
   * most 2 and rounds by 2^-24, so does its product, and the sum by 2^-24 again where it passes 1.
   */
  double most(int timesteps) {
    boolean between = kind == RecurrentKind.GRU || kind == RecurrentKind.RESET_BEFORE;
    return between ? 1 + timesteps * 6 * 0x1p-24 : 1;
  }

  Recurrent.Builder<?> builder(int units) {
    return kind.builder(units, activation, gates).useBias(useBias);
  }

  Recurrent last(int units) {
    return builder(units).build();
  }

  /** That returns sequences. */
  Recurrent all(int units) {
    return builder(units).returnSequences(true).build();
  }

  /** Draws biases too, which begin at 0 or 1. */
  static Sequential withBiases(Sequential model, long seed) {
    for (Weight weight : model.weights()) {
      if (weight.name().endsWith("/bias")) {
        weight.set(RecurrentModel.random(seed, 0.5f, weight.shape().toArray()));
      }
    }
    return model;
  }
}
