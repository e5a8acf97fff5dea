package dev.lanewise.formats.hdf5;

import static java.lang.Integer.rotateLeft;

import java.nio.ByteBuffer;

/**
 * The checksums of HDF5: of a structure, and of a chunk with the filter fletcher32.
 *
 * <p>Source: Bob Jenkins's lookup3.c, {@code hashlittle}; {@code H5_checksum_fletcher32}.
 */
final class Hdf5Checksum {
  private static final int BLOCK = 12;
  private static final int FLETCHER_RUN = 360;

  private int a;
  private int b;
  private int c;

  private Hdf5Checksum(int length) {
    a = 0xdeadbeef + length;
    b = a;
    c = a;
  }

  /** Of a structure: all bytes of it. */
  static int of(ByteBuffer bytes) {
    int length = bytes.limit();
    Hdf5Checksum sum = new Hdf5Checksum(length);
    int at = 0;
    for (; length - at > BLOCK; at += BLOCK) {
      sum.add(bytes, at, BLOCK);
      sum.mix();
    }
    if (length > at) {
      sum.add(bytes, at, length - at);
      sum.last();
    }
    return sum.c;
  }

  private void add(ByteBuffer bytes, int at, int count) {
    for (int i = 0; i < count; i++) {
      int part = (bytes.get(at + i) & 0xff) << (i % Integer.BYTES * Byte.SIZE);
      switch (i / Integer.BYTES) {
        case 0 -> a += part;
        case 1 -> b += part;
        default -> c += part;
      }
    }
  }

  private void mix() {
    a = (a - c) ^ rotateLeft(c, 4);
    c += b;
    b = (b - a) ^ rotateLeft(a, 6);
    a += c;
    c = (c - b) ^ rotateLeft(b, 8);
    b += a;
    a = (a - c) ^ rotateLeft(c, 16);
    c += b;
    b = (b - a) ^ rotateLeft(a, 19);
    a += c;
    c = (c - b) ^ rotateLeft(b, 4);
    b += a;
  }

  private void last() {
    c = (c ^ b) - rotateLeft(b, 14);
    a = (a ^ c) - rotateLeft(c, 11);
    b = (b ^ a) - rotateLeft(a, 25);
    c = (c ^ b) - rotateLeft(b, 16);
    a = (a ^ c) - rotateLeft(c, 4);
    b = (b ^ a) - rotateLeft(a, 14);
    c = (c ^ b) - rotateLeft(b, 24);
  }

  /** Of a chunk: the first {@code length} bytes, in words of two, high byte first. */
  static int fletcher(byte[] bytes, int length) {
    int sum1 = 0;
    int sum2 = 0;
    int words = (length + 1) / 2;
    for (int word = 0; word < words; ) {
      // As many words as leave the sums within 32 bits.
      int end = Math.min(words, word + FLETCHER_RUN);
      for (; word < end; word++) {
        int low = 2 * word + 1 < length ? bytes[2 * word + 1] & 0xff : 0;
        sum1 += (bytes[2 * word] & 0xff) << Byte.SIZE | low;
        sum2 += sum1;
      }
      sum1 = (sum1 & 0xffff) + (sum1 >>> Short.SIZE);
      sum2 = (sum2 & 0xffff) + (sum2 >>> Short.SIZE);
    }
    sum1 = (sum1 & 0xffff) + (sum1 >>> Short.SIZE);
    sum2 = (sum2 & 0xffff) + (sum2 >>> Short.SIZE);
    return sum2 << Short.SIZE | sum1;
  }
}
