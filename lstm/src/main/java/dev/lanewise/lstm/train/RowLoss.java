package dev.lanewise.lstm.train;

/**
 * What a row of the output, one step of one sample, adds to a loss; in double. Keeps nothing:
 * threads run it at once.
 */
public interface RowLoss {

  /**
   * The sum over a row.
   *
   * @param n elements of the output
   * @param p the output (n). Not modified.
   * @param y the target. Not modified.
   * @param slope the derivative with respect to p (n). Overwritten.
   */
  double apply(int n, double[] p, double[] y, double[] slope);

  /** Whether a caller wrote it, so that its gradient is looked through. */
  default boolean isOwn() {
    return false;
  }

  /** Overwrites a row of the output with the predictions that it stands for. */
  default void predictions(int n, double[] p) {}
}
