package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.InputFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a pickle, one after the other. */
final class PickleInput {
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_LINE = 1 << 16;

  private final InputFile input;
  private final Path file;
  private final String part;
  private byte[] chunk = new byte[0];
  private long chunkStart;
  private int next;

  /**
   * @param start where it begins in the input, in bytes
   * @param part names the input in errors; may be empty
   */
  PickleInput(InputFile input, long start, Path file, String part) {
    this.input = input;
    this.file = file;
    this.part = part;
    this.chunkStart = start;
  }

  Path file() {
    return file;
  }

  /** Of the next byte. */
  long position() {
    return chunkStart + next;
  }

  /** A place in the pickle, for errors. */
  String where(long position) {
    return TorchErrors.where(part, position);
  }

  int unsigned8() {
    if (next == chunk.length) {
      chunkStart += next;
      next = 0;
      long left = input.size() - chunkStart;
      if (left <= 0) {
        throw TorchErrors.cut(file, where(chunkStart), 1, 0);
      }
      chunk = input.bytes(chunkStart, (int) Math.min(CHUNK, left));
    }
    return chunk[next++] & 0xff;
  }

  /** A number of so many bytes, the lowest first; of 8 bytes it may be negative. */
  long unsigned(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) unsigned8() << (i * Byte.SIZE);
    }
    return value;
  }

  /** So many bytes, which fit an array; the file may have fewer. */
  byte[] bytes(int size) {
    long at = requireLeft(size);
    if (size <= chunk.length - next) {
      byte[] bytes = Arrays.copyOfRange(chunk, next, next + size);
      next += size;
      return bytes;
    }
    skipTo(at + size);
    return input.bytes(at, size);
  }

  /** Leaves out so many bytes; the file may have fewer. */
  void skip(long count) {
    long at = requireLeft(count);
    if (count <= chunk.length - next) {
      next += (int) count;
    } else {
      skipTo(at + count);
    }
  }

  /** Where the bytes begin. */
  private long requireLeft(long count) {
    long at = position();
    long left = input.size() - at;
    if (count < 0 || count > left) {
      throw TorchErrors.cut(file, where(at), count, left);
    }
    return at;
  }

  private void skipTo(long position) {
    chunk = new byte[0];
    chunkStart = position;
    next = 0;
  }

  double bigEndianDouble() {
    return ByteBuffer.wrap(bytes(Double.BYTES)).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** What is before the next end of a line, in UTF-8. */
  String line() {
    long start = position();
    return utf8(lineBytes(), start);
  }

  /** What is before the next end of a line. */
  byte[] lineBytes() {
    long start = position();
    byte[] line = new byte[64];
    int size = 0;
    for (int next = unsigned8(); next != '\n'; next = unsigned8()) {
      if (size == LONGEST_LINE) {
        throw TorchErrors.line(file, where(start), LONGEST_LINE);
      }
      line = size == line.length ? Arrays.copyOf(line, 2 * size) : line;
      line[size++] = (byte) next;
    }
    return Arrays.copyOf(line, size);
  }

  String utf8(byte[] bytes, long at) {
    String text = utf8(bytes);
    if (text == null) {
      throw TorchErrors.text(file, where(at));
    }
    return text;
  }

  /** Null where that is no text. */
  static @Nullable String utf8(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
