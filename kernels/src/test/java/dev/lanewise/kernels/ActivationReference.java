package dev.lanewise.kernels;

/** The activations in double. */
final class ActivationReference {

  private static final double SELU_SCALE = 1.050701f;
  private static final double SELU_LOW = 1.7580993f;

  private ActivationReference() {}

  static double value(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case RELU -> x < 0 ? 0 : x;
      case HARD_SIGMOID -> clip((double) (1f / 6f) * x + 0.5);
      case HARD_SIGMOID_CLASSIC -> clip((double) 0.2f * x + 0.5);
      case LEAKY_RELU -> x < 0 ? (double) 0.2f * x : x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> x > 0 ? SELU_SCALE * x : SELU_LOW * Math.expm1(x);
      case SOFTSIGN -> Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
      case EXPONENTIAL -> Math.exp(x);
    };
  }

  /** The derivative at the point whose value is {@code y}. */
  static double slope(Activation activation, double y) {
    return switch (activation) {
      case LINEAR -> 1;
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
      case RELU -> y > 0 ? 1 : 0;
      case HARD_SIGMOID -> y > 0 && y < 1 ? (double) (1f / 6f) : 0;
      case HARD_SIGMOID_CLASSIC -> y > 0 && y < 1 ? (double) 0.2f : 0;
      case LEAKY_RELU -> y > 0 ? 1 : (double) 0.2f;
      case ELU -> y > 0 ? 1 : y + 1;
      case SELU -> y > 0 ? SELU_SCALE : y + SELU_LOW;
      case SOFTSIGN -> (1 - Math.abs(y)) * (1 - Math.abs(y));
      case EXPONENTIAL -> y;
    };
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  private static double clip(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
  }
}
