package dev.lanewise.tensor;

import static dev.lanewise.tensor.Words.bad;
import static dev.lanewise.tensor.Words.text;

/** Builds the exceptions of element types that do not fit. */
final class TypeErrors {
  private TypeErrors() {}

  /** An operation of the other type; {@code instead} is its twin for the type at hand. */
  static IllegalStateException wrongType(
      String operation, Shape shape, ElementType got, ElementType needed, String instead) {
    return new IllegalStateException(
        text(
            "%s: this %s tensor is %s; use %s, or %s %s copy: %s",
            operation,
            shape,
            got,
            instead,
            needed == ElementType.INT32 ? "an" : "a",
            needed,
            needed.conversion()));
  }

  static IllegalArgumentException mixedParts(
      String operation, ElementType first, ElementType type, int part) {
    return bad(
        "%s: part 0 is %s but part %d is %s; %s on part %d copies it to %s",
        operation, first, part, type, first.conversion(), part, first);
  }

  static IllegalArgumentException copyTypes(ElementType target, ElementType source) {
    return bad(
        "Tensor.copyFrom: the source is %s but this is %s; copyFrom(source.%s) converts it",
        source, target, target.conversion());
  }

  static IllegalArgumentException compareTypes(
      String operation, ElementType actual, ElementType expected) {
    return bad(
        "%s: this is %s but the other is %s; %s on the other converts it",
        operation, actual, expected, actual.conversion());
  }

  static IllegalArgumentException gatherIndices(ElementType got) {
    return bad(
        "Tensor.gather: the indices are %s, must be int32: gather(axis, indices.toInt())", got);
  }

  static IllegalArgumentException padValue(Shape shape, float value) {
    return bad(
        "Tensor.pad: %s cannot be put around the int32 %s: needs a whole number between -2^24 and"
            + " 2^24; pad toFloat(), or concat with intZeros(..).fillInt(value)",
        value, shape);
  }

  static IllegalArgumentException notWhole(float value, String index) {
    return bad(
        "Tensor.toInt: the element at %s is %s, not a whole number; round before converting",
        index, value);
  }

  static IllegalArgumentException outsideInt(float value, String index) {
    return bad(
        "Tensor.toInt: the element at %s is %s, outside %d..%d",
        index, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
