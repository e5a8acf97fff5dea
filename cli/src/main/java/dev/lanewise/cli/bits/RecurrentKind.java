package dev.lanewise.cli.bits;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;

/** What a recurrent layer may compute in a step. */
public enum RecurrentKind {
  /** Long short-term memory. */
  LSTM,
  /** A gated recurrent unit. */
  GRU,
  /** A GRU without resetAfter. */
  RESET_BEFORE,
  /** One activation of a sum. */
  SIMPLE_RNN,
  /** An LSTM with peepholes and a clip. */
  PEEPHOLES,
  /** An LSTM with coupled gates and peepholes. */
  COUPLED,
  /** An LSTM with a projection of a few units more. */
  PROJECTED;

  /** The units of a projected layer beyond its outputs. */
  private static final int MORE = 3;

  /** Of a layer. */
  public static RecurrentKind of(Recurrent layer) {
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
  public Recurrent.Builder<?> builder(int units) {
    return builder(units, Activation.TANH, Activation.SIGMOID);
  }

  /**
   * With other activations, of what a step adds and of the gates if there are any.
   *
   * @param units width of the output
   * @param activation of what a step adds
   * @param gates of the gates
   */
  public Recurrent.Builder<?> builder(int units, Activation activation, Activation gates) {
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

  /** Whether it is an LSTM with options. */
  public boolean isVariant() {
    return this == PEEPHOLES || this == COUPLED || this == PROJECTED;
  }

  /** Whether a predictor reads its weights rounded. */
  public boolean takesNarrowWeights() {
    return this == LSTM || this == SIMPLE_RNN;
  }
}
