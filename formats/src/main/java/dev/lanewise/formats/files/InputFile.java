package dev.lanewise.formats.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file open for reading at any place, whose size is known; or one that is in memory. For one
 * thread at a time.
 */
public final class InputFile implements AutoCloseable {
  private static final int CHUNK = 1 << 18;

  private final Path path;
  private final @Nullable FileChannel channel;
  private final byte[] memory;
  private final long size;
  private @Nullable ByteBuffer chunk;

  private InputFile(Path path, @Nullable FileChannel channel, byte[] memory, long size) {
    this.path = path;
    this.channel = channel;
    this.memory = memory;
    this.size = size;
  }

  public static InputFile open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw FileErrors.inputIsDirectory(path);
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // Opening a pipe would wait for its other end.
        throw FileErrors.inputIsNoFile(path);
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new InputFile(path, channel, new byte[0], channel.size());
    } catch (IOException e) {
      throw FileErrors.notRead(path, e);
    }
  }

  /** All bytes of a stream, which is then closed. */
  public static InputFile of(InputStream stream, Path path) {
    try (stream) {
      return of(stream.readAllBytes(), path);
    } catch (IOException e) {
      throw FileErrors.notRead(path, e);
    }
  }

  /**
   * A file that was read from within another.
   *
   * @param path names the other in errors
   */
  public static InputFile of(byte[] bytes, Path path) {
    return new InputFile(path, null, bytes, bytes.length);
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** Bytes that the caller knows to be inside the file. */
  public byte[] bytes(long position, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    fill(buffer, position);
    return buffer.array();
  }

  private void fill(ByteBuffer buffer, long position) {
    if (channel == null) {
      buffer.put(memory, (int) position, buffer.remaining());
      return;
    }
    try {
      while (buffer.hasRemaining()) {
        long at = position + buffer.position();
        if (channel.read(buffer, at) < 0) {
          throw FileErrors.shrank(path, size, at);
        }
      }
    } catch (IOException e) {
      throw FileErrors.notRead(path, e);
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
  public void floats(
      ElementType type,
      ByteOrder order,
      long position,
      long count,
      MemorySegment target,
      long offset,
      String where) {
    inChunks(
        type,
        position,
        count,
        (source, done, n) -> {
          long beyond = type.toFloats(source, order, n, target, offset + done);
          if (beyond >= 0) {
            String value = type.text(source, beyond, order);
            throw FileErrors.beyondFloat(path, where, done + beyond, value);
          }
        });
  }

  /**
   * Reads whole numbers, converted as {@link ElementType} says, that the caller knows to be inside
   * the file.
   *
   * @param position where they are in the file, in bytes
   * @param target (.., count, ..) int32. Overwritten
   * @param offset where to in the target, in elements
   */
  public void ints(
      ElementType type,
      ByteOrder order,
      long position,
      long count,
      MemorySegment target,
      long offset) {
    inChunks(
        type,
        position,
        count,
        (source, done, n) -> {
          long refused = type.toInts(source, order, n, target, offset + done);
          if (refused >= 0) {
            throw FileErrors.notInt(path, done + refused, type.text(source, refused, order));
          }
        });
  }

  /**
   * Reads numbers as doubles, that the caller knows to be inside the file.
   *
   * @param position where they are in the file, in bytes
   * @param target overwritten
   */
  public void doubles(ElementType type, ByteOrder order, long position, double[] target) {
    inChunks(
        type,
        position,
        target.length,
        (source, done, n) -> type.toDoubles(source, order, n, target, (int) done));
  }

  private interface Chunk {
    /** Takes the next {@code n} elements, after the {@code done} first ones. */
    void take(MemorySegment source, long done, long n);
  }

  private void inChunks(ElementType type, long position, long count, Chunk use) {
    ByteBuffer chunk = chunk(Math.min(CHUNK, count * type.bytes()));
    MemorySegment source = MemorySegment.ofBuffer(chunk.clear());
    long perChunk = Math.max(1, chunk.capacity() / type.bytes());
    for (long done = 0; done < count; done += perChunk) {
      long n = Math.min(perChunk, count - done);
      fill(chunk.clear().limit((int) (n * type.bytes())), position + done * type.bytes());
      use.take(source, done, n);
    }
  }

  /** At least so large; the one of before where it is. */
  private ByteBuffer chunk(long least) {
    ByteBuffer last = chunk;
    if (last == null || last.capacity() < least) {
      last = ByteBuffer.allocateDirect((int) least);
      chunk = last;
    }
    return last;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw FileErrors.notRead(path, e);
    }
  }
}
