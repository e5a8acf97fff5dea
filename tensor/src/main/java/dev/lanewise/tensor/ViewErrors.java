package dev.lanewise.tensor;

import static dev.lanewise.tensor.Words.bad;
import static dev.lanewise.tensor.Words.outside;
import static dev.lanewise.tensor.Words.plural;
import static dev.lanewise.tensor.Words.range;
import static dev.lanewise.tensor.Words.text;

import java.util.stream.IntStream;

/** Builds the exceptions of shapes, axes, indices and views. */
final class ViewErrors {
  private ViewErrors() {}

  // Shapes and axes.

  static IllegalArgumentException negativeLength(String operation, long[] dims, int axis) {
    String hint = dims[axis] == -1 ? "; only reshape works out a -1" : "";
    return bad(
        "%s: axis %d of %s is %d; a length is 0 or more%s",
        operation, axis, Shape.text(dims), dims[axis], hint);
  }

  static IllegalArgumentException tooManyElements(String operation, long[] dims) {
    return bad(
        "%s: the lengths of %s multiply to more than %d, the most elements that can be counted",
        operation, Shape.text(dims), Long.MAX_VALUE);
  }

  static IndexOutOfBoundsException noSuchAxis(String operation, Shape shape, int axis) {
    return outside(
        "%s: %s has no axis %d: %s",
        operation,
        shape,
        axis,
        shape.rank() == 0
            ? "it is a single number, without axes"
            : text("write 0..%d, or -%d..-1 from the end", shape.rank() - 1, shape.rank()));
  }

  static IndexOutOfBoundsException noSuchNewAxis(String operation, Shape shape, int axis) {
    return outside(
        "%s: %s has no place %d for a new axis: write 0..%d, or -%d..-1 from the end",
        operation, shape, axis, shape.rank(), shape.rank() + 1);
  }

  // Elements.

  static IllegalArgumentException indexCount(String operation, Shape shape, long[] index) {
    return bad(
        "%s: the %d-D %s takes %s, got %s",
        operation,
        shape.rank(),
        shape,
        shape.rank() == 1 ? "1 index" : shape.rank() + " indices, one an axis",
        index.length == 0 ? "none" : index.length + ": " + Shape.text(index));
  }

  static IndexOutOfBoundsException indexOutside(
      String operation, Shape shape, long[] index, int axis) {
    return outside(
        "%s: index %s is outside %s: axis %d is %d but must be %s%s",
        operation,
        Shape.text(index),
        shape,
        axis,
        index[axis],
        range(shape.dim(axis)),
        index[axis] < 0 ? "; select counts negative ones from the end" : "");
  }

  static IndexOutOfBoundsException selectOutside(Shape shape, int axis, long index) {
    long length = shape.dim(axis);
    return outside(
        "Tensor.select: index %d is outside axis %d of %s: %s%s",
        index,
        axis,
        shape,
        length == 0 ? "it is empty" : "write " + range(length),
        length == 0 ? "" : text(", or -%d..-1 from the end", length));
  }

  static IndexOutOfBoundsException sliceOutside(
      Shape shape, int axis, String name, long index, long lowest) {
    long length = shape.dim(axis);
    return outside(
        "Tensor.slice: %s is %d, outside axis %d of %s: %s",
        name,
        index,
        axis,
        shape,
        length == 0
            ? "it is empty, write " + lowest
            : text("write 0..%d, or %d..-1 from the end", lowest + length, lowest - length));
  }

  static IndexOutOfBoundsException sliceOrder(
      Shape shape, int axis, long from, long to, long step) {
    return outside(
        "Tensor.slice: from %d comes %s to %d on axis %d of %s, but a step of %d walks %s;"
            + " slice(%d, %d, %d, %d) walks %s",
        from,
        step > 0 ? "after" : "before",
        to,
        axis,
        shape,
        step,
        step > 0 ? "up" : "down",
        axis,
        from,
        to,
        -step,
        step > 0 ? "down" : "up");
  }

  static IllegalArgumentException sliceStep(Shape shape, int axis) {
    return bad(
        "Tensor.slice: the step on axis %d of %s is 0; 1 or more walks up, -1 or less down",
        axis, shape);
  }

  // Views.

  static IllegalArgumentException copyShapes(Shape target, Shape source) {
    return bad("Tensor.copyFrom: the source is %s but this is %s", source, target);
  }

  static IllegalArgumentException compareShapes(Shape actual, Shape expected) {
    return bad("Tensor.allClose: this is %s but the other is %s", actual, expected);
  }

  static IllegalArgumentException tolerance(double relative, double absolute) {
    return bad(
        "Tensor.allClose: relative is %s and absolute is %s; a tolerance is 0 or more",
        relative, absolute);
  }

  static IllegalArgumentException reshapeTwoUnknowns(long[] dims) {
    return bad(
        "Tensor.reshape: %s has more than one -1; only one length can be worked out",
        Shape.text(dims));
  }

  static IllegalArgumentException reshapeSize(Shape shape, Shape target) {
    return bad(
        "Tensor.reshape: %s has %s, %s has %d",
        shape, plural(shape.size(), "element"), target, target.size());
  }

