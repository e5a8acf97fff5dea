package dev.lanewise.formats.hdf5;

/**
 * The compression LZF, which h5py brings: runs of bytes as they are, and copies of earlier ones.
 *
 * <p>Source: {@code lzf_d.c} of Marc Lehmann's liblzf.
 */
final class Lzf {
  private static final int LITERALS = 32;
  private static final int LONG_COPY = 7;

  private Lzf() {}

  /**
   * Decodes all bytes.
   *
   * @param length how long the result is
   */
  static byte[] decode(byte[] bytes, int length) {
    byte[] result = new byte[length];
    int to = 0;
    int from = 0;
    while (from < bytes.length) {
      int control = bytes[from++] & 0xff;
      int count;
      if (control < LITERALS) {
        count = control + 1;
        require(count <= bytes.length - from && count <= length - to);
        System.arraycopy(bytes, from, result, to, count);
        from += count;
      } else {
        count = control >> 5;
        if (count == LONG_COPY) {
          require(from < bytes.length);
          count += bytes[from++] & 0xff;
        }
        count += 2;
        require(from < bytes.length);
        int back = ((control & 0x1f) << Byte.SIZE | (bytes[from++] & 0xff)) + 1;
        require(back <= to && count <= length - to);
        // One at a time: a copy may reach into itself.
        for (int i = 0; i < count; i++) {
          result[to + i] = result[to + i - back];
        }
      }
      to += count;
    }
    require(to == length);
    return result;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new Hdf5Damage("lzf that does not fit its size");
    }
  }
}
