package dev.lanewise.kernels;

/**
 * One GRU timestep of one sequence in double, straight from the equations, and how far floats may
 * lie from it. The pre-activations are those of n, z, r and q, recurrent product included but for
 * {@code r * q} in n.
 */
final class GruReference {

  /** A rounding or two of a float, relative. */
  private static final double ROUNDING = 0x1p-22;

  /** An activation's own error: 4 ULP, and 1e-7 where a sigmoid is next to nothing. */
  private static final double ACTIVATION = 0x1p-21;

  /** No activation tried is steeper, nor does its slope change faster with its value. */
  private static final double STEEPEST = 2;

  final double[] gates;
  final double[] h;
  private final int units;
  private final Activation activation;
  private final Activation recurrentActivation;
  private final double[] before;
  private final double[] hPrevious;

  GruReference(
      Activation activation, Activation recurrentActivation, double[] before, double[] hPrevious) {
    this.units = hPrevious.length;
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    this.before = before.clone();
    this.hPrevious = hPrevious.clone();
    gates = new double[4 * units];
    h = new double[units];
    for (int u = 0; u < units; u++) {
      double z = ActivationReference.value(recurrentActivation, before[units + u]);
      double r = ActivationReference.value(recurrentActivation, before[2 * units + u]);
      double q = before[3 * units + u];
      double n = ActivationReference.value(activation, before[u] + r * q);
      gates[u] = n;
      gates[units + u] = z;
      gates[2 * units + u] = r;
      gates[3 * units + u] = q;
      h[u] = (1 - z) * n + z * hPrevious[u];
    }
  }

  /** The gradient with respect to n, z, r and q, then what is carried: five blocks of units. */
  double[] backward(double[] d) {
    double[] gradient = new double[5 * units];
    for (int u = 0; u < units; u++) {
      double n = gates[u];
      double z = gates[units + u];
      double r = gates[2 * units + u];
      double q = gates[3 * units + u];
      double dn = d[u] * (1 - z) * ActivationReference.slope(activation, n);
      gradient[u] = dn;
      gradient[units + u] =
          d[u] * (hPrevious[u] - n) * ActivationReference.slope(recurrentActivation, z);
      gradient[2 * units + u] = dn * q * ActivationReference.slope(recurrentActivation, r);
      gradient[3 * units + u] = dn * r;
      gradient[4 * units + u] = d[u] * z;
    }
    return gradient;
  }

  /** {@code sum of d * h}, whose gradient {@link #backward} gives. */
  double loss(double[] d) {
    double loss = 0;
    for (int u = 0; u < units; u++) {
      loss += d[u] * h[u];
    }
    return loss;
  }

  /**
   * How far the gates, then h, may lie from these in floats: five blocks of units.
   *
   * @param error of the sums that are z, r and q before their activations
   */
  double[] errors(double error) {
    double[] errors = new double[5 * units];
    for (int u = 0; u < units; u++) {
      double n = gates[u];
      double z = gates[units + u];
      double r = gates[2 * units + u];
      double q = gates[3 * units + u];
      double ofZ = STEEPEST * error + activation(z);
      double ofR = STEEPEST * error + activation(r);
      double ofSum =
          Math.abs(r) * error
              + (Math.abs(q) + error) * ofR
              + ROUNDING * (Math.abs(r * q) + Math.abs(before[u]));
      double ofN = STEEPEST * ofSum + activation(n);
      double change = Math.abs(hPrevious[u]) + Math.abs(n);
      errors[u] = ofN;
      errors[units + u] = ofZ;
      errors[2 * units + u] = ofR;
      errors[3 * units + u] = error;
      errors[4 * units + u] =
          ofN
              + (Math.abs(hPrevious[u] - n) + ofN) * ofZ
              + Math.abs(z) * ofN
              + ROUNDING * (Math.abs(n) + Math.abs(z) * change);
    }
    return errors;
  }

  /** How far the gradients may lie from {@link #backward}, in its order. */
  double[] errors(double[] d, double error) {
    double[] before = errors(error);
    double[] exact = backward(d);
    double[] errors = new double[5 * units];
    for (int u = 0; u < units; u++) {
      double n = gates[u];
      double z = gates[units + u];
      double r = gates[2 * units + u];
      double q = gates[3 * units + u];
      double ofN = before[u];
      double ofZ = before[units + u];
      double ofR = before[2 * units + u];
      double some = Math.abs(d[u]);
      double slopeN = ActivationReference.slope(activation, n);
      double slopeZ = ActivationReference.slope(recurrentActivation, z);
      double slopeR = ActivationReference.slope(recurrentActivation, r);
      double rest = Math.abs(1 - z);
      double ofRest = ofZ + ROUNDING * (1 + Math.abs(z));
      double change = Math.abs(hPrevious[u] - n);
      double ofChange = ofN + ROUNDING * change;
      double dn =
          some * ((rest + ofRest) * ofSlope(ofN) + ofRest * slopeN) + ROUNDING * Math.abs(exact[u]);
      errors[u] = dn;
      errors[units + u] =
          some * ((change + ofChange) * ofSlope(ofZ) + ofChange * slopeZ)
              + ROUNDING * Math.abs(exact[units + u]);
      errors[2 * units + u] =
          (Math.abs(exact[u]) + dn) * ((Math.abs(q) + error) * ofSlope(ofR) + error * slopeR)
              + dn * Math.abs(q) * slopeR
              + ROUNDING * Math.abs(exact[2 * units + u]);
      errors[3 * units + u] =
          (Math.abs(exact[u]) + dn) * ofR
              + dn * Math.abs(r)
              + ROUNDING * Math.abs(exact[3 * units + u]);
      errors[4 * units + u] = some * ofZ + ROUNDING * Math.abs(exact[4 * units + u]);
    }
    return errors;
  }

  private static double ofSlope(double ofValue) {
    return STEEPEST * ofValue + ROUNDING;
  }

  private static double activation(double value) {
    return ACTIVATION * Math.max(1, Math.abs(value));
  }
}
