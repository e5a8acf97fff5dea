package dev.lanewise.formats.npy;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What the header of an {@code .npy} file says, checked against the size of the file.
 *
 * @param dataStart where the elements begin, in bytes
 */
public record NpyHeader(
    ElementType type, ByteOrder order, boolean fortranOrder, Shape shape, long dataStart) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Far above any real header, far below what would hurt. */
  private static final long MOST_BYTES = 1 << 20;

  public static NpyHeader read(InputFile input, Path file) {
    byte[] magic = input.bytes(0, (int) Math.min(MAGIC.length, input.size()));
    for (int i = 0; i < magic.length; i++) {
      if (magic[i] != MAGIC[i]) {
        throw NpyErrors.notNpy(file, i, magic);
      }
    }
    requireSize(input, file, MAGIC.length + 2);
    byte[] version = input.bytes(MAGIC.length, 2);
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw NpyErrors.version(file, MAGIC.length, version[0] & 0xff, version[1] & 0xff);
    }
    int lengthBytes = version[0] == 1 ? 2 : 4;
    int lengthAt = MAGIC.length + 2;
    requireSize(input, file, lengthAt + lengthBytes);
    ByteBuffer length =
        ByteBuffer.wrap(input.bytes(lengthAt, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
    long size =
        lengthBytes == 2
            ? Short.toUnsignedLong(length.getShort())
            : Integer.toUnsignedLong(length.getInt());
    if (size > MOST_BYTES) {
      throw NpyErrors.headerLength(file, lengthAt, MOST_BYTES, size);
    }
    int start = lengthAt + lengthBytes;
    requireSize(input, file, start + size);
    NpyHeader header = new NpyDictionary(file, input.bytes(start, (int) size), start).parse();
    header.requireData(input, file);
    return header;
  }

  public long[] dims() {
    return shape.toArray();
  }

  private static void requireSize(InputFile input, Path file, long bytes) {
    if (input.size() < bytes) {
      throw NpyErrors.headerCut(file, bytes, input.size());
    }
  }

  private void requireData(InputFile input, Path file) {
    long got = input.size() - dataStart;
    // The parser has checked that this product is a long.
    long needed = shape.size() * type.bytes();
    if (got < needed) {
      throw NpyErrors.dataCut(file, dataStart, shape, type, needed, got);
    }
    if (got > needed) {
      throw NpyErrors.dataLong(file, dataStart, shape, type, needed, got);
    }
  }
}
