package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;

/**
 * What an LSTM computes beside the plain one.
 *
 * @param units width of c
 * @param outputs width of h
 * @param projects whether h is a projection of {@code o * a(c)}; else outputs are the units
 * @param activation a, of the candidate and of the output
 * @param recurrentActivation r, of the gates
 * @param peepholes whether i and f see c_{t-1}, and o sees c_t
 * @param coupled whether {@code f = 1 - i}, so that the gates are i, g, o
 * @param clip the largest absolute value of a pre-activation; infinity for any
 */
public record LstmVariant(
    int units,
    int outputs,
    boolean projects,
    Activation activation,
    Activation recurrentActivation,
    boolean peepholes,
    boolean coupled,
    float clip) {

  /** Whether the fused cell does not compute it. */
  public boolean isGeneral() {
    return projects || peepholes || coupled || clips();
  }

  /** Whether the fused cell does not train it. */
  public boolean trainsInGeneral() {
    return isGeneral() || activation.needsInput() || recurrentActivation.needsInput();
  }

  boolean clips() {
    return clip < Float.POSITIVE_INFINITY;
  }

  /** The gates of a row: i, f, g, o or i, g, o. */
  int gates() {
    return coupled ? 3 : 4;
  }

  /** The gates that see c: i, f, o or i, o. */
  int peepholeGates() {
    return peepholes ? gates() - 1 : 0;
  }

  /** Whether a backward takes the pre-activations. */
  boolean keepsInputs() {
    return clips() || activation.needsInput() || recurrentActivation.needsInput();
  }
}
