package dev.lanewise.lstm.recurrent;

/**
 * How a recurrent layer goes over a sequence, and what it gives.
 *
 * @param returnSequences whether it gives every step's h rather than the last one's
 * @param goBackwards whether it goes from the last step to the first
 * @param zeroOutputForMask whether a padded step gives 0 rather than the output before it
 */
public record Walk(boolean returnSequences, boolean goBackwards, boolean zeroOutputForMask) {}
