package dev.lanewise.formats;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file open for reading at any place, whose size is known. */
final class InputFile implements AutoCloseable {
  private static final int CHUNK = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private InputFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  static InputFile open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw FormatErrors.inputIsDirectory(path);
      }
      return new InputFile(path, FileChannel.open(path, StandardOpenOption.READ));
    } catch (IOException e) {
      throw FormatErrors.notRead(path, e);
    }
  }

  /** In bytes. */
  long size() {
    return size;
  }

  /** Bytes that the caller knows to be inside the file. */
  byte[] bytes(long position, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    fill(buffer, position);
    return buffer.array();
  }

  private void fill(ByteBuffer buffer, long position) {
    try {
      while (buffer.hasRemaining()) {
        long at = position + buffer.position();
        if (channel.read(buffer, at) < 0) {
          throw FormatErrors.shrank(path, size, at);
        }
      }
    } catch (IOException e) {
      throw FormatErrors.notRead(path, e);
    }
  }

  /**
   * Reads numbers, converted as {@link ElementType} says, that the caller knows to be inside the
   * file.
   *
   * @param position where they are in the file, in bytes
   * @param target (.., count, ..) float32. Overwritten
   * @param offset where to in the target, in elements
   * @param where names the array in errors; may be empty
   */
  void floats(
      ElementType type,
      ByteOrder order,
      long position,
      long count,
      MemorySegment target,
      long offset,
      String where) {
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, count * type.bytes()));
    MemorySegment source = MemorySegment.ofBuffer(chunk);
    long perChunk = Math.max(1, chunk.capacity() / type.bytes());
    for (long done = 0; done < count; done += perChunk) {
      long n = Math.min(perChunk, count - done);
      fill(chunk.clear().limit((int) (n * type.bytes())), position + done * type.bytes());
      long beyond = type.toFloats(source, order, n, target, offset + done);
      if (beyond >= 0) {
        double value = chunk.order(order).getDouble((int) beyond * Double.BYTES);
        throw FormatErrors.beyondFloat(path, where, done + beyond, value);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FormatErrors.notRead(path, e);
    }
  }
}
