package dev.lanewise.lstm.memory;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import java.util.concurrent.CancellationException;

/** Every message of memory, weights, threads, and their sizes, in one place. */
public final class MemoryErrors {
  private MemoryErrors() {}

  public static IllegalArgumentException tooManySteps(int steps, long batch) {
    return new IllegalArgumentException(
        "Sequential: "
            + batch
            + " samples of timesteps="
            + steps
            + " at once are more than "
            + Integer.MAX_VALUE
            + " steps. Give fewer samples at once (batchSize, slices of x), or shorter sequences");
  }

  public static IllegalArgumentException tooManyNumbers() {
    return new IllegalArgumentException(
        "Sequential: a layer's numbers for this batch are more than can be addressed. Give fewer"
            + " samples at once (batchSize, slices of x), shorter sequences or fewer units");
  }

  public static IllegalArgumentException tooManyWeights(String name, Shape weight) {
    return new IllegalArgumentException(
        "Sequential.build: with "
            + name
            + " "
            + weight
            + " the weights are more than can be addressed. Give the layer fewer units or features");
  }

  public static IllegalArgumentException tooLong(String operation, String name, long length) {
    return new IllegalArgumentException(
        operation + ": " + name + "=" + length + ", at most " + Integer.MAX_VALUE + " fit");
  }

  public static OutOfMemoryError noRoomForWeights(long weights, OutOfMemoryError cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            "Sequential.build: no room for "
                + weights
                + " weights of 4 bytes off the heap. -XX:MaxDirectMemorySize raises the limit, which"
                + " is the maximal heap's size unless set; fewer units or features need less");
    error.initCause(cause);
    return error;
  }

  public static String noThreads(int threads, OutOfMemoryError cause) {
    return "no team of "
        + threads
        + " threads could be started ("
        + cause.getMessage()
        + "): calls stay on their own threads, with the same results, and it is tried again after"
        + " ten seconds. Lower the threads of the process, or raise its limit (ulimit -u)";
  }

  public static IllegalStateException closed(String operation, String owner, String anew) {
    return new IllegalStateException(
        operation + ": this " + owner + " was closed; " + anew + " makes another");
  }

  /** The user is the id of a thread. */
  public static IllegalStateException inUse(
      String operation, String owner, String anew, long user) {
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

  public static CancellationException interrupted() {
    return new CancellationException(
        "Predictor.predict: the thread was interrupted; y is written in part. Its interrupt is still"
            + " set: Thread.interrupted() clears it");
  }

  public static OutOfMemoryError outOfMemory(long bytes, OutOfMemoryError cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            "no room for "
                + bytes
                + " bytes off the heap. -XX:MaxDirectMemorySize raises the limit, which is the"
                + " maximal heap's size unless set; a smaller batch or fewer timesteps need less");
    error.initCause(cause);
    return error;
  }

  public static IllegalArgumentException notFinite(String name, int row, int column, float weight) {
    return new IllegalArgumentException(
        "Predictor: weight "
            + name
            + " holds "
            + weight
            + " at ("
            + row
            + ", "
            + column
            + "), but WeightFormat.INT8 takes finite weights. FLOAT32 and BFLOAT16 take any");
  }

  public static IllegalArgumentException notFloat32(Shape shape, ElementType type) {
    return new IllegalArgumentException(
        "a model computes in float32 but a "
            + shape
            + " tensor is "
            + type
            + "; toFloat() copies it to float32");
  }
}
