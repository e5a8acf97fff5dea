package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.InputFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an HDF5 file, at addresses that the file itself says. No address or length is
 * believed: a read beyond the file is refused before anything is allocated. All that is read of the
 * structure has a budget, a few times the file, which ends cycles and structures used many times.
 *
 * <p>Source: the HDF5 File Format Specification, version 3.0.
 */
final class Hdf5Input {
  /** An address where nothing is. */
  static final long UNDEFINED = -1;

  /** Structures are read once each, some twice. */
  private static final long BUDGET_PER_BYTE = 8;

  private static final long LEAST_BUDGET = 1 << 20;

  /** What a read costs beside its bytes. */
  private static final long COST = 32;

  private static final int CHECKSUM = 4;
  private static final int LONGEST_TEXT = 1 << 24;

  private final InputFile input;
  private final int offsetBytes;
  private final int lengthBytes;
  private long budget;

  /**
   * @param offsetBytes how long an address is in this file, in bytes
   * @param lengthBytes how long a length is in this file, in bytes
   */
  Hdf5Input(InputFile input, int offsetBytes, int lengthBytes) {
    this.input = input;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    // No file is so long that this overflows.
    this.budget = LEAST_BUDGET + input.size() * BUDGET_PER_BYTE;
  }

  long size() {
    return input.size();
  }

  int offsetBytes() {
    return offsetBytes;
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** Takes from the budget of the structure. */
  void charge(long bytes) {
    budget -= Math.min(budget, bytes) + 1;
    if (budget < 0) {
      throw new Hdf5Damage("a structure that refers to itself, or to the same bytes many times");
    }
  }

  /** A piece of the structure, little-endian. */
  ByteBuffer read(long address, long length) {
    requireInside(address, length);
    charge(length + COST);
    return ByteBuffer.wrap(input.bytes(address, (int) length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireInside(long address, long length) {
    if (address < 0 || length < 0 || address > size() || length > size() - address) {
      throw new Hdf5Damage(
          (length < 0 ? "a negative length" : length + " bytes")
              + " at "
              + (address < 0 ? "no address" : "byte " + address)
              + " of "
              + size());
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw new Hdf5Damage("a piece of " + length + " bytes");
    }
  }

  /** A piece that begins with four letters, which are left out. */
  ByteBuffer signed(long address, long length, String signature) {
    ByteBuffer piece = read(address, length);
    byte[] letters = new byte[signature.length()];
    piece.get(letters);
    if (!signature.equals(new String(letters, StandardCharsets.ISO_8859_1))) {
      throw new Hdf5Damage("no \"" + signature + "\" at byte " + address);
    }
    return piece;
  }

  /** As {@link #signed}, for a piece that ends with its checksum, which is left out too. */
  ByteBuffer checked(long address, long length, String signature) {
    ByteBuffer piece = signed(address, length, signature);
    int end = piece.limit() - CHECKSUM;
    if (end < piece.position()) {
      throw new Hdf5Damage("\"" + signature + "\" of " + length + " bytes");
    }
    if (Hdf5Checksum.of(piece.slice(0, end)) != piece.getInt(end)) {
      throw new Hdf5Damage("another checksum than its own in \"" + signature + "\"");
    }
    return piece.limit(end);
  }

  /** Bytes of an array, which do not count as structure. */
  byte[] data(long address, long length) {
    requireInside(address, length);
    return input.bytes(address, (int) length);
  }

  /** For the reading of an array in place. */
  InputFile file() {
    return input;
  }

  /** Refuses an array that is not inside the file. */
  void requireData(long address, long length) {
    if (address < 0 || length < 0 || address > size() || length > size() - address) {
      throw new Hdf5Damage("an array of " + length + " bytes outside the file");
    }
  }

  /** The next address. */
  long offset(ByteBuffer from) {
    return unsigned(from, offsetBytes);
  }

  /** The next length. */
  long length(ByteBuffer from) {
    return unsigned(from, lengthBytes);
  }

  /** A number of 1 to 8 bytes; one with every bit set is {@link #UNDEFINED}. */
  static long unsigned(ByteBuffer from, int bytes) {
    if (bytes < 1 || bytes > Long.BYTES) {
      throw new Hdf5Damage("a number of " + bytes + " bytes");
    }
    long value = 0;
    boolean ones = true;
    for (int i = 0; i < bytes; i++) {
      long next = from.get() & 0xff;
      ones &= next == 0xff;
      value |= next << (i * Byte.SIZE);
    }
    return ones && bytes > 1 ? UNDEFINED : value;
  }

  /** The next bytes as a piece of their own. */
  static ByteBuffer part(ByteBuffer from, long length) {
    if (length < 0 || length > from.remaining()) {
      throw new Hdf5Damage("a part of " + length + " bytes in a structure with fewer left");
    }
    ByteBuffer part = from.slice(from.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    skip(from, length);
    return part;
  }

  static void skip(ByteBuffer from, long bytes) {
    if (bytes < 0 || bytes > from.remaining()) {
      throw new Hdf5Damage("a structure that ends too early");
    }
    from.position(from.position() + (int) bytes);
  }

  /** Text to its first zero byte, or to the end. */
  static String text(ByteBuffer from) {
    int length = 0;
    while (length < from.remaining() && from.get(from.position() + length) != 0) {
      length++;
    }
    String text = utf8(part(from, length));
    skip(from, Math.min(1, from.remaining()));
    return text;
  }

  /** All of a piece as text. */
  static String utf8(ByteBuffer from) {
    if (from.remaining() > LONGEST_TEXT) {
      throw new Hdf5Damage("a text of " + from.remaining() + " bytes");
    }
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
