package dev.lanewise.lstm;

/**
 * A loss of your own, of one row: a step of a sample. {@link Loss#of} makes it a loss. It keeps
 * nothing, as threads run it at once.
 */
@FunctionalInterface
public interface RowFunction {

  /**
   * The loss of a row and its gradient.
   *
   * @param prediction the row of the output (features). Not to be modified
   * @param target what is wanted of it (features). Not to be modified
   * @param gradient the derivative of the loss with respect to the prediction (features). To be
   *     overwritten
   * @return the loss
   */
  double apply(double[] prediction, double[] target, double[] gradient);
}
