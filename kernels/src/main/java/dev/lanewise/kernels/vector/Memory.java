package dev.lanewise.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Unchecked addressing: all of memory as one segment, indexed by absolute address.
 *
 * <p>The segment is a static final constant. So a kernel's speed does not depend on which kinds of
 * segment the JVM has seen before. With a segment for a parameter the same loops run at 0.4 to 0.6
 * of the speed. The mask tells C2 that an address is not negative, and it drops the range check. It
 * checks nothing: whoever calls has proved the extents, and keeps the owner alive.
 */
final class Memory {

  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** User addresses have 47 bits. */
  static final long MASK = 0x7fffffffffffL;

  /**
   * Masks a distance in bytes that is added to an address, 256 MB at most. C2 then knows that the
   * sum of a few of them is an int, and makes it a part of the load's or store's address.
   */
  static final long STRIDE = 0xfffffffL;

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Memory() {}

  /** The address of an element of a segment. */
  static long address(MemorySegment segment, long offset) {
    return segment.address() + offset * Float.BYTES;
  }

  static float get(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address & MASK);
  }

  static void set(long address, float value) {
    ALL.set(JAVA_FLOAT_UNALIGNED, address & MASK, value);
  }

  static double getDouble(long address) {
    return ALL.get(JAVA_DOUBLE_UNALIGNED, address & MASK);
  }

  static void setDouble(long address, double value) {
    ALL.set(JAVA_DOUBLE_UNALIGNED, address & MASK, value);
  }
}
