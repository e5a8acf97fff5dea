package dev.lanewise.formats;

import dev.lanewise.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file open for reading: attributes of groups, and arrays as float32. What jhdf throws
 * leaves here as a {@link FormatException}. A path has no slash at its start; the root is "".
 */
final class Hdf5 implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** As many bytes of the file's start as {@link #endOfFile} looks at. */
  private static final int SUPERBLOCK = 52;

  /** Deflate makes at most 1032 bytes of one. */
  private static final long MOST_INFLATED = 1032;

  private final HdfFile hdf;
  private final Path file;
  private final long size;
  private final @Nullable Arena arena;

  private Hdf5(HdfFile hdf, Path file, long size, @Nullable Arena arena) {
    this.hdf = hdf;
    this.file = file;
    this.size = size;
    this.arena = arena;
  }

  static boolean begins(byte[] head) {
    return Arrays.equals(Arrays.copyOf(head, SIGNATURE.length), SIGNATURE);
  }

  /** Opens a file that must be HDF5. */
  static Hdf5 open(Path file) {
    try (InputFile input = InputFile.open(file)) {
      checkStart(file, "", input.bytes(0, (int) Math.min(SUPERBLOCK, input.size())), input.size());
      if (input.size() > Integer.MAX_VALUE) {
        return new Hdf5(guarded(file, "", () -> new HdfFile(file)), file, input.size(), null);
      }
      // Of a buffer jhdf takes slices; of a file, as many bytes as a damaged length says.
      Arena arena = Arena.ofShared();
      try {
        ByteBuffer mapped = input.mapped(arena).asByteBuffer();
        HdfFile hdf = guarded(file, "", () -> HdfFile.fromByteBuffer(mapped));
        return new Hdf5(hdf, file, input.size(), arena);
      } catch (FormatException e) {
        arena.close();
        throw e;
      }
    }
  }

  /**
   * Opens a file within a file.
   *
   * @param where names the inner one in errors
   */
  static Hdf5 open(byte[] bytes, Path file, String where) {
    checkStart(file, where, Arrays.copyOf(bytes, Math.min(SUPERBLOCK, bytes.length)), bytes.length);
    return new Hdf5(guarded(file, where, () -> HdfFile.fromBytes(bytes)), file, bytes.length, null);
  }

  private static void checkStart(Path file, String where, byte[] head, long size) {
    if (!begins(head)) {
      throw KerasErrors.notHdf5(file, where, head);
    }
    long end = endOfFile(head);
    if (size < end) {
      throw KerasErrors.hdf5Cut(file, where, end, size);
    }
  }

  /** The size that the superblock says the file has, in bytes. */
  private static long endOfFile(byte[] head) {
    ByteBuffer superblock =
        ByteBuffer.wrap(Arrays.copyOf(head, SUPERBLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    // Versions 0 and 1 have more fields before it than 2 and 3 (HDF5 file format, section II.A).
    return switch (superblock.get(8)) {
      case 0 -> superblock.getLong(40);
      case 1 -> superblock.getLong(44);
      default -> superblock.getLong(28);
    };
  }

  private static <T> T guarded(Path file, String where, Supplier<T> read) {
    try {
      return read.get();
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw KerasErrors.hdf5(file, where, e);
    }
  }

  /** The names in a group; none where there is no such group. */
  List<String> children(String group) {
    String where = KerasErrors.group(group);
    return guarded(
        file,
        where,
        () ->
            node(group) instanceof Group found
                ? List.copyOf(found.getChildren().keySet())
                : List.of());
  }

  private @Nullable Node node(String path) {
    Node node = hdf;
    for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
      node = node instanceof Group group ? group.getChildren().get(name) : null;
    }
    return node;
  }

  private @Nullable Attribute attribute(String group, String name) {
    Node node = node(group);
    return node == null ? null : node.getAttributes().get(name);
  }

  boolean hasAttribute(String group, String name) {
    return guarded(file, KerasErrors.group(group), () -> attribute(group, name) != null);
  }

  /** An attribute that is one string. */
  String text(String group, String name) {
    List<String> texts = texts(group, name);
    if (texts.size() != 1) {
      throw KerasErrors.notText(file, group, name, "one string", texts.size() + " strings");
    }
    return texts.get(0);
  }

  /** An attribute that is strings; an empty list has no type of its own. */
  private List<String> texts(String group, String name) {
    return guarded(
        file,
        KerasErrors.attribute(group, name),
        () -> {
          Attribute attribute = attribute(group, name);
          if (attribute == null) {
            throw KerasErrors.noAttribute(file, group, name);
          }
          Object data =
              attribute.isEmpty() || attribute.getSize() == 0 ? null : Hdf5Strings.read(attribute);
          return switch (data) {
            case null -> List.of();
            case String text -> List.of(text);
            case String[] texts -> List.of(texts);
            default ->
                throw KerasErrors.notText(
                    file, group, name, "strings", data.getClass().getComponentType() + "s");
          };
        });
  }

  boolean hasList(String group, String name) {
    return hasAttribute(group, name) || hasAttribute(group, name + "0");
  }

  /** A list of strings, which Keras splits into NAME0, NAME1 and so on where it is long. */
  List<String> list(String group, String name) {
    if (hasAttribute(group, name) || !hasAttribute(group, name + "0")) {
      return texts(group, name);
    }
    List<String> all = new ArrayList<>();
    for (int part = 0; hasAttribute(group, name + part); part++) {
      all.addAll(texts(group, name + part));
    }
    return all;
  }

  /** An array of float16, float32 or float64. */
  Tensor array(String path) {
    String where = KerasErrors.array(path);
    return guarded(
        file,
        where,
        () -> {
          if (!(node(path) instanceof Dataset dataset)) {
            throw KerasErrors.noArray(file, path);
          }
          long bytes = Math.max(dataset.getSizeInBytes(), chunkBytes(dataset));
          if (bytes / MOST_INFLATED > size) {
            throw KerasErrors.arraySize(file, path, bytes, size);
          }
          return Tensor.of(floats(dataset, where), dataset.getDimensionsAsLong());
        });
  }

  private static long chunkBytes(Dataset dataset) {
    if (!(dataset instanceof ChunkedDataset chunked)) {
      return 0;
    }
    // A product beyond a long throws, and is refused as damage.
    return Arrays.stream(chunked.getChunkDimensions())
        .mapToLong(length -> length)
        .reduce(dataset.getDataType().getSize(), Math::multiplyExact);
  }

  private float[] floats(Dataset dataset, String where) {
    return switch (dataset.getSize() == 0 ? new float[0] : dataset.getDataFlat()) {
      case float[] values -> values;
      case double[] values -> rounded(values, where);
      default -> throw KerasErrors.arrayType(file, where, dataset.getJavaType());
    };
  }

  private float[] rounded(double[] values, String where) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
      if (Float.isInfinite(floats[i]) && Double.isFinite(values[i])) {
        throw FormatErrors.beyondFloat(file, where, i, Double.toString(values[i]));
      }
    }
    return floats;
  }

  @Override
  public void close() {
    guarded(
        file,
        "",
        () -> {
          hdf.close();
          if (arena != null) {
            arena.close();
          }
          return file;
        });
  }
}
