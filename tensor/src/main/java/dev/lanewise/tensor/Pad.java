package dev.lanewise.tensor;

/** Lengthens an axis at either end with one value. */
final class Pad {
  private Pad() {}

  static Tensor pad(Tensor source, int axis, long before, long after, float value) {
    Shape shape = source.shape();
    int along = shape.axis("Tensor.pad", axis);
    long length = shape.dim(along);
    if (before < 0 || after < 0) {
      throw TensorErrors.padNegative(shape, along, before, after);
    }
    long longer;
    try {
      longer = Math.addExact(Math.addExact(before, length), after);
    } catch (ArithmeticException overflow) {
      throw TensorErrors.padOverflow(shape, along, before, after);
    }
    Tensor padded = Tensor.zeros(shape.with("Tensor.pad", along, longer).toArray());
    padded.slice(along, 0, before).fill(value);
    padded.slice(along, before, before + length).copyFrom(source);
    padded.slice(along, before + length, longer).fill(value);
    return padded;
  }
}
