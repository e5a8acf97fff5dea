package dev.lanewise.kernels;

/**
 * What stays the same in all updates of one RMSprop. Immutable.
 *
 * @param rho how much of the mean square stays: Keras's {@code rho}, PyTorch's {@code alpha}
 * @param momentum how much of the last change stays, or 0
 * @param epsilon what keeps the root from 0
 * @param epsilonIsInside whether epsilon is added under the root, as Keras does, or to the root, as
 *     PyTorch does
 * @param centered whether the root is that of the variance instead of the mean square
 */
public record RmsPropSettings(
    double rho, double momentum, double epsilon, boolean epsilonIsInside, boolean centered) {

  /**
   * Keras's {@code RMSprop}, which adds epsilon under the root.
   *
   * @param rho Keras's {@code rho}
   * @param momentum Keras's {@code momentum}
   * @param epsilon Keras's {@code epsilon}
   * @param centered Keras's {@code centered}
   * @return the settings
   */
  public static RmsPropSettings keras(
      double rho, double momentum, double epsilon, boolean centered) {
    return new RmsPropSettings(rho, momentum, epsilon, true, centered);
  }

  /**
   * PyTorch's {@code RMSprop}, which adds epsilon to the root.
   *
   * @param alpha PyTorch's {@code alpha}
   * @param momentum PyTorch's {@code momentum}
   * @param epsilon PyTorch's {@code eps}
   * @param centered PyTorch's {@code centered}
   * @return the settings
   */
  public static RmsPropSettings pyTorch(
      double alpha, double momentum, double epsilon, boolean centered) {
    return new RmsPropSettings(alpha, momentum, epsilon, false, centered);
  }
}
