package dev.lanewise.kernels;

/**
 * What stays the same in all updates of one Adam. Immutable.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon what keeps the root from 0
 * @param epsilonIsCorrected whether epsilon is added after the bias correction, as PyTorch does, or
 *     before it, as Keras does
 * @param weightDecay Keras's and PyTorch's {@code weight_decay} of AdamW, or 0 for Adam
 */
public record AdamSettings(
    double beta1, double beta2, double epsilon, boolean epsilonIsCorrected, double weightDecay) {

  /**
   * Keras's {@code Adam} and {@code AdamW}, which add epsilon before the bias correction.
   *
   * @param beta1 Keras's {@code beta_1}
   * @param beta2 Keras's {@code beta_2}
   * @param epsilon Keras's {@code epsilon}
   * @param weightDecay Keras's {@code weight_decay}, or 0
   * @return the settings
   */
  public static AdamSettings keras(double beta1, double beta2, double epsilon, double weightDecay) {
    return new AdamSettings(beta1, beta2, epsilon, false, weightDecay);
  }

  /**
   * PyTorch's {@code AdamW}, and its {@code Adam} where {@code weightDecay} is 0. Both add epsilon
   * after the bias correction. The {@code weight_decay} of PyTorch's {@code Adam} is another: it
   * adds {@code weight_decay * w} to the gradient.
   *
   * @param beta1 the first number of PyTorch's pair
   * @param beta2 the second number
   * @param epsilon PyTorch's {@code eps}
   * @param weightDecay AdamW's {@code weight_decay}, or 0
   * @return the settings
   */
  public static AdamSettings pyTorch(
      double beta1, double beta2, double epsilon, double weightDecay) {
    return new AdamSettings(beta1, beta2, epsilon, true, weightDecay);
  }

  /**
   * What to add before the correction for the same quotient: {@code sqrt(v / c) + epsilon} is
   * {@code (sqrt(v) + epsilon * sqrt(c)) / sqrt(c)}.
   */
  double epsilonBeforeCorrection(long step) {
    return epsilonIsCorrected
        ? epsilon * Math.sqrt(1 - StrictMath.pow(beta2, (double) step))
        : epsilon;
  }
}
