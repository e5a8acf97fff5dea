package dev.lanewise.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Gives changed structures the checksum of what they now are, so that their readers see them. */
public final class Hdf5Checksums {
  private Hdf5Checksums() {}

  public static byte[] repaired(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length > 48 && (bytes[8] == 2 || bytes[8] == 3)) {
      all.putInt(44, Hdf5Checksum.of(all.slice(0, 44)));
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    repair(all, text, "BTHD", 34);
    repair(all, text, "FRHP", 142);
    repair(all, text, "FAHD", 24);
    for (int at = text.indexOf("OHDR"); at >= 0; at = text.indexOf("OHDR", at + 1)) {
      int end = at + headerBytes(all, at);
      if (end > at && end <= bytes.length - 4) {
        all.putInt(end, Hdf5Checksum.of(all.slice(at, end - at)));
      }
    }
    return bytes;
  }

  private static void repair(ByteBuffer all, String text, String signature, int length) {
    for (int at = text.indexOf(signature); at >= 0; at = text.indexOf(signature, at + 1)) {
      if (at + length <= all.limit() - 4) {
        all.putInt(at + length, Hdf5Checksum.of(all.slice(at, length)));
      }
    }
  }

  /** Without the checksum; -1 where it does not fit. */
  private static int headerBytes(ByteBuffer all, int at) {
    if (at + 40 > all.limit()) {
      return -1;
    }
    int flags = all.get(at + 5);
    int front = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int width = 1 << (flags & 3);
    long length = 0;
    for (int i = 0; i < width; i++) {
      length |= (all.get(at + front + i) & 0xffL) << (i * Byte.SIZE);
    }
    return length < 0 || length > all.limit() - at - front - width - 4
        ? -1
        : front + width + (int) length;
  }
}
