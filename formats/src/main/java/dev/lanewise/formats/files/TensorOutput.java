package dev.lanewise.formats.files;

import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes the elements of a tensor, float32 or int32, in little-endian row-major order. */
public final class TensorOutput {
  private static final int CHUNK = 1 << 18;

  /** Both types are 4 bytes, which are copied as they are. */
  private static final ValueLayout.OfInt LITTLE_ENDIAN =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private TensorOutput() {}

  public static void write(WritableByteChannel channel, Tensor tensor) throws IOException {
    Tensor dense = tensor.contiguous();
    MemorySegment source = dense.segment();
    long count = dense.size();
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, count * Integer.BYTES));
    MemorySegment target = MemorySegment.ofBuffer(chunk);
    long perChunk = Math.max(1, chunk.capacity() / Integer.BYTES);
    for (long done = 0; done < count; done += perChunk) {
      long n = Math.min(perChunk, count - done);
      long from = (dense.offset() + done) * Integer.BYTES;
      MemorySegment.copy(source, ValueLayout.JAVA_INT, from, target, LITTLE_ENDIAN, 0, n);
      writeFully(channel, chunk.clear().limit((int) (n * Integer.BYTES)));
    }
  }

  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
