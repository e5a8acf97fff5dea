package dev.lanewise.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds the exceptions of this module: which operation, what it got, what it needs, and the call
 * that helps.
 */
final class TensorErrors {
  private TensorErrors() {}

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

  static IllegalArgumentException tooManyBytes(String operation, Shape shape) {
    return bad(
        "%s: %s has %d elements of 4 bytes: more than %d bytes, the most that can be addressed",
        operation, shape, shape.size(), Long.MAX_VALUE);
  }

  static IllegalArgumentException tooLongForArray(Shape shape) {
    return bad(
        "Tensor.toArray: %s has %d elements, a Java array holds at most %d;"
            + " take slices, or read segment()",
        shape, shape.size(), Integer.MAX_VALUE);
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

  static IndexOutOfBoundsException sliceOutside(Shape shape, int axis, long from, long to) {
    long length = shape.dim(axis);
    // What the same numbers mean where they count from the end, as in Python.
    long first = from < 0 ? from + length : from;
    long end = to < 0 || (to == 0 && from < 0) ? to + length : to;
    String hint = "";
    if (from > to && to >= 0 && from >= 0) {
      hint = "; from comes after to";
    } else if (0 <= first && first <= end && end <= length) {
      hint = text("; from the end: slice(%d, %d, %d)", axis, first, end);
    }
    return outside(
        "Tensor.slice: %d to %d is outside axis %d of %s: write 0 <= from <= to <= %d%s",
        from, to, axis, shape, length, hint);
  }

  // Making tensors.

  static IllegalArgumentException valueCount(int count, Shape shape) {
    String hint = shape.rank() == 0 ? "; for a 1-D tensor: Tensor.of(values, " + count + ")" : "";
    return bad(
        "Tensor.of: %s cannot fill %s, which has %s%s",
        plural(count, "value"), shape, plural(shape.size(), "element"), hint);
  }

  static IllegalArgumentException nullRow(int block, int row) {
    return bad("Tensor.of: row %d%s is null", row, block < 0 ? "" : " of block " + block);
  }

  static IllegalArgumentException nullBlock(int block) {
    return bad("Tensor.of: block %d is null", block);
  }

  static IllegalArgumentException raggedRows(int width, int block, int row, int got) {
    return bad(
        "Tensor.of: row 0%s has %s but row %d%s has %d; all rows must be as long."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        block < 0 ? "" : " of block 0",
        plural(width, "value"),
        row,
        block < 0 ? "" : " of block " + block,
        got);
  }

  static IllegalArgumentException raggedBlocks(int height, int block, int got) {
    return bad(
        "Tensor.of: block 0 has %s but block %d has %d; all blocks must have as many."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        plural(height, "row"), block, got);
  }

  static IllegalArgumentException negativeCount(long size) {
    return bad("Tensor.arange: size is %d; a length is 0 or more", size);
  }

  static IllegalArgumentException heapSegment(Shape shape) {
    return bad(
        "Tensor.wrap: the segment for %s is on the Java heap, a tensor needs native memory;"
            + " Tensor.of(values, %s) copies a float[]",
        shape, list(shape.toArray()));
  }

  static IllegalArgumentException segmentSize(Shape shape, long needed, long got) {
    return bad(
        "Tensor.wrap: %s takes %s but the segment has %d%s",
        shape,
        plural(needed, "byte"),
        got,
        got < needed ? "" : text("; segment.asSlice(0, %d) is its first part", needed));
  }

  static IllegalArgumentException segmentAlignment(Shape shape, long past) {
    return bad(
        "Tensor.wrap: the segment for %s starts %s past a multiple of 4, where no float32 may be;"
            + " copy it: Tensor.zeros(%s).segment().copyFrom(segment)",
        shape, plural(past, "byte"), list(shape.toArray()));
  }

  // Memory.

  static IllegalStateException closed(String operation, Shape shape) {
    return new IllegalStateException(
        text(
            "%s: the Arena of this %s tensor was closed; use it before that, or keep a copy()",
            operation, shape));
  }

  static WrongThreadException confined(String operation, Shape shape) {
    return new WrongThreadException(
        text(
            "%s: the Arena of this %s tensor is confined to another thread than %s;"
                + " make the tensor in Arena.ofShared(), or without an Arena",
            operation, shape, Thread.currentThread().getName()));
  }

  static IllegalStateException arenaClosed(String operation, Shape shape, Exception cause) {
    return new IllegalStateException(
        text("%s: the Arena that %s was to be made in was closed", operation, shape), cause);
  }

  static WrongThreadException arenaConfined(String operation, Shape shape, Exception cause) {
    WrongThreadException error =
        new WrongThreadException(
            text(
                "%s: the Arena that %s was to be made in is confined to another thread than %s;"
                    + " use Arena.ofShared(), or none",
                operation, shape, Thread.currentThread().getName()));
    error.initCause(cause);
    return error;
  }

  static OutOfMemoryError outOfMemory(String operation, Shape shape, long bytes, Error cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            text(
                "%s: no room for %s, %d bytes off the heap; -XX:MaxDirectMemorySize sets the limit,"
                    + " tensors in an Arena of your own are freed when it closes. %s",
                operation, shape, bytes, cause));
    error.initCause(cause);
    return error;
  }

  static UnsupportedOperationException readOnly(String operation, Shape shape) {
    return new UnsupportedOperationException(
        text(
            "%s: this %s tensor is read-only: its segment is, or unfold made windows of it that"
                + " share elements; copy() is writable",
            operation, shape));
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

  // Joining and padding.

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

  static IllegalArgumentException padNegative(Shape shape, int axis, long before, long after) {
    return bad(
        "Tensor.pad: before is %d and after is %d, both must be 0 or more;"
            + " slice(%d, from, to) shortens axis %d of %s",
        before, after, axis, axis, shape);
  }

  static IllegalArgumentException padOverflow(Shape shape, int axis, long before, long after) {
    return bad(
        "Tensor.pad: axis %d of %s with %d before and %d after is longer than %d",
        axis, shape, before, after, Long.MAX_VALUE);
  }

  // Words.

  private static IllegalArgumentException bad(String message, Object... values) {
    return new IllegalArgumentException(text(message, values));
  }

  private static IndexOutOfBoundsException outside(String message, Object... values) {
    return new IndexOutOfBoundsException(text(message, values));
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The indices of an axis in words. */
  private static String range(long length) {
    if (length == 0) {
      return "none: it is empty";
    }
    return length == 1 ? "0" : "0.." + (length - 1);
  }

  private static String list(long[] dims) {
    return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", "));
  }

  /** In digits that do not change with the user's locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  private static String text(String message, Object... values) {
    return String.format(Locale.ROOT, message, values);
  }

  private static String text(int[] axes) {
    return Shape.text(Arrays.stream(axes).asLongStream().toArray());
  }
}
