package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Holds shared arenas open while a kernel runs on their memory.
 *
 * <p>A kernel reads and writes by address, so an arena closed by another thread in the middle of it
 * would be a crash. A confined arena can't be (its owner is in here), nor can an automatic or the
 * global one. A shared one can, and Java has one public way to hold it: a foreign call holds the
 * arenas of the segments it is given until it returns. So the kernel runs inside one, that calls
 * straight back; a concurrent {@code close()} gets the usual IllegalStateException of an arena in
 * use.
 */
final class Held {

  /**
   * The scope of a shared arena, told from an automatic one's by its class, which is the JDK's own
   * affair.
   */
  private static final Class<?> SHARED_SCOPE = sharedScope();

  private static final int MOST = 6;
  private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

  private Held() {}

  static boolean isNeeded(MemorySegment a, MemorySegment b) {
    return isShared(a) || isShared(b);
  }

  static boolean isNeeded(MemorySegment a, MemorySegment b, MemorySegment c) {
    return isShared(a) || isShared(b) || isShared(c);
  }

  static boolean isShared(MemorySegment segment) {
    return segment.scope().getClass() == SHARED_SCOPE;
  }

  /** Runs the body while the arenas of the segments, six at the most, are held. */
  static void run(Runnable body, MemorySegment... segments) {
    MemorySegment[] held = new MemorySegment[MOST];
    for (int i = 0; i < MOST; i++) {
      held[i] = i < segments.length ? segments[i] : MemorySegment.NULL;
    }
    Call outer = CURRENT.get();
    Call call = new Call(body);
    CURRENT.set(call);
    try {
      Stub.ROUND_TRIP.invokeExact(held[0], held[1], held[2], held[3], held[4], held[5]);
    } catch (Throwable e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      CURRENT.set(outer);
    }
    if (call.failure instanceof Error error) {
      throw error;
    } else if (call.failure instanceof RuntimeException failure) {
      throw failure;
    }
  }

  /**
   * What the foreign call comes back to, by method handle. A failure must not unwind through it.
   */
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // the segments are there to be held
  private static void back(
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      MemorySegment d,
      MemorySegment e,
      MemorySegment f) {
    Call call = CURRENT.get();
    try {
      call.body.run();
    } catch (RuntimeException | Error failure) {
      call.failure = failure;
    }
  }

  private static Class<?> sharedScope() {
    try (Arena arena = Arena.ofShared()) {
      return arena.scope().getClass();
    }
  }

  private static final class Call {
    private final Runnable body;
    private @Nullable Throwable failure;

    Call(Runnable body) {
      this.body = body;
    }
  }

  /** Made when a shared arena is first met. */
  private static final class Stub {

    static final MethodHandle ROUND_TRIP = roundTrip();

    @SuppressWarnings("restricted")
    private static MethodHandle roundTrip() {
      FunctionDescriptor six =
          FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
      try {
        MethodType type = six.toMethodType();
        MethodHandle back = MethodHandles.lookup().findStatic(Held.class, "back", type);
        MemorySegment target = Linker.nativeLinker().upcallStub(back, six, Arena.global());
        return Linker.nativeLinker().downcallHandle(target, six);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Held.back is missing", e);
      }
    }
  }
}
