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
  SIMPLE_RNN;

  static RecurrentKind of(Recurrent layer) {
    return switch (layer) {
      case Lstm _ -> LSTM;
      case Gru gru -> gru.resetAfter() ? GRU : RESET_BEFORE;
      case SimpleRnn _ -> SIMPLE_RNN;
    };
  }

  /** With Keras's activations. */
  Recurrent.Builder<?> builder(int units) {
    return builder(units, Activation.TANH, Activation.SIGMOID);
  }

  /** With other activations, of what a step adds and of the gates if there are any. */
  Recurrent.Builder<?> builder(int units, Activation activation, Activation gates) {
    return switch (this) {
      case LSTM -> Lstm.builder(units).activation(activation).recurrentActivation(gates);
      case GRU -> Gru.builder(units).activation(activation).recurrentActivation(gates);
      case RESET_BEFORE ->
          Gru.builder(units).resetAfter(false).activation(activation).recurrentActivation(gates);
      case SIMPLE_RNN -> SimpleRnn.builder(units).activation(activation);
    };
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
