package dev.lanewise.lstm;

import java.util.List;

/**
 * What {@link Sequential#fit} did, epoch by epoch. Immutable.
 *
 * @param epochs the epochs in order
 */
public record History(List<Epoch> epochs) {

  /**
   * Copies the list.
   *
   * @param epochs the epochs in order. Copied
   */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * The training loss of each epoch.
   *
   * @return a new array
   */
  public double[] loss() {
    return epochs.stream().mapToDouble(Epoch::loss).toArray();
  }

  /**
   * The validation loss of each epoch.
   *
   * @return a new array; NaN where there was no validation
   */
  public double[] validationLoss() {
    return epochs.stream().mapToDouble(Epoch::validationLoss).toArray();
  }

  /**
   * A metric on the training samples, epoch by epoch.
   *
   * @param metric which
   * @return a new array; NaN where it was not compiled
   */
  public double[] metric(Metric metric) {
    return epochs.stream().mapToDouble(epoch -> epoch.training().metric(metric)).toArray();
  }

  /**
   * A metric on the validation samples, epoch by epoch.
   *
   * @param metric which
   * @return a new array; NaN where it was not compiled or there was no validation
   */
  public double[] validationMetric(Metric metric) {
    return epochs.stream().mapToDouble(epoch -> epoch.validation().metric(metric)).toArray();
  }
}
