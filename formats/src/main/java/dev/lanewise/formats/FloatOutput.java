package dev.lanewise.formats;

import static dev.lanewise.tensor.ElementType.FLOAT32;

import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes the elements of a tensor as little-endian float32 in row-major order. */
final class FloatOutput {
  private static final int CHUNK = 1 << 18;
  private static final ValueLayout.OfFloat LITTLE_ENDIAN =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private FloatOutput() {}

  static void write(WritableByteChannel channel, Tensor tensor) throws IOException {
    if (tensor.type() != FLOAT32) {
      throw FormatErrors.notFloat32(tensor);
    }
    Tensor dense = tensor.contiguous();
    MemorySegment source = dense.segment();
    long count = dense.size();
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, count * Float.BYTES));
    MemorySegment target = MemorySegment.ofBuffer(chunk);
    long perChunk = Math.max(1, chunk.capacity() / Float.BYTES);
    for (long done = 0; done < count; done += perChunk) {
      long n = Math.min(perChunk, count - done);
      long from = (dense.offset() + done) * Float.BYTES;
      MemorySegment.copy(source, ValueLayout.JAVA_FLOAT, from, target, LITTLE_ENDIAN, 0, n);
      writeFully(channel, chunk.clear().limit((int) (n * Float.BYTES)));
    }
  }

  static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
