package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;

/** Every message of what a call is given to work in: memory, threads, time, and their sizes. */
final class CallErrors {
  private CallErrors() {}

  static IllegalArgumentException outputReadOnly(String operation, Shape y) {
    return new IllegalArgumentException(
        operation
            + ": y, "
            + y
            + ", is read-only: its memory is, or it is a view whose elements share memory (unfold,"
            + " broadcastTo); Tensor.zeros"
            + y
            + " is writable");
  }

  static IllegalArgumentException outputReadOnly(String operation, long elements) {
    return new IllegalArgumentException(
        operation + ": y, " + elements + " numbers, is written, but its segment is read-only");
  }

  static IllegalArgumentException outputOverlaps(String operation, Shape x, Shape y) {
    return new IllegalArgumentException(
        operation
            + ": y, "
            + y
            + ", shares memory with x, "
            + x
            + ", and is not the same view: results would be written over input that is still to be"
            + " read. Give a y of its own, Tensor.zeros"
            + y
            + ", or x.copy()");
  }

  static IllegalArgumentException outputOverlaps(String operation, long x, long y) {
    return new IllegalArgumentException(
        operation
            + ": the "
            + y
            + " numbers of y share memory with the "
            + x
            + " of x, but begin elsewhere: results would be written over part of the input. Let both"
            + " begin at one place, or lie apart");
  }

  static IndexOutOfBoundsException streamExtent(
      String name, long offset, long elements, long room) {
    return new IndexOutOfBoundsException(
        "Stream.step: "
            + name
            + " takes "
            + elements
            + " numbers from offset "
            + offset
            + ", but its segment holds "
            + room
            + "; offsets count numbers, not bytes");
  }
}
