package dev.lanewise.tensor;

/** What the elements of a tensor are. Each takes 4 bytes. */
public enum ElementType {
  /** Numbers with a fraction, {@code float} in Java. */
  FLOAT32("float32"),
  /** Whole numbers, {@code int} in Java: token ids, labels, lengths. */
  INT32("int32");

  private final String text;

  ElementType(String text) {
    this.text = text;
  }

  /** The method of {@link Tensor} that copies to this type. */
  String conversion() {
    return this == FLOAT32 ? "toFloat()" : "toInt()";
  }

  /**
   * The name that NumPy has for it.
   *
   * @return {@code float32} or {@code int32}
   */
  @Override
  public String toString() {
    return text;
  }
}
