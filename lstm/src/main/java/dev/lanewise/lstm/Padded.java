package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.Tensor;

/**
 * Sequences of unequal length in one tensor.
 *
 * @param x (batch, timesteps, features), or (batch, timesteps) where the sequences had no features
 * @param lengths how many steps of each sequence are its own, after truncating; the others hold the
 *     padding value
 * @param padding which end the padding is at: sample b's own steps are {@code 0} to {@code
 *     lengths[b] - 1} for {@link Padding#POST}, the last {@code lengths[b]} for {@link Padding#PRE}
 */
@SuppressWarnings("ArrayRecordComponent") // A list of boxed numbers would be no better.
public record Padded(Tensor x, int[] lengths, Padding padding) {

  /**
   * Which steps are the sequences' own.
   *
   * @return (batch, timesteps), for {@link Sequential#predict(Tensor, Mask)} and {@link
   *     Sequential#fit(Tensor, Mask, Tensor, FitOptions)}
   */
  public Mask mask() {
    return Mask.ofLengths(Sizes.length("Padded.mask", "timesteps", x.dim(1)), lengths, padding);
  }
}
