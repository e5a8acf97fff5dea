package dev.lanewise.kernels;

/** The activations in double. */
final class ActivationReference {

  private static final double SELU_SCALE = 1.050701f;
  private static final double SELU_LOW = 1.7580993f;
  private static final double GELU = 2 * Math.sqrt(2 / Math.PI);

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
      case RELU6 -> x < 0 ? 0 : x > 6 ? 6 : x;
      case HARD_TANH -> x < -1 ? -1 : x > 1 ? 1 : x;
      case SPARSE_SIGMOID -> clip(0.5 * x + 0.5);
      case SPARSE_PLUS -> x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4;
      case HARD_SHRINK -> Math.abs(x) <= 0.5 ? 0 : x;
      case SOFT_SHRINK -> Math.abs(x) <= 0.5 ? 0 : x - Math.copySign(0.5, x);
      case SOFTPLUS -> softplus(x);
      case LOG_SIGMOID -> -softplus(-x);
      case SQUAREPLUS -> x < 0 ? 2 / (Math.hypot(x, 2) - x) : (Math.hypot(x, 2) + x) / 2;
      case TANH_SHRINK -> Math.copySign(tanhShrink(Math.abs(x)), x);
      case SILU -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * sigmoid(x);
      case HARD_SILU -> x < -4 ? -0.0 : x * clip((double) (1f / 6f) * x + 0.5);
      case GELU -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * NormalDistribution.below(x);
      case GELU_TANH -> x < -100 ? -0.0 : x * sigmoid(GELU * (x + 0.044715 * x * x * x));
      case MISH -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * Math.tanh(softplus(x));
    };
  }

  /**
   * The derivative at the point whose value is {@code y}, or which is x where the activation needs
   * its input.
   */
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
      case RELU6 -> y > 0 && y < 6 ? 1 : 0;
      case HARD_TANH -> Math.abs(y) < 1 ? 1 : 0;
      case SPARSE_SIGMOID -> y > 0 && y < 1 ? 0.5 : 0;
      case SPARSE_PLUS -> Math.min(Math.sqrt(y), 1);
      case HARD_SHRINK, SOFT_SHRINK -> y == 0 ? 0 : 1;
      case SOFTPLUS, LOG_SIGMOID -> -Math.expm1(-Math.abs(y));
      case SQUAREPLUS -> y * y / (y * y + 1);
      default -> inputSlope(activation, y);
    };
  }

  private static double inputSlope(Activation activation, double x) {
    double s = sigmoid(x);
    return switch (activation) {
      case TANH_SHRINK -> Math.tanh(x) * Math.tanh(x);
      case SILU -> s + x * s * (1 - s);
      case HARD_SILU -> {
        double line = (double) (1f / 6f) * x + 0.5;
        yield line <= 0 ? 0 : line >= 1 ? 1 : (double) (1f / 3f) * x + 0.5;
      }
      case GELU -> NormalDistribution.below(x) + x * NormalDistribution.density(x);
      case GELU_TANH -> {
        double w = sigmoid(GELU * (x + 0.044715 * x * x * x));
        yield w + x * w * (1 - w) * GELU * (1 + 3 * 0.044715 * x * x);
      }
      case MISH -> {
        double m = Math.tanh(softplus(x));
        yield m + x * (1 - m * m) * s;
      }
      default -> throw new IllegalArgumentException(activation + " is computed from y");
    };
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Near 0 the difference would cancel in double too. */
  private static double tanhShrink(double a) {
    if (a > 0.02) {
      return a - Math.tanh(a);
    }
    double u = a * a;
    return a * u * (1 / 3d - u * (2 / 15d - u * (17 / 315d - u * (62 / 2835d))));
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  private static double clip(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
  }
}
