package dev.lanewise.formats;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.TensorOutput;
import dev.lanewise.formats.safetensors.SafeTensorsErrors;
import dev.lanewise.formats.safetensors.SafeTensorsHeader;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code .safetensors} file in memory: tensors by name, and text by key.
 *
 * <p>Reads F64, F32, F16, BF16, I8 to I64, U8 to U64 and BOOL, each rounded to the nearest float32
 * (integers are exact up to 2^24, a boolean is 0 or 1); a finite F64 beyond the range of float32 is
 * an error. The header is held to the letter of the format: no name twice, no hole or overlap
 * between tensors, sizes exact, the file neither shorter nor longer, all checked before a tensor is
 * allocated. Immutable, save that the tensors can be written to.
 *
 * <p>Source: the format section of the safetensors project's README.
 */
public final class SafeTensors {
  private final Map<String, SafeTensorsHeader.Entry> entries;
  private final Path file;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  private SafeTensors(Path file, SafeTensorsHeader header, Map<String, Tensor> tensors) {
    this.entries = header.entries();
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(header.metadata());
  }

  /**
   * Reads a file into tensors that live until unreachable.
   *
   * @param file the file
   * @return what it holds
   * @throws FormatException when the file cannot be read or is malformed
   */
  public static SafeTensors read(Path file) {
    return read(file, Arena.ofAuto());
  }

  /**
   * Reads a file into a caller's arena.
   *
   * @param file the file
   * @param arena where to allocate; the tensors die with it
   * @return what it holds
   * @throws FormatException when the file cannot be read or is malformed
   * @throws IllegalStateException when the arena was closed
   */
  public static SafeTensors read(Path file, Arena arena) {
    try (InputFile input = InputFile.open(file)) {
      SafeTensorsHeader header = SafeTensorsHeader.read(input, file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      header.entries().forEach((name, entry) -> tensors.put(name, read(input, name, entry, arena)));
      return new SafeTensors(file, header, tensors);
    }
  }

  private static Tensor read(
      InputFile input, String name, SafeTensorsHeader.Entry entry, Arena arena) {
    Tensor tensor = Tensor.zeros(arena, entry.shape().toArray());
    input.floats(
        entry.type(),
        ByteOrder.LITTLE_ENDIAN,
        entry.position(),
        tensor.size(),
        tensor.segment(),
        tensor.offset(),
        SafeTensorsErrors.tensor(name));
    return tensor;
  }

  /**
   * Writes tensors as F32, the whole file or nothing: see {@link AtomicFile}. The same arguments
   * give the same bytes.
   *
   * @param file where to; replaced where it exists
   * @param tensors by name, written in the map's order, of any strides. Not modified
   * @param metadata text by key, written in the map's order
   * @throws IllegalArgumentException when a tensor's name is {@code __metadata__}, or it is not
   *     float32
   * @throws FormatException when the file cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    AtomicFile.write(file, contents(tensors, metadata));
  }

  /** What {@link #write(Path, Map, Map)} writes. */
  static AtomicFile.Contents contents(Map<String, Tensor> tensors, Map<String, String> metadata) {
    byte[] header = SafeTensorsHeader.write(tensors, metadata);
    return channel -> write(channel, header, tensors);
  }

  private static void write(FileChannel channel, byte[] header, Map<String, Tensor> tensors)
      throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    TensorOutput.writeFully(channel, length.putLong(0, header.length));
    TensorOutput.writeFully(channel, ByteBuffer.wrap(header));
    for (Tensor tensor : tensors.values()) {
      TensorOutput.write(channel, tensor);
    }
  }

  /**
   * All tensors.
   *
   * @return by name, in the order of the header; unmodifiable
   */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * One tensor.
   *
   * @param name its name
   * @return the tensor, not a copy
   * @throws FormatException when there is none of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw SafeTensorsErrors.tensorMissing(file, name, tensors.keySet());
    }
    return tensor;
  }

  /**
   * The type that a tensor has in the file.
   *
   * @param name its name
   * @return for instance {@code F32} or {@code BF16}
   * @throws FormatException when there is none of that name
   */
  public String type(String name) {
    SafeTensorsHeader.Entry entry = entries.get(name);
    if (entry == null) {
      throw SafeTensorsErrors.tensorMissing(file, name, tensors.keySet());
    }
    return entry.type().name();
  }

  /**
   * The text beside the tensors.
   *
   * @return by key, in the order of the header; unmodifiable
   */
  public Map<String, String> metadata() {
    return metadata;
  }
}
