package dev.lanewise.lstm;

import java.lang.reflect.Method;

/**
 * Counts the heap bytes that the calling thread allocates. By reflection, as this module reads no
 * java.management and tests are compiled into it.
 */
final class Allocations {
  private static final Object THREADS;
  private static final Method ALLOCATED;

  static {
    try {
      THREADS =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      ALLOCATED =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError("this JVM does not count allocations", missing);
    }
  }

  /** Only in compiled code does escape analysis remove what javac writes; compiling takes time. */
  private static final long PATIENCE = 30_000_000_000L;

  private static final long ATTEMPT = 100_000_000L;

  private Allocations() {}

  /**
   * Bytes a call once warm: the first attempt of a tenth of a second that needs none, or the last.
   */
  static long perCall(Runnable call) {
    return perCall(call, 0);
  }

  /** The same, where an attempt that needs no more than so many is good enough. */
  static long perCall(Runnable call, long bound) {
    long deadline = System.nanoTime() + PATIENCE;
    long bytes = Long.MAX_VALUE;
    while (bytes > bound && System.nanoTime() < deadline) {
      long ownBytes = allocated();
      long before = allocated();
      ownBytes = before - ownBytes; // of the reflection
      long until = System.nanoTime() + ATTEMPT;
      long calls = 0;
      for (; System.nanoTime() < until; calls++) {
        call.run();
      }
      bytes = Math.max(0, allocated() - before - ownBytes) / calls;
    }
    return bytes;
  }

  private static long allocated() {
    try {
      return (long) ALLOCATED.invoke(THREADS);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM does not count allocations", e);
    }
  }
}
