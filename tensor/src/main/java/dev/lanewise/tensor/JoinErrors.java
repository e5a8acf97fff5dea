package dev.lanewise.tensor;

import static dev.lanewise.tensor.Words.bad;
import static dev.lanewise.tensor.Words.outside;
import static dev.lanewise.tensor.Words.plural;
import static dev.lanewise.tensor.Words.range;
import static dev.lanewise.tensor.Words.text;

/** Builds the exceptions of joining, gathering, repeating and padding. */
final class JoinErrors {
  private JoinErrors() {}

  static IllegalArgumentException noParts(String operation) {
    return bad("%s: no parts; give one at least", operation);
  }

  static IllegalArgumentException nullPart(String operation, int part) {
    return bad("%s: part %d is null", operation, part);
  }

  static IllegalArgumentException concatOfScalars() {
    return bad(
        "Tensor.concat: part 0 is a single number, without an axis to join along;"
            + " Tensor.stack(0, ..) makes an axis");
  }

  static IllegalArgumentException concatRank(Shape first, Shape shape, int part, int along) {
    String hint = "";
    if (shape.rank() == first.rank() - 1) {
      hint = text("; expandDims(%d) on part %d adds an axis", along, part);
    } else if (shape.rank() == first.rank() + 1) {
      hint = text("; expandDims(%d) on part 0 adds an axis", along);
    }
    return bad(
        "Tensor.concat: part 0 is the %d-D %s but part %d is the %d-D %s%s",
        first.rank(), first, part, shape.rank(), shape, hint);
  }

  static IllegalArgumentException concatLength(
      Shape first, Shape shape, int part, int along, int axis) {
    return bad(
        "Tensor.concat: axis %d: part 0 is %s but part %d is %s;"
            + " all axes but axis %d must agree: axis %d is %d and %d",
        axis, first, part, shape, along, axis, first.dim(axis), shape.dim(axis));
  }

  static IllegalArgumentException concatOverflow(Shape first, int along) {
    return bad(
        "Tensor.concat: axis %d of the parts, the first of them %s, adds up to more than %d",
        along, first, Long.MAX_VALUE);
  }

  static IllegalArgumentException stackShape(Shape first, Shape shape, int part) {
    String hint = "";
    if (shape.rank() == first.rank()) {
      hint = ". Sequences of unequal length: pad the shorter first";
    }
    return bad(
        "Tensor.stack: part 0 is %s but part %d is %s; all parts must have one shape%s",
        first, part, shape, hint);
  }

  static IndexOutOfBoundsException gatherOutside(
      Shape shape, int axis, int index, long[] position) {
    long length = shape.dim(axis);
    return outside(
        "Tensor.gather: index %d at position %s is outside axis %d of %s: %s",
        index,
        position.length == 1 ? position[0] : Shape.text(position),
        axis,
        shape,
        length == 0
            ? "it is empty"
            : text("write %s, or -%d..-1 from the end", range(length), length));
  }

  static IllegalArgumentException tileCount(Shape shape, long[] repeats) {
    return bad(
        "Tensor.tile: the %d-D %s takes %s, one an axis, got %s",
        shape.rank(),
        shape,
        plural(shape.rank(), "repeat"),
        repeats.length == 0 ? "none" : repeats.length + ": " + Shape.text(repeats));
  }

  static IllegalArgumentException negativeRepeats(Shape shape, long[] repeats, int axis) {
    return bad(
        "Tensor.tile: repeats %s for %s: axis %d is %d, must be 0 or more",
        Shape.text(repeats), shape, axis, repeats[axis]);
  }

  static IllegalArgumentException padInto(Shape target, Shape source, long before) {
    return bad(
        "Tensor.copyPadded: %s from %d on does not fit into %s; only the padded axis may be longer",
        source, before, target);
  }

  static IllegalArgumentException padOverlap(Shape target, Shape source) {
    return bad(
        "Tensor.copyPadded: the source %s shares memory with the %s that it is copied to; give a"
            + " source.copy()",
        source, target);
  }

  static IllegalArgumentException padNegative(
      String operation, Shape shape, int axis, long before, long after) {
    return bad(
        "%s: before is %d and after is %d, both must be 0 or more;"
            + " slice(%d, from, to) shortens axis %d of %s",
        operation, before, after, axis, axis, shape);
  }

  static IllegalArgumentException padOverflow(
      String operation, Shape shape, int axis, long before, long after) {
    return bad(
        "%s: axis %d of %s with %d before and %d after is longer than %d",
        operation, axis, shape, before, after, Long.MAX_VALUE);
  }

  static IllegalArgumentException padCount(Shape shape, int got) {
    return bad(
        "Tensor.pad: the %d-D %s takes %s {before, after}, one an axis, got %d; {0, 0} leaves an"
            + " axis as it is",
        shape.rank(), shape, plural(shape.rank(), "pair"), got);
  }

  static IllegalArgumentException padPair(Shape shape, int axis, String got) {
    return bad("Tensor.pad: axis %d of %s takes a pair {before, after}, got %s", axis, shape, got);
  }

  static IllegalArgumentException padEdgeEmpty(Shape shape, int axis) {
    return bad(
        "Tensor.padEdge: axis %d of %s is empty, there is no edge to repeat; pad puts a value",
        axis, shape);
  }

  static IllegalArgumentException padReflectLength(Shape shape, int axis, long before, long after) {
    return bad(
        "Tensor.padReflect: before is %d and after is %d, but axis %d of %s has %d to reflect: all"
            + " but the edge itself",
        before, after, axis, shape, Math.max(0, shape.dim(axis) - 1));
  }
}
