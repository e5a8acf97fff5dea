package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The hash XXH64 (Collet, 2012): about as fast as memory is read. Tells what is different by
 * mistake, not what was made to look the same. Written out here because what it gives is kept.
 */
public final class XxHash64 {
  private static final ValueLayout.OfLong WORD =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt HALF =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME1 = 0x9E3779B185EBCA87L;
  private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME3 = 0x165667B19E3779F9L;
  private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 4 * Long.BYTES;

  /** Copied at once to an array, which loops read faster than a segment; 16 KB stay in L1. */
  private static final int WORDS = 2048;

  private XxHash64() {}

  /** The hash of all bytes of a segment. */
  public static long of(MemorySegment bytes, long seed) {
    long size = bytes.byteSize();
    long striped = size - size % STRIPE;
    long hash = (striped == 0 ? seed + PRIME5 : stripes(bytes, striped, seed)) + size;
    return mixed(rest(bytes, striped, hash));
  }

  private static long stripes(MemorySegment bytes, long end, long seed) {
    long[] lanes = {seed + PRIME1 + PRIME2, seed + PRIME2, seed, seed - PRIME1};
    long[] words = new long[(int) Math.min(WORDS, end / Long.BYTES)];
    for (long at = 0; at < end; at += WORDS * Long.BYTES) {
      int count = (int) Math.min(WORDS, (end - at) / Long.BYTES);
      MemorySegment.copy(bytes, WORD, at, words, 0, count);
      stripes(words, count, lanes);
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = merged(hash, lane);
    }
    return hash;
  }

  private static void stripes(long[] words, int count, long[] lanes) {
    long a = lanes[0];
    long b = lanes[1];
    long c = lanes[2];
    long d = lanes[3];
    for (int i = 0; i < count; i += 4) {
      a = round(a, words[i]);
      b = round(b, words[i + 1]);
      c = round(c, words[i + 2]);
      d = round(d, words[i + 3]);
    }
    lanes[0] = a;
    lanes[1] = b;
    lanes[2] = c;
    lanes[3] = d;
  }

  private static long rest(MemorySegment bytes, long from, long before) {
    long size = bytes.byteSize();
    long hash = before;
    long at = from;
    for (; size - at >= Long.BYTES; at += Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, bytes.get(WORD, at)), 27) * PRIME1 + PRIME4;
    }
    if (size - at >= Integer.BYTES) {
      long half = Integer.toUnsignedLong(bytes.get(HALF, at));
      hash = Long.rotateLeft(hash ^ half * PRIME1, 23) * PRIME2 + PRIME3;
      at += Integer.BYTES;
    }
    for (; at < size; at++) {
      long one = Byte.toUnsignedLong(bytes.get(JAVA_BYTE, at));
      hash = Long.rotateLeft(hash ^ one * PRIME5, 11) * PRIME1;
    }
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME2, 31) * PRIME1;
  }

  private static long merged(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME1 + PRIME4;
  }

  private static long mixed(long hash) {
    long a = (hash ^ (hash >>> 33)) * PRIME2;
    long b = (a ^ (a >>> 29)) * PRIME3;
    return b ^ (b >>> 32);
  }
}
