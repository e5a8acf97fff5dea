package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.hdf5.Hdf5Link.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file open for reading: attributes of groups, and arrays. Only what is asked for is read,
 * and nothing outside the file: a link that is no object of the file itself is refused, unresolved.
 * A path has no slash at its start; the root is "".
 *
 * <p>Source: the HDF5 File Format Specification, version 3.0.
 */
public final class Hdf5 implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** As many bytes as the longest superblock. */
  private static final int SUPERBLOCK = 100;

  private static final int MOST_NESTED = 100;

  private final InputFile file;
  private final Path path;
  private final Hdf5Input input;
  private final long root;

  /** How many bytes of arrays the file still can hold, beside those that were asked for. */
  private long unclaimed;

  private final Map<Long, Hdf5Object> objects = new HashMap<>();
  private final Map<Long, Map<String, Hdf5Link>> groups = new HashMap<>();
  private final Map<Long, Hdf5Attributes> attributes = new HashMap<>();

  private Hdf5(InputFile file, Path path, Hdf5Input input, long root) {
    this.file = file;
    this.path = path;
    this.input = input;
    this.root = root;
    this.unclaimed = file.size();
  }

  public static boolean begins(byte[] head) {
    return Arrays.equals(Arrays.copyOf(head, SIGNATURE.length), SIGNATURE);
  }

  /** Opens a file that must be HDF5. */
  public static Hdf5 open(Path path) {
    return open(InputFile.open(path), path, "");
  }

  /**
   * Opens a file within a file.
   *
   * @param where names the inner one in errors
   */
  public static Hdf5 open(byte[] bytes, Path path, String where) {
    return open(InputFile.of(bytes, path), path, where);
  }

  private static Hdf5 open(InputFile file, Path path, String where) {
    try {
      return guarded(path, where, () -> superblock(file, path, where));
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static Hdf5 superblock(InputFile file, Path path, String where) {
    byte[] head = file.bytes(0, (int) Math.min(SUPERBLOCK, file.size()));
    if (!begins(head)) {
      throw Hdf5Errors.notHdf5(path, where, head);
    }
    ByteBuffer block =
        ByteBuffer.wrap(Arrays.copyOf(head, SUPERBLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    int version = Byte.toUnsignedInt(block.get(8));
    if (version > 3) {
      throw new Hdf5Damage("a file of version " + version);
    }
    int sizes = version < 2 ? 13 : 9;
    Hdf5Input input = new Hdf5Input(file, block.get(sizes), block.get(sizes + 1));
    // Versions 0 and 1 have more fields before the addresses than 2 and 3.
    block.position(version == 0 ? 24 : version == 1 ? 28 : 12);
    long base = input.offset(block);
    input.offset(block); // the free space, or the extension
    long end = input.offset(block);
    if (file.size() < end) {
      throw Hdf5Errors.cut(path, where, end, file.size());
    }
    if (base != 0) {
      throw new Hdf5Damage("addresses that count from byte " + base);
    }
    long root = input.offset(block);
    if (version < 2) {
      // That was the driver's; a name follows, then the root.
      input.offset(block);
      root = input.offset(block);
    } else if (Hdf5Checksum.of(block.slice(0, block.position())) != block.getInt()) {
      throw new Hdf5Damage("another checksum than its own in the superblock");
    }
    return new Hdf5(file, path, input, root);
  }

  /** What a damaged file makes of the reading, as an exception of this module. */
  static <T extends @Nullable Object> T guarded(Path path, String where, Supplier<T> read) {
    try {
      return read.get();
    } catch (FormatException e) {
      throw e;
    } catch (Hdf5Damage e) {
      throw Hdf5Errors.damaged(path, where, String.valueOf(e.getMessage()), e);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw Hdf5Errors.damaged(path, where, "a structure that ends too early", e);
    }
  }

  /** The names in a group; none where there is no such group. */
  public List<String> children(String group) {
    return guarded(
        path,
        Hdf5Errors.group(group),
        () -> {
          long address = find(group);
          return address == Hdf5Input.UNDEFINED ? List.of() : List.copyOf(links(address).keySet());
        });
  }

  private Hdf5Object object(long address) {
    return objects.computeIfAbsent(address, at -> Hdf5Object.read(input, at));
  }

  private Map<String, Hdf5Link> links(long address) {
    return groups.computeIfAbsent(address, at -> Hdf5Group.links(input, object(at)));
  }

  private Hdf5Attributes attributes(long address) {
    return attributes.computeIfAbsent(address, at -> Hdf5Attributes.of(input, object(at)));
  }

  /** The address of an object; {@link Hdf5Input#UNDEFINED} where there is none. */
  private long find(String name) {
    String[] parts = name.isEmpty() ? new String[0] : name.split("/", MOST_NESTED + 1);
    if (parts.length > MOST_NESTED) {
      throw new Hdf5Damage("a path of more than " + MOST_NESTED + " groups");
    }
    long address = root;
    int length = 0;
    for (String part : parts) {
      Hdf5Link link = links(address).get(part);
      length += part.length() + 1;
      if (link == null) {
        return Hdf5Input.UNDEFINED;
      }
      if (link.kind() != Kind.HARD) {
        throw Hdf5Errors.link(path, name.substring(0, length - 1), link);
      }
      address = link.address();
    }
    return address;
  }

  private @Nullable Hdf5Attributes attributes(String group) {
    long address = find(group);
    return address == Hdf5Input.UNDEFINED ? null : attributes(address);
  }

  public boolean hasAttribute(String group, String name) {
    return guarded(
        path,
        Hdf5Errors.group(group),
        () -> {
          Hdf5Attributes found = attributes(group);
          return found != null && found.has(name);
        });
  }

  /** An attribute that is one string. */
  public String text(String group, String name) {
    List<String> texts = texts(group, name);
    if (texts.size() != 1) {
      throw Hdf5Errors.notText(path, group, name, "one string", texts.size() + " strings");
    }
    return texts.get(0);
  }

  private List<String> texts(String group, String name) {
    return guarded(
        path,
        Hdf5Errors.attribute(group, name),
        () -> {
          Hdf5Attributes found = attributes(group);
          if (found == null || !found.has(name)) {
            throw Hdf5Errors.noAttribute(path, group, name);
          }
          List<String> texts = found.texts(name);
          if (texts == null) {
            throw Hdf5Errors.notText(path, group, name, "strings", found.type(name));
          }
          return texts;
        });
  }

  public boolean hasList(String group, String name) {
    return hasAttribute(group, name) || hasAttribute(group, name + "0");
  }

  /** A list of strings, which Keras splits into NAME0, NAME1 and so on where it is long. */
  public List<String> list(String group, String name) {
    if (hasAttribute(group, name) || !hasAttribute(group, name + "0")) {
      return texts(group, name);
    }
    List<String> all = new ArrayList<>();
    for (int part = 0; hasAttribute(group, name + part); part++) {
      all.addAll(texts(group, name + part));
    }
    return all;
  }

  /**
   * An array of float16, bfloat16, float32 or float64. Arrays that together take more bytes than
   * the file are refused, so that what was asked for can be allocated.
   */
  public Hdf5Array array(String name) {
    String where = Hdf5Errors.array(name);
    return guarded(
        path,
        where,
        () -> {
          long address = find(name);
          if (address == Hdf5Input.UNDEFINED || Hdf5Group.is(object(address))) {
            throw Hdf5Errors.noArray(path, name);
          }
          Hdf5Array array = new Hdf5Array(input, object(address), path, where);
          array.requireStored();
          if (array.stored() > unclaimed) {
            throw new Hdf5Damage("arrays that share their bytes with others");
          }
          unclaimed -= array.stored();
          return array;
        });
  }

  @Override
  public void close() {
    file.close();
  }
}
