package dev.lanewise.formats.statedict;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.safetensors.NamedTensors;
import dev.lanewise.formats.safetensors.SafeTensorsErrors;
import dev.lanewise.formats.safetensors.SafeTensorsHeader;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The tensors of an open {@code .safetensors} file. */
public final class SafeTensorsState implements StateTensors, AutoCloseable {
  /** As many elements are read at once. */
  private static final long PART = 1 << 16;

  private final Path file;
  private final InputFile input;
  private final SafeTensorsHeader header;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private SafeTensorsState(Path file, InputFile input, SafeTensorsHeader header) {
    this.file = file;
    this.input = input;
    this.header = header;
    for (Map.Entry<String, SafeTensorsHeader.Entry> entry : header.entries().entrySet()) {
      shapes.put(entry.getKey(), entry.getValue().shape());
    }
  }

  /** Opens a file and reads its header. */
  public static SafeTensorsState open(Path file) {
    InputFile input = InputFile.open(file);
    try {
      return new SafeTensorsState(file, input, SafeTensorsHeader.read(input, file));
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /** The same, each read when it is asked for. */
  public NamedTensors named() {
    return new NamedTensors(
        file,
        shapes,
        name -> {
          Tensor tensor = Tensor.zeros(Objects.requireNonNull(shapes.get(name)).toArray());
          copyTo(name, tensor);
          return tensor;
        });
  }

  /** Fills a weight with the tensor of its name. */
  public void fill(Weight weight) {
    SafeTensorsHeader.Entry entry = entry(weight.name());
    long size = weight.shape().size();
    try (Arena arena = Arena.ofConfined()) {
      Tensor part = Tensor.zeros(arena, Math.min(PART, size));
      for (long from = 0; from < size; from += PART) {
        Tensor next = part.slice(0, 0, Math.min(PART, size - from));
        read(weight.name(), entry.position() + from * entry.type().bytes(), next);
        weight.setPart(from, next);
      }
    }
  }

  /** The text beside the tensors. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, Shape> shapes() {
    return shapes;
  }

  /** Writers sort tensors by their names or sizes. */
  @Override
  public boolean isInOrder() {
    return false;
  }

  @Override
  public void copyTo(String name, Tensor target) {
    read(name, entry(name).position(), target);
  }

  private SafeTensorsHeader.Entry entry(String name) {
    return Objects.requireNonNull(header.entries().get(name));
  }

  private void read(String name, long position, Tensor target) {
    input.floats(
        entry(name).type(),
        ByteOrder.LITTLE_ENDIAN,
        position,
        target.size(),
        target.segment(),
        target.offset(),
        SafeTensorsErrors.tensor(name));
  }

  @Override
  public void close() {
    input.close();
  }
}
