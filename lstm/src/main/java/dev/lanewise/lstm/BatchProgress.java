package dev.lanewise.lstm;

/**
 * One update of {@link Sequential#fit}.
 *
 * @param epoch which epoch, 0 for the first
 * @param epochs how many epochs there will be
 * @param index which batch of the epoch, 0 for the first
 * @param of how many batches an epoch has
 * @param samples how many samples the batch holds
 * @param loss the batch's loss, before the update
 */
public record BatchProgress(int epoch, int epochs, int index, int of, int samples, double loss) {}
