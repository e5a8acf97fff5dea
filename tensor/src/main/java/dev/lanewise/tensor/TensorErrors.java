package dev.lanewise.tensor;

import static dev.lanewise.tensor.Words.bad;
import static dev.lanewise.tensor.Words.list;
import static dev.lanewise.tensor.Words.plural;
import static dev.lanewise.tensor.Words.text;

/**
 * Builds the exceptions of making tensors and of their memory: which operation, what it got, what
 * it needs, and the call that helps. {@link ViewErrors} and {@link JoinErrors} build the others.
 */
final class TensorErrors {
  private TensorErrors() {}

  // Making tensors.

  static IllegalArgumentException valueCount(String operation, int count, Shape shape) {
    String hint =
        shape.rank() == 0 ? text("; for a 1-D tensor: %s(values, %d)", operation, count) : "";
    return bad(
        "%s: %s cannot fill %s, which has %s%s",
        operation, plural(count, "value"), shape, plural(shape.size(), "element"), hint);
  }

  static IllegalArgumentException nullRow(String operation, int block, int row) {
    return bad("%s: row %d%s is null", operation, row, block < 0 ? "" : " of block " + block);
  }

  static IllegalArgumentException nullBlock(int block) {
    return bad("Tensor.of: block %d is null", block);
  }

  static IllegalArgumentException raggedRows(
      String operation, int width, int block, int row, int got) {
    return bad(
        "%s: row 0%s has %s but row %d%s has %d; all rows must be as long."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        operation,
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

  static IllegalArgumentException tooManyBytes(String operation, Shape shape) {
    return bad(
        "%s: %s has %d elements of 4 bytes: more than %d bytes, the most that can be addressed",
        operation, shape, shape.size(), Long.MAX_VALUE);
  }

  static IllegalArgumentException tooLongForArray(String operation, Shape shape) {
    return bad(
        "%s: %s has %d elements, a Java array holds at most %d;"
            + " take slices, or read segment()",
        operation, shape, shape.size(), Integer.MAX_VALUE);
  }

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
            "%s: this %s tensor is read-only: its segment is, as that of a model's weight, which"
                + " Weight.set(..) changes, or it is a view whose elements share memory (unfold,"
                + " broadcastTo); copy() is writable",
            operation, shape));
  }
}
