package dev.lanewise.formats.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The types of numbers in files, and how each becomes float32: rounded to the nearest, ties to
 * even; a boolean is 0 or 1. Integers are exact up to 2^24. A finite float64 beyond the range of
 * float32 is refused.
 */
public enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of an element, in bytes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Converts elements to float32.
   *
   * @param source holds {@code count} elements from its start on, at any alignment. Not modified
   * @param target (.., count, ..) float32 in the byte order of the machine. Overwritten
   * @param offset where to in the target, in elements
   * @return -1; or the index of the first float64 that is beyond float32, with what follows
   *     undefined
   */
  public long toFloats(
      MemorySegment source, ByteOrder order, long count, MemorySegment target, long offset) {
    if (this == F32) {
      var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
      MemorySegment.copy(
          source, layout, 0, target, ValueLayout.JAVA_FLOAT, offset * Float.BYTES, count);
      return -1;
    }
    for (long i = 0; i < count; i++) {
      float value = read(source, i * bytes, order);
      if (this == F64
          && Float.isInfinite(value)
          && Double.isFinite(
              source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), i * bytes))) {
        return i;
      }
      target.setAtIndex(ValueLayout.JAVA_FLOAT, offset + i, value);
    }
    return -1;
  }

  /**
   * Converts elements to int32, where they are whole numbers within it; a boolean is 0 or 1.
   *
   * @param source holds {@code count} elements from its start on, at any alignment. Not modified
   * @param target (.., count, ..) int32 in the byte order of the machine. Overwritten
   * @param offset where to in the target, in elements
   * @return -1; or the index of the first that is no such number, with what follows undefined
   */
  long toInts(
      MemorySegment source, ByteOrder order, long count, MemorySegment target, long offset) {
    for (long i = 0; i < count; i++) {
      // What rounds to a double is far beyond int32 already.
      double value = readDouble(source, i * bytes, order);
      if (value != (int) value) {
        return i;
      }
      target.setAtIndex(ValueLayout.JAVA_INT, offset + i, (int) value);
    }
    return -1;
  }

  private double readDouble(MemorySegment source, long at, ByteOrder order) {
    return switch (this) {
      case F64 -> source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at);
      case I64 -> longAt(source, at, order);
      case U64 -> unsigned64(longAt(source, at, order));
      case I32 -> intAt(source, at, order);
      case U32 -> Integer.toUnsignedLong(intAt(source, at, order));
      default -> read(source, at, order);
    };
  }

  private static double unsigned64(long value) {
    return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1)); // as unsigned(long) does
  }

  /**
   * Converts elements to double; only integers above 2^53 are rounded.
   *
   * @param source holds {@code count} elements from its start on, at any alignment. Not modified
   * @param target overwritten from {@code offset} on
   */
  void toDoubles(MemorySegment source, ByteOrder order, long count, double[] target, int offset) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = readDouble(source, (long) i * bytes, order);
    }
  }

  /** An element in digits. */
  public String text(MemorySegment source, long index, ByteOrder order) {
    long at = index * bytes;
    return switch (this) {
      case F64 ->
          Double.toString(source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at));
      case I64 -> Long.toString(longAt(source, at, order));
      case U64 -> Long.toUnsignedString(longAt(source, at, order));
      case U32 -> Integer.toUnsignedString(intAt(source, at, order));
      default -> Float.toString(read(source, at, order));
    };
  }

  private float read(MemorySegment source, long at, ByteOrder order) {
    return switch (this) {
      case F64 -> (float) source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at);
      case F32 -> source.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at);
      case F16 -> Float.float16ToFloat(shortAt(source, at, order));
      case BF16 -> Float.intBitsToFloat(shortAt(source, at, order) << 16);
      case I64 -> longAt(source, at, order);
      case I32 -> intAt(source, at, order);
      case I16 -> shortAt(source, at, order);
      case I8 -> source.get(ValueLayout.JAVA_BYTE, at);
      case U64 -> unsigned(longAt(source, at, order));
      case U32 -> Integer.toUnsignedLong(intAt(source, at, order));
      case U16 -> Short.toUnsignedInt(shortAt(source, at, order));
      case U8 -> Byte.toUnsignedInt(source.get(ValueLayout.JAVA_BYTE, at));
      case BOOL -> source.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
    };
  }

  private static short shortAt(MemorySegment source, long at, ByteOrder order) {
    return source.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
  }

  private static int intAt(MemorySegment source, long at, ByteOrder order) {
    return source.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
  }

  private static long longAt(MemorySegment source, long at, ByteOrder order) {
    return source.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
  }

  private static float unsigned(long value) {
    // Halved, the lost bit kept sticky, so that the one rounding is that of the whole number.
    return value >= 0 ? value : 2f * ((value >>> 1) | (value & 1));
  }
}
