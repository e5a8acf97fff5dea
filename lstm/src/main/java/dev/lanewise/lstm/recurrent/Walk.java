package dev.lanewise.lstm.recurrent;

/**
 * How a recurrent layer goes over a sequence, and what it gives.
 *
 * @param returnSequences whether it gives every step's h rather than the last one's
 * @param goBackwards whether it goes from the last step to the first
 * @param zeroOutputForMask whether a padded step gives 0 rather than the output before it
 * @param dropout the part of x that is dropped in training
 * @param recurrentDropout the part of h_{t-1} that is
 */
public record Walk(
    boolean returnSequences,
    boolean goBackwards,
    boolean zeroOutputForMask,
    double dropout,
    double recurrentDropout) {

  /** That drops nothing. */
  public Walk(boolean returnSequences, boolean goBackwards, boolean zeroOutputForMask) {
    this(returnSequences, goBackwards, zeroOutputForMask, 0, 0);
  }
}
