package dev.lanewise.lstm.train;

/** The update of one weight by the formulas in Keras's and PyTorch's documents, in double. */
public interface ReferenceUpdate {
  /**
   * What to add to a weight.
   *
   * @param step 1 for the first
   * @param kept three numbers of the weight, zeros before the first step. Overwritten
   */
  double change(long step, double rate, double g, double w, double[] kept);

  static ReferenceUpdate sgd(double momentum, boolean nesterov) {
    return (_, rate, g, _, kept) -> {
      kept[0] = momentum * kept[0] - rate * g;
      return nesterov ? momentum * kept[0] - rate * g : kept[0];
    };
  }

  static ReferenceUpdate adam(
      double beta1, double beta2, double epsilon, boolean corrected, double decay) {
    return (step, rate, g, w, kept) -> {
      kept[0] = beta1 * kept[0] + (1 - beta1) * g;
      kept[1] = beta2 * kept[1] + (1 - beta2) * g * g;
      double first = kept[0] / (1 - Math.pow(beta1, (double) step));
      double second = 1 - Math.pow(beta2, (double) step);
      double root =
          corrected
              ? Math.sqrt(kept[1] / second) + epsilon
              : (Math.sqrt(kept[1]) + epsilon) / Math.sqrt(second);
      return -rate * decay * w - rate * first / root;
    };
  }

  static ReferenceUpdate rmsProp(
      double rho, double momentum, double epsilon, boolean inside, boolean centered) {
    return (_, rate, g, _, kept) -> {
      kept[0] = rho * kept[0] + (1 - rho) * g * g;
      kept[1] = rho * kept[1] + (1 - rho) * g;
      double square = centered ? kept[0] - kept[1] * kept[1] : kept[0];
      double root = inside ? Math.sqrt(square + epsilon) : Math.sqrt(square) + epsilon;
      kept[2] = momentum * kept[2] - rate * g / root;
      return kept[2];
    };
  }
}
