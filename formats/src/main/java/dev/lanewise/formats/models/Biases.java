package dev.lanewise.formats.models;

import dev.lanewise.tensor.Tensor;

/** The two biases that cuDNN and PyTorch give to a gate. */
public final class Biases {
  private Biases() {}

  /**
   * What both add, in float32.
   *
   * @param one (n), any strides. Not modified
   * @param other (n), any strides. Not modified
   * @return (n), new
   */
  public static Tensor sum(Tensor one, Tensor other) {
    float[] total = one.toArray();
    float[] added = other.toArray();
    for (int i = 0; i < total.length; i++) {
      total[i] += added[i];
    }
    return Tensor.of(total, total.length);
  }
}
