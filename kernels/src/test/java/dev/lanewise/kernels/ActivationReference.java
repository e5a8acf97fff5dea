package dev.lanewise.kernels;

/** The activations in double. */
final class ActivationReference {

  private ActivationReference() {}

  static double value(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case RELU -> x < 0 ? 0 : x;
      case HARD_SIGMOID -> clip((double) (1f / 6f) * x + 0.5);
      case HARD_SIGMOID_CLASSIC -> clip((double) 0.2f * x + 0.5);
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
