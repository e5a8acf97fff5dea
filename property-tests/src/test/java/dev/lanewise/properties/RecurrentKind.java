package dev.lanewise.properties;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;

/** What a recurrent layer may compute in a step. */
enum RecurrentKind {
  LSTM,
  GRU,
  /** A GRU without resetAfter. */
  RESET_BEFORE,
  SIMPLE_RNN,
  /** An LSTM with peepholes and a clip. */
  PEEPHOLES,
  /** An LSTM with coupled gates and peepholes. */
  COUPLED,
  /** An LSTM with a projection of a few units more. */
  PROJECTED;

  /** The units of a projected layer beyond its outputs. */
  private static final int MORE = 3;

  static RecurrentKind of(Recurrent layer) {
    return switch (layer) {
      case Lstm lstm -> of(lstm);
      case Gru gru -> gru.resetAfter() ? GRU : RESET_BEFORE;
      case SimpleRnn _ -> SIMPLE_RNN;
    };
  }

  private static RecurrentKind of(Lstm layer) {
    if (layer.projection() > 0) {
      return PROJECTED;
    }
    if (layer.coupledGates()) {
      return COUPLED;
    }
    return layer.peepholes() ? PEEPHOLES : LSTM;
  }

  /** With Keras's activations. */
  Recurrent.Builder<?> builder(int units) {
    return builder(units, Activation.TANH, Activation.SIGMOID);
  }

  /**
   * With other activations, of what a step adds and of the gates if there are any.
   *
   * @param units width of the output
   */
  Recurrent.Builder<?> builder(int units, Activation activation, Activation gates) {
    return switch (this) {
      case LSTM -> lstm(units, activation, gates);
      case PEEPHOLES -> lstm(units, activation, gates).peepholes(true).clip(1.5f);
      case COUPLED -> lstm(units, activation, gates).coupledGates(true).peepholes(true);
      case PROJECTED -> lstm(units + MORE, activation, gates).projection(units);
      case GRU -> Gru.builder(units).activation(activation).recurrentActivation(gates);
      case RESET_BEFORE ->
          Gru.builder(units).resetAfter(false).activation(activation).recurrentActivation(gates);
      case SIMPLE_RNN -> SimpleRnn.builder(units).activation(activation);
    };
  }

  private static Lstm.Builder lstm(int units, Activation activation, Activation gates) {
    return Lstm.builder(units).activation(activation).recurrentActivation(gates);
  }

  /** Whether it has a state c beside h. */
  boolean keepsC() {
    return this == LSTM || isVariant();
  }

  /** Whether it is an LSTM with options. */
  boolean isVariant() {
    return this == PEEPHOLES || this == COUPLED || this == PROJECTED;
  }

  /** With how many units it has about as much work as an LSTM with so many. */
  int asWide(int units) {
    return this == SIMPLE_RNN ? 2 * units : units;
  }

  /** Whether a predictor reads its weights rounded. */
  boolean takesNarrowWeights() {
    return this == LSTM || this == SIMPLE_RNN;
  }

  /**
   * The largest |h| after so many steps where a's and s's results are within 1.
   *
   * <p>A GRU's h is between the h before and n. Of {@code n + z * (h - n)} the difference is at
   * most 2 and rounds by 2^-24, so does its product, and the sum by 2^-24 again where it passes 1.
   */
  double most(int timesteps) {
    boolean between = this == GRU || this == RESET_BEFORE;
    return between ? 1 + timesteps * 6 * 0x1p-24 : 1;
  }
}
