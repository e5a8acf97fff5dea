package dev.lanewise.kernels.contract;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * B (k, n) as strips of bytes: four vectors of scales, then one vector of ints a step. Where a
 * strip has three, the fourth is padding.
 *
 * <p>Byte v of the int in lane l, from its low end, is lane l of vector v. The same code packs for
 * every implementation, whose {@code lanes} differ.
 */
public final class Int8Strips {

  /** The largest magnitude of a byte; -128 is not used. */
  static final int MOST = 127;

  private Int8Strips() {}

  /** Bytes of a strip of {@code k} steps. */
  public static long bytes(int k, int lanes) {
    return scales(lanes) + (long) k * lanes * Integer.BYTES;
  }

  /** Bytes of a strip's scales, which it begins with. */
  public static long scales(int lanes) {
    return 4L * lanes * Float.BYTES;
  }

  /** Of a column, by its largest magnitude. */
  static float scale(float largest) {
    float scale = largest / MOST;
    // Next to the largest float the quotient may have been rounded up.
    return Float.isFinite(MOST * scale) ? scale : Math.nextDown(scale);
  }

  static int quantize(float weight, float scale) {
    // The quotient of a subnormal scale may be well past 127.
    return scale == 0 ? 0 : Math.clamp((long) Math.rint(weight / scale), -MOST, MOST);
  }

  /** See {@link SgemmKernel#pack}; the weights are finite. */
  public static void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    MemorySegment packed = to.memory();
    int k = to.k();
    int lanes = to.kernel().lanes();
    int strips = PackedStrips.strips(to.n(), to.blocks(), lanes);
    for (int strip = 0; strip < strips; strip++) {
      long scales = strip * bytes(k, lanes);
      long weights = scales + scales(lanes);
      for (int i = 0; i < 4 * lanes; i++) {
        packed.set(JAVA_FLOAT_UNALIGNED, scales + i * (long) Float.BYTES, 0f);
      }
      for (int p = 0; p < k; p++) {
        long row = bOffset + p * rowStride;
        for (int v = 0; v < 4; v++) {
          for (int lane = 0; lane < lanes; lane++) {
            int column = to.at(strip, v, lane);
            if (column >= 0) {
              float weight =
                  b.get(JAVA_FLOAT_UNALIGNED, (row + column * columnStride) * Float.BYTES);
              long scale = scales + (v * lanes + lane) * (long) Float.BYTES;
              float largest = packed.get(JAVA_FLOAT_UNALIGNED, scale);
              packed.set(JAVA_FLOAT_UNALIGNED, scale, Math.max(largest, Math.abs(weight)));
            }
          }
        }
      }
      for (int i = 0; i < 4 * lanes; i++) {
        long at = scales + i * (long) Float.BYTES;
        packed.set(JAVA_FLOAT_UNALIGNED, at, scale(packed.get(JAVA_FLOAT_UNALIGNED, at)));
      }
      for (int p = 0; p < k; p++) {
        long row = bOffset + p * rowStride;
        for (int lane = 0; lane < lanes; lane++) {
          int four = 0;
          for (int v = 0; v < 4; v++) {
            int column = to.at(strip, v, lane);
            if (column >= 0) {
              float weight =
                  b.get(JAVA_FLOAT_UNALIGNED, (row + column * columnStride) * Float.BYTES);
              float scale =
                  packed.get(
                      JAVA_FLOAT_UNALIGNED, scales + (v * lanes + lane) * (long) Float.BYTES);
              four |= (quantize(weight, scale) & 0xff) << (8 * v);
            }
          }
          packed.set(JAVA_INT_UNALIGNED, weights + ((long) p * lanes + lane) * Integer.BYTES, four);
        }
      }
    }
  }

  /** The weight in step {@code p} and a lane of vector {@code v} of a strip. */
  public static float get(PackedStrips from, int strip, int p, int v, int lane) {
    int lanes = from.kernel().lanes();
    MemorySegment packed = from.memory();
    long scales = strip * bytes(from.k(), lanes);
    long weights = scales + scales(lanes);
    int four = packed.get(JAVA_INT_UNALIGNED, weights + ((long) p * lanes + lane) * Integer.BYTES);
    long scale = scales + (v * lanes + lane) * (long) Float.BYTES;
    return (byte) (four >> (8 * v)) * packed.get(JAVA_FLOAT_UNALIGNED, scale);
  }
}
