package dev.lanewise.kernels;

/**
 * One LSTM timestep of one sequence in double, straight from the equations: {@code z} holds the
 * pre-activations of the gates i, f, g, o, recurrent product included.
 */
final class LstmReference {

  final double[] gates;
  final double[] c;
  final double[] h;
  private final int units;
  private final Activation activation;
  private final Activation recurrentActivation;
  private final double[] cPrevious;

  LstmReference(
      Activation activation, Activation recurrentActivation, double[] z, double[] cPrevious) {
    this.units = cPrevious.length;
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    this.cPrevious = cPrevious.clone();
    gates = new double[4 * units];
    c = new double[units];
    h = new double[units];
    for (int u = 0; u < units; u++) {
      double i = ActivationReference.value(recurrentActivation, z[u]);
      double f = ActivationReference.value(recurrentActivation, z[units + u]);
      double g = ActivationReference.value(activation, z[2 * units + u]);
      double o = ActivationReference.value(recurrentActivation, z[3 * units + u]);
      gates[u] = i;
      gates[units + u] = f;
      gates[2 * units + u] = g;
      gates[3 * units + u] = o;
      c[u] = f * cPrevious[u] + i * g;
      h[u] = o * ActivationReference.value(activation, c[u]);
    }
  }

  /** The gradient with respect to z, then to cPrevious: five blocks of units. */
  double[] backward(double[] dh, double[] dc) {
    double[] gradient = new double[5 * units];
    for (int u = 0; u < units; u++) {
      double i = gates[u];
      double f = gates[units + u];
      double g = gates[2 * units + u];
      double o = gates[3 * units + u];
      double squashed = ActivationReference.value(activation, c[u]);
      double dcNow = dc[u] + dh[u] * o * ActivationReference.slope(activation, squashed);
      gradient[u] = dcNow * g * ActivationReference.slope(recurrentActivation, i);
      gradient[units + u] =
          dcNow * cPrevious[u] * ActivationReference.slope(recurrentActivation, f);
      gradient[2 * units + u] = dcNow * i * ActivationReference.slope(activation, g);
      gradient[3 * units + u] =
          dh[u] * squashed * ActivationReference.slope(recurrentActivation, o);
      gradient[4 * units + u] = dcNow * f;
    }
    return gradient;
  }

  /** {@code sum of dh * h + dc * c}, whose gradient {@link #backward} gives. */
  double loss(double[] dh, double[] dc) {
    double loss = 0;
    for (int u = 0; u < units; u++) {
      loss += dh[u] * h[u] + dc[u] * c[u];
    }
    return loss;
  }
}
