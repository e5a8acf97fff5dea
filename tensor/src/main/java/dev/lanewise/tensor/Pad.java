package dev.lanewise.tensor;

import java.lang.foreign.Arena;

/** Lengthens axes at either end with one value. */
final class Pad {
  private static final String OPERATION = "Tensor.pad";

  /** From here on two ints may be one float. */
  private static final float EXACT = 0x1p24f;

  private Pad() {}

  static Tensor pad(Tensor source, int axis, long before, long after, float value) {
    int along = source.shape().axis(OPERATION, axis);
    int bits = bits(source, value);
    Tensor padded = around(OPERATION, source, along, before, after);
    if (bits != 0) { // The memory came zeroed.
      fillEnds(padded, along, before, before + source.dim(along), bits);
    }
    return padded;
  }

  /** Overwrites a target with the source from {@code before} on along an axis, and a value. */
  static void into(Tensor target, int axis, Tensor source, long before, float value) {
    Shape shape = source.shape();
    if (target.rank() != source.rank()) {
      throw JoinErrors.padInto(target.shape(), shape, before);
    }
    int along = target.shape().axis("Tensor.copyPadded", axis);
    boolean fits = before >= 0 && before <= target.dim(along) - source.dim(along);
    for (int other = 0; other < source.rank(); other++) {
      fits &= other == along || target.dim(other) == source.dim(other);
    }
    if (!fits) {
      throw JoinErrors.padInto(target.shape(), shape, before);
    }
    int bits = bits(source, value);
    long end = before + source.dim(along);
    Tensor middle = target.slice(along, before, end);
    if (target.mayShareMemory(source) && !middle.isSameView(source)) {
      throw JoinErrors.padOverlap(target.shape(), shape);
    }
    middle.copyFrom(source);
    fillEnds(target, along, before, end, bits);
  }

  private static void fillEnds(Tensor padded, int along, long before, long end, int bits) {
    padded.slice(along, 0, before).fillBits(bits);
    padded.slice(along, end, padded.dim(along)).fillBits(bits);
  }

  static Tensor pad(Tensor source, long[][] beforeAfter, float value) {
    Shape shape = source.shape();
    if (beforeAfter.length != shape.rank()) {
      throw JoinErrors.padCount(shape, beforeAfter.length);
    }
    int bits = bits(source, value);
    Shape longer = shape;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long[] pair = beforeAfter[axis];
      if (pair == null || pair.length != 2) {
        throw JoinErrors.padPair(shape, axis, pair == null ? "null" : Shape.text(pair));
      }
      longer = longer.with(OPERATION, axis, length(OPERATION, shape, axis, pair[0], pair[1]));
    }
    Tensor padded = Tensor.allocate(OPERATION, source.type(), Arena.ofAuto(), longer);
    if (bits != 0) { // The memory came zeroed.
      padded.fillBits(bits);
    }
    Tensor middle = padded;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long before = beforeAfter[axis][0];
      middle = middle.slice(axis, before, before + shape.dim(axis));
    }
    middle.copyFrom(source);
    return padded;
  }

  /** A new tensor with room at either end of an axis, zeroed, and the source in the middle. */
  static Tensor around(String operation, Tensor source, int along, long before, long after) {
    Shape shape = source.shape();
    long length = length(operation, shape, along, before, after);
    Shape longer = shape.with(operation, along, length);
    Tensor padded = Tensor.allocate(operation, source.type(), Arena.ofAuto(), longer);
    padded.slice(along, before, before + shape.dim(along)).copyFrom(source);
    return padded;
  }

  private static long length(String operation, Shape shape, int axis, long before, long after) {
    if (before < 0 || after < 0) {
      throw JoinErrors.padNegative(operation, shape, axis, before, after);
    }
    try {
      return Math.addExact(Math.addExact(before, shape.dim(axis)), after);
    } catch (ArithmeticException overflow) {
      throw JoinErrors.padOverflow(operation, shape, axis, before, after);
    }
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
