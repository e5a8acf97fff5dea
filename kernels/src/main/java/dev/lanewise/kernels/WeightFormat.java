package dev.lanewise.kernels;

/**
 * How the weights of a {@link PackedMatrix} are kept. Narrow weights take less of the memory's
 * bandwidth, which is what bounds products of few rows.
 *
 * <p>A format says only which weights are multiplied by: the sums stay chains of float32
 * multiply-adds. A product by narrow weights is, bit for bit, the product by a float32 matrix of
 * the weights that the format rounds to.
 */
public enum WeightFormat {
  /** 4 bytes: the weights themselves. */
  FLOAT32(4),

  /**
   * 2 bytes: rounded to the nearest number with 8 significant bits, of two the one with an even
   * last bit. Off by 1/256 of itself at most. Infinities and NaN stay what they are; what is beyond
   * the largest number that is finite in bfloat16, 3.39e38, becomes an infinity.
   */
  BFLOAT16(2),

  /**
   * 1 byte, and 4 for each column: {@code q * scale}, rounded to float32. {@code scale} is the
   * largest magnitude of the column over 127. {@code q} is {@code weight / scale} rounded to the
   * nearest integer, at most 127 either side. Off by half a {@code scale} at most. A column of
   * zeros stays zeros. Takes finite weights only.
   */
  INT8(1);

  private final int bytes;

  WeightFormat(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Bytes that a weight takes.
   *
   * @return bytes that a weight takes, without its column's scale
   */
  public int bytes() {
    return bytes;
  }
}
