package dev.lanewise.lstm;

import java.util.function.ToDoubleFunction;

/**
 * A number of each epoch that a callback watches, such as {@link EarlyStopping}. Immutable.
 *
 * @param name what it is called, such as {@code val_loss}
 * @param of the number of an epoch
 * @param larger whether a larger one is better
 */
public record Monitor(String name, ToDoubleFunction<Epoch> of, boolean larger) {

  /**
   * The loss on the validation samples; smaller is better.
   *
   * @return Keras's {@code val_loss}
   */
  public static Monitor validationLoss() {
    return new Monitor("val_loss", Epoch::validationLoss, false);
  }

  /**
   * The loss on the training samples; smaller is better.
   *
   * @return Keras's {@code loss}
   */
  public static Monitor loss() {
    return new Monitor("loss", Epoch::loss, false);
  }

  /**
   * A metric on the validation samples.
   *
   * @param metric which; compiled
   * @param larger whether a larger one is better, as of {@link Metric#ACCURACY}
   * @return for instance Keras's {@code val_accuracy}
   */
  public static Monitor validation(Metric metric, boolean larger) {
    return new Monitor(
        "val_" + metric.kerasName(), epoch -> epoch.validation().metric(metric), larger);
  }

  /** The number of an epoch, refused where there is none. */
  double read(String owner, Epoch epoch) {
    double value = of.applyAsDouble(epoch);
    if (Double.isNaN(value)) {
      throw FitErrors.monitorNaN(owner, name, epoch.index());
    }
    return value;
  }

  /** Whether a number is better than the best by more than so much. */
  boolean isBetter(double value, double best, double leastChange) {
    return larger ? value > best + leastChange : value < best - leastChange;
  }

  /** What any number is better than. */
  double worst() {
    return larger ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
