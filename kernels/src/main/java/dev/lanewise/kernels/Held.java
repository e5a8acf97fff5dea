package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;

/**
 * Keeps the memory of operands while a kernel runs on it by address.
 *
 * <p>An automatic arena is freed once nothing refers to it, and an address does not. So each entry
 * ends with {@link #untilHere}, or its operands could be collected in the middle of it.
 *
 * <p>A shared arena can be closed by another thread. Java has one public way to hold it: a foreign
 * call holds the arenas of the segments that it is given. A foreign function that returns a struct
 * asks Java for room to put it, and the arenas are still held then. So the kernel runs as the
 * allocator of that room: it is called by Java and may throw what it likes. A concurrent {@code
 * close()} gets the usual IllegalStateException of an arena in use.
 *
 * <p>A confined arena needs no holding, as its owner is in here, nor does the global one.
 */
final class Held {

  /**
   * The scope of a shared arena, told from an automatic one's by its class, which is the JDK's own
   * affair.
   */
  private static final Class<?> SHARED_SCOPE = sharedScope();

  private static final int MOST = 6;

  private Held() {}

  static boolean isNeeded(MemorySegment a, MemorySegment b) {
    return isShared(a) || isShared(b);
  }

  static boolean isNeeded(MemorySegment a, MemorySegment b, MemorySegment c) {
    return isShared(a) || isShared(b) || isShared(c);
  }

  /** False of any segment where the kernels go by checked segments: those find out themselves. */
  static boolean isShared(MemorySegment segment) {
    return Kernels.BY_ADDRESS && segment.scope().getClass() == SHARED_SCOPE;
  }

  /** What is passed is reachable up to here. A kernel that throws is done with it too. */
  @SuppressWarnings("ReachabilityFenceUsage")
  static void untilHere(MemorySegment a, MemorySegment b) {
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
  }

  /** What is passed is reachable up to here. */
  static void untilHere(MemorySegment a, MemorySegment b, MemorySegment c) {
    untilHere(a, b);
    untilHere(c, c);
  }

  /** Runs the body while the arenas of the segments, six at the most, are held. */
  static void run(Runnable body, MemorySegment... segments) {
    MemorySegment[] held = new MemorySegment[MOST];
    for (int i = 0; i < MOST; i++) {
      held[i] = i < segments.length ? segments[i] : MemorySegment.NULL;
    }
    try {
      MemorySegment _ =
          (MemorySegment)
              ForeignCall.HANDLE.invokeExact(
                  (SegmentAllocator) new Body(body),
                  held[0],
                  held[1],
                  held[2],
                  held[3],
                  held[4],
                  held[5]);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a method handle of the linker declares no exception", e);
    }
  }

  private static Class<?> sharedScope() {
    try (Arena arena = Arena.ofShared()) {
      return arena.scope().getClass();
    }
  }

  /** Runs when the foreign call asks for room. */
  private record Body(Runnable body) implements SegmentAllocator {

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
      body.run();
      return ForeignCall.RESULT;
    }
  }

  /** Made when a shared arena is first met. */
  static final class ForeignCall {

    /** (1, 1, six segments) -> a struct of two ints; what a native image is told of too. */
    static final FunctionDescriptor TYPE =
        FunctionDescriptor.of(
            MemoryLayout.structLayout(JAVA_INT.withName("quot"), JAVA_INT.withName("rem")),
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);

    /** What is written there is garbage, by any thread. */
    static final MemorySegment RESULT = Arena.global().allocate(8, 8);

    /** (allocator, six segments) -> result. */
    static final MethodHandle HANDLE = handle();

    static {
      checkHolds();
    }

    /**
     * C's {@code div}, which is in each C library, does next to nothing and returns two ints. C
     * passes further arguments without a look at them.
     */
    @SuppressWarnings("restricted")
    private static MethodHandle handle() {
      Linker linker = Linker.nativeLinker();
      MethodHandle div =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("div"), TYPE, Linker.Option.critical(false));
      return MethodHandles.insertArguments(div, 1, 1, 1);
    }

    /**
     * That arenas are held when room is asked for is how the JDK's linkers are made, not their
     * contract. A linker that does not is refused here, once.
     */
    private static void checkHolds() {
      Arena arena = Arena.ofShared();
      MemorySegment segment = arena.allocate(4);
      boolean[] refused = new boolean[1];
      run(
          () -> {
            try {
              arena.close();
            } catch (IllegalStateException inUse) {
              refused[0] = true;
            }
          },
          segment);
      if (!refused[0]) {
        throw new LinkageError(KernelErrors.sharedArenasAreNotHeld());
      }
      arena.close();
    }
  }
}
