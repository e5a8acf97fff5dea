package dev.lanewise.lstm;

import java.time.Duration;

/**
 * One pass of {@link Sequential#fit} over the training samples.
 *
 * @param index which, 0 for the first
 * @param of how many there will be
 * @param training the batches' losses and metrics, each taken before its update, weighted by their
 *     samples
 * @param validation those on the validation samples after the epoch; NaN where there are none
 * @param duration how long it took, validation included
 */
public record Epoch(int index, int of, Scores training, Scores validation, Duration duration) {

  /**
   * The training loss.
   *
   * @return that of {@link #training}
   */
  public double loss() {
    return training.loss();
  }

  /**
   * The validation loss.
   *
   * @return that of {@link #validation}; NaN where there were no samples
   */
  public double validationLoss() {
    return validation.loss();
  }
}
