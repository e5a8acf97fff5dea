package dev.lanewise.kernels.contract;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * B (k, n) as strips of bfloat16: of four vectors of floats, two and two share a vector of ints.
 * Where a strip has three, the fourth is padding.
 *
 * <p>Lane l of the first holds lane l of vector 0 in its low half and of vector 1 in its high one.
 * The second holds those of vectors 2 and 3. A shift gives one vector back, a mask the other. The
 * same code packs for every implementation, whose {@code lanes} differ.
 */
public final class Bfloat16Strips {

  /** The high half of an int: the bfloat16 that is there, as the bits of a float. */
  public static final int HIGH = 0xffff0000;

  private static final int QUIET = 0x0040;

  private Bfloat16Strips() {}

  /** Bytes of a strip of {@code k} steps. */
  public static long bytes(int k, int lanes) {
    return 2L * k * lanes * Integer.BYTES;
  }

  /** The upper half of the float that is nearest among those whose lower half is zero. */
  static int round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (bits >>> 16) | QUIET; // rounding it up could make an infinity of it
    }
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }

  /** See {@link SgemmKernel#pack}. */
  public static void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    MemorySegment packed = to.memory();
    int k = to.k();
    int lanes = to.kernel().lanes();
    int strips = PackedStrips.strips(to.n(), to.blocks(), lanes);
    long at = 0;
    for (int strip = 0; strip < strips; strip++) {
      for (int p = 0; p < k; p++) {
        long row = bOffset + p * rowStride;
        for (int v = 0; v < 4; v += 2) {
          for (int lane = 0; lane < lanes; lane++) {
            int low = to.at(strip, v, lane);
            int high = to.at(strip, v + 1, lane);
            int pair =
                rounded(b, row + low * columnStride, low)
                    | rounded(b, row + high * columnStride, high) << 16;
            packed.set(JAVA_INT_UNALIGNED, at, pair);
            at += Integer.BYTES;
          }
        }
      }
    }
  }

  private static int rounded(MemorySegment b, long index, int column) {
    return column < 0 ? 0 : round(b.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES));
  }

  /** The weight in step {@code p} and a lane of vector {@code v} of a strip. */
  public static float get(PackedStrips from, int strip, int p, int v, int lane) {
    int lanes = from.kernel().lanes();
    long index = ((strip * (long) from.k() + p) * 2 + v / 2) * lanes + lane;
    int pair = from.memory().get(JAVA_INT_UNALIGNED, index * Integer.BYTES);
    return Float.intBitsToFloat(v % 2 == 0 ? pair << 16 : pair & HIGH);
  }
}
