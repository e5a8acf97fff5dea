package dev.lanewise.lstm;

import java.time.Duration;

/**
 * One pass of {@link Sequential#fit} over the training samples.
 *
 * @param index which, 0 for the first
 * @param of how many there will be
 * @param loss the batches' losses, each taken before its update, weighted by their samples
 * @param validationLoss the loss on the validation samples after the epoch; NaN where there are
 *     none
 * @param duration how long it took, validation included
 */
public record Epoch(int index, int of, double loss, double validationLoss, Duration duration) {}
