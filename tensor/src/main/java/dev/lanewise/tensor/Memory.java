package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Takes memory for tensors out of arenas, with errors that say whose it was to be. */
final class Memory {
  /** A cache line, and the widest vector register. */
  private static final long ALIGNMENT = 64;

  private Memory() {}

  /** Zeroed and aligned to 64 bytes. */
  static MemorySegment allocate(String operation, Arena arena, Shape shape) {
    long bytes = bytes(operation, shape);
    try {
      return arena.allocate(bytes, ALIGNMENT);
    } catch (IllegalStateException closed) {
      throw TensorErrors.arenaClosed(operation, shape, closed);
    } catch (WrongThreadException confined) {
      throw TensorErrors.arenaConfined(operation, shape, confined);
    } catch (OutOfMemoryError exhausted) {
      throw TensorErrors.outOfMemory(operation, shape, bytes, exhausted);
    }
  }

  /** Checks that a caller's segment can be the memory of a row-major tensor. */
  static MemorySegment requireWrappable(MemorySegment segment, Shape shape) {
    if (!segment.isNative()) {
      throw TensorErrors.heapSegment(shape);
    }
    long bytes = bytes("Tensor.wrap", shape);
    if (segment.byteSize() != bytes) {
      throw TensorErrors.segmentSize(shape, bytes, segment.byteSize());
    }
    long past = segment.address() % JAVA_FLOAT.byteAlignment();
    if (past != 0) {
      throw TensorErrors.segmentAlignment(shape, past);
    }
    requireReadable("Tensor.wrap", segment, shape);
    return segment;
  }

  static void requireReadable(String operation, MemorySegment segment, Shape shape) {
    if (!segment.scope().isAlive()) {
      throw TensorErrors.closed(operation, shape);
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      throw TensorErrors.confined(operation, shape);
    }
  }

  static void requireWritable(String operation, MemorySegment segment, Shape shape) {
    requireReadable(operation, segment, shape);
    if (segment.isReadOnly()) {
      throw TensorErrors.readOnly(operation, shape);
    }
  }

  private static long bytes(String operation, Shape shape) {
    try {
      return Math.multiplyExact(shape.size(), Float.BYTES);
    } catch (ArithmeticException overflow) {
      throw TensorErrors.tooManyBytes(operation, shape);
    }
  }
}
