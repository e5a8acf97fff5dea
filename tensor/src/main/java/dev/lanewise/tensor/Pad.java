package dev.lanewise.tensor;

import java.lang.foreign.Arena;

/** Lengthens an axis at either end with one value. */
final class Pad {
  /** From here on two ints may be one float. */
  private static final float EXACT = 0x1p24f;

  private Pad() {}

  static Tensor pad(Tensor source, int axis, long before, long after, float value) {
    Shape shape = source.shape();
    int along = shape.axis("Tensor.pad", axis);
    long length = shape.dim(along);
    if (before < 0 || after < 0) {
      throw JoinErrors.padNegative(shape, along, before, after);
    }
    long longer;
    try {
      longer = Math.addExact(Math.addExact(before, length), after);
    } catch (ArithmeticException overflow) {
      throw JoinErrors.padOverflow(shape, along, before, after);
    }
    int bits = bits(source, value);
    Shape lengthened = shape.with("Tensor.pad", along, longer);
    Tensor padded = Tensor.allocate("Tensor.pad", source.type(), Arena.ofAuto(), lengthened);
    padded.slice(along, 0, before).fillBits(bits);
    padded.slice(along, before, before + length).copyFrom(source);
    padded.slice(along, before + length, longer).fillBits(bits);
    return padded;
  }

  /** The value as an element of the tensor; where that is an int, one that no float rounded. */
  private static int bits(Tensor source, float value) {
    if (source.type() == ElementType.FLOAT32) {
      return Float.floatToRawIntBits(value);
    }
    if (value != (int) value || Math.abs(value) >= EXACT) {
      throw TypeErrors.padValue(source.shape(), value);
    }
    return (int) value;
  }
}