  static IllegalArgumentException reshapeAnything(long[] dims) {
    return bad(
        "Tensor.reshape: the -1 of %s could be anything: the other axes hold 0 elements;"
            + " write its length",
        Shape.text(dims));
  }

  static IllegalArgumentException reshapeRemainder(Shape shape, long[] dims, long known) {
    return bad(
        "Tensor.reshape: %s has %s, %s cannot hold them: %d is not a multiple of %d",
        shape, plural(shape.size(), "element"), Shape.text(dims), shape.size(), known);
  }

  static IllegalArgumentException permuteCount(Shape shape, int[] axes) {
    return bad(
        "Tensor.permute: axes %s for the %d-D %s; %s",
        text(axes),
        shape.rank(),
        shape,
        shape.rank() == 0 ? "it takes none" : "write each of " + range(shape.rank()) + " once");
  }

  static IllegalArgumentException permuteTwice(int[] axes, int axis) {
    return bad(
        "Tensor.permute: axes %s name axis %d twice; write each of %s once",
        text(axes), axis, range(axes.length));
  }

  static IllegalArgumentException transposeRank(Shape shape) {
    if (shape.rank() < 2) {
      String row =
          shape.rank() == 1 ? "; expandDims(0) makes it a row, expandDims(1) a column" : "";
      return bad("Tensor.transpose: needs 2-D, got the %d-D %s%s", shape.rank(), shape, row);
    }
    int[] axes = IntStream.range(0, shape.rank()).toArray();
    axes[axes.length - 2] = axes.length - 1;
    axes[axes.length - 1] = axes.length - 2;
    return bad(
        "Tensor.transpose: needs 2-D, got the %d-D %s; permute%s swaps its last two axes",
        shape.rank(), shape, text(axes));
  }

  static IllegalArgumentException unfold(Shape shape, int axis, long length, long step) {
    if (step < 1) {
      return bad("Tensor.unfold: step is %d; windows begin 1 or more apart", step);
    }
    long most = shape.dim(axis);
    return bad(
        "Tensor.unfold: length is %d but axis %d of %s is %d long; %s",
        length,
        axis,
        shape,
        most,
        most == 0 ? "no window fits" : text("a window is 1 to %d", most));
  }

  static IllegalArgumentException squeezeLength(Shape shape, int axis) {
    long length = shape.dim(axis);
    return bad(
        "Tensor.squeeze: axis %d of %s is %d long, only a length of 1 can be dropped%s",
        axis,
        shape,
        length,
        length == 0 ? "" : text("; select(%d, index) takes one of its %d", axis, length));
  }

  static IllegalArgumentException splitCount(Shape shape, int axis, int parts) {
    return bad(
        "Tensor.split: %s of axis %d of %s: needs 1 or more", plural(parts, "part"), axis, shape);
  }

  static IllegalArgumentException splitUneven(
      Shape shape, int axis, int parts, long below, long above) {
    String nearest = above > parts ? below + " or " + above : Long.toString(below);
    return bad(
        "Tensor.split: axis %d of %s is %d long, which %d equal parts cannot be; write %s parts, or"
            + " the length of each: splitSizes",
        axis, shape, shape.dim(axis), parts, nearest);
  }

  static IllegalArgumentException negativePart(long[] lengths, int part) {
    return bad(
        "Tensor.splitSizes: part %d of %s is %d; a length is 0 or more",
        part, Shape.text(lengths), lengths[part]);
  }

  static IllegalArgumentException splitTooLong(Shape shape, int axis, long[] lengths) {
    return bad(
        "Tensor.splitSizes: parts %s are longer than axis %d of %s, which is %d",
        Shape.text(lengths), axis, shape, shape.dim(axis));
  }

  static IllegalArgumentException splitTooShort(Shape shape, int axis, long[] lengths, long rest) {
    return bad(
        "Tensor.splitSizes: parts %s leave %d of axis %d of %s, which is %d long; slice leaves"
            + " some out",
        Shape.text(lengths), rest, axis, shape, shape.dim(axis));
  }

  static IllegalArgumentException broadcastRank(Shape shape, Shape target) {
    return bad(
        "Tensor.broadcastTo: the %d-D %s cannot become the %d-D %s; axes are added, never dropped",
        shape.rank(), shape, target.rank(), target);
  }

  static IllegalArgumentException broadcastLength(Shape shape, Shape target, int axis) {
    int to = axis + target.rank() - shape.rank();
    return bad(
        "Tensor.broadcastTo: %s cannot become %s: axis %d is %d, only a length of 1 can be"
            + " stretched to %d%s",
        shape,
        target,
        axis,
        shape.dim(axis),
        target.dim(to),
        axis == to ? "" : "; axes are matched from the last, expandDims adds others");
  }

  static UnsupportedOperationException broadcastWrite(String operation, Shape shape) {
    return new UnsupportedOperationException(
        text(
            "%s: elements of this %s tensor share memory, it is a broadcastTo view; copy() is"
                + " writable",
            operation, shape));
  }
}
