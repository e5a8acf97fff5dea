package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.concurrent.CancellationException;

/** Every message of what a call is given to work in: memory, threads, time, and their sizes. */
final class CallErrors {
  private CallErrors() {}

  static IllegalArgumentException tooManySteps(int steps, long batch) {
    return new IllegalArgumentException(
        "Sequential: "
            + batch
            + " samples of timesteps="
            + steps
            + " at once are more than "
            + Integer.MAX_VALUE
            + " steps. Give fewer samples at once (batchSize, slices of x), or shorter sequences");
  }

  static IllegalArgumentException tooManyNumbers() {
    return new IllegalArgumentException(
        "Sequential: a layer's numbers for this batch are more than can be addressed. Give fewer"
            + " samples at once (batchSize, slices of x), shorter sequences or fewer units");
  }

  static IllegalArgumentException tooManyWeights(String name, Shape weight) {
    return new IllegalArgumentException(
        "Sequential.build: with "
            + name
            + " "
            + weight
            + " the weights are more than can be addressed. Give the layer fewer units or features");
  }

  static IllegalArgumentException tooLong(String operation, String name, long length) {
    return new IllegalArgumentException(
        operation + ": " + name + "=" + length + ", at most " + Integer.MAX_VALUE + " fit");
  }

  static OutOfMemoryError noRoomForWeights(long weights, OutOfMemoryError cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            "Sequential.build: no room for "
                + weights
                + " weights of 4 bytes off the heap. -XX:MaxDirectMemorySize raises the limit, which"
                + " is the maximal heap's size unless set; fewer units or features need less");
    error.initCause(cause);
    return error;
  }

  static String noThreads(int threads, OutOfMemoryError cause) {
    return "no team of "
        + threads
        + " threads could be started ("
        + cause.getMessage()
        + "): calls stay on their own threads, with the same results, and it is tried again after"
        + " ten seconds. Lower the threads of the process, or raise its limit (ulimit -u)";
  }

  static IllegalStateException closed(String operation, String owner, String anew) {
    return new IllegalStateException(
        operation + ": this " + owner + " was closed; " + anew + " makes another");
  }

  /** The user is the id of a thread. */
  static IllegalStateException inUse(String operation, String owner, String anew, long user) {
    if (user == Thread.currentThread().threadId()) {
      return new IllegalStateException(
          operation
              + ": this "
              + owner
              + " is in use by this very thread, which called from a listener. Call it when the"
              + " other call is over");
    }
    return new IllegalStateException(
        operation
            + ": this "
            + owner
            + " is in use by thread "
            + thread(user)
            + ", and is for one thread at a time; "
            + anew
            + " makes another");
  }

  private static String thread(long id) {
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.threadId() == id) {
        return "\"" + each.getName() + "\"";
      }
    }
    return "#" + id;
  }

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

  static CancellationException interrupted() {
    return new CancellationException(
        "Predictor.predict: the thread was interrupted; y is written in part. Its interrupt is still"
            + " set: Thread.interrupted() clears it");
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
