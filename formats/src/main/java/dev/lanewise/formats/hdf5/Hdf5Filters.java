package dev.lanewise.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** What was done to the chunks of an array, undone; nothing grows beyond a chunk. */
final class Hdf5Filters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER = 3;
  private static final int LZF = 32000;
  private static final int CHECKSUM = 4;
  private static final int MOST = 32;

  private record Filter(int id, List<Integer> values) {}

  private final List<Filter> filters = new ArrayList<>();

  private Hdf5Filters() {}

  static Hdf5Filters read(@Nullable ByteBuffer message) {
    Hdf5Filters all = new Hdf5Filters();
    if (message != null) {
      int version = message.get();
      int count = Byte.toUnsignedInt(message.get());
      if (version < 1 || version > 2 || count > MOST) {
        throw new Hdf5Damage(count + " filters of version " + version);
      }
      Hdf5Input.skip(message, version == 1 ? 6 : 0);
      for (int i = 0; i < count; i++) {
        all.filters.add(filter(message, version));
      }
    }
    return all;
  }

  private static Filter filter(ByteBuffer message, int version) {
    int id = Short.toUnsignedInt(message.getShort());
    int nameBytes = version == 2 && id < 256 ? 0 : Short.toUnsignedInt(message.getShort());
    Hdf5Input.skip(message, 2);
    int count = Short.toUnsignedInt(message.getShort());
    Hdf5Input.skip(message, nameBytes);
    ByteBuffer numbers = Hdf5Input.part(message, (long) count * Integer.BYTES);
    Hdf5Input.skip(message, version == 1 && count % 2 == 1 ? Integer.BYTES : 0);
    List<Integer> values = new ArrayList<>();
    for (int value = 0; value < count; value++) {
      values.add(numbers.getInt());
    }
    if (id != DEFLATE && id != SHUFFLE && id != FLETCHER && id != LZF) {
      throw new Hdf5Damage(
          "arrays with the filter " + id + ", where deflate, shuffle, fletcher32 and lzf are read");
    }
    return new Filter(id, values);
  }

  boolean compress() {
    return filters.stream().anyMatch(filter -> filter.id == DEFLATE || filter.id == LZF);
  }

  /**
   * A chunk as it was.
   *
   * @param skipped a bit for each filter that was not applied to it
   * @param length how long it was, in bytes
   */
  byte[] undo(byte[] stored, int skipped, int length) {
    byte[] bytes = stored;
    for (int i = filters.size() - 1; i >= 0; i--) {
      Filter filter = filters.get(i);
      if ((skipped >>> i & 1) == 0) {
        // A checksum below this filter makes what it gives longer.
        int most = length + CHECKSUM * i;
        bytes =
            switch (filter.id) {
              case DEFLATE -> inflated(bytes, most);
              case LZF -> Lzf.decode(bytes, lzfLength(filter, most));
              case SHUFFLE -> unshuffled(bytes, filter);
              default -> checked(bytes);
            };
      }
    }
    if (bytes.length != length) {
      throw new Hdf5Damage("a chunk of " + bytes.length + " bytes for one of " + length);
    }
    return bytes;
  }

  private static int lzfLength(Filter filter, int most) {
    int length = filter.values.size() > 2 ? filter.values.get(2) : -1;
    if (length < 0 || length > most) {
      throw new Hdf5Damage("lzf to " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }

  private static byte[] inflated(byte[] bytes, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      byte[] result = new byte[most];
      int length = 0;
      while (!inflater.finished()) {
        int more = inflater.inflate(result, length, most - length);
        length += more;
        if (more == 0 && !inflater.finished()) {
          throw new Hdf5Damage(
              length == most ? "a chunk that grows beyond its size" : "a chunk that is cut short");
        }
      }
      return Arrays.copyOf(result, length);
    } catch (DataFormatException e) {
      throw new Hdf5Damage("a chunk that cannot be inflated");
    } finally {
      inflater.end();
    }
  }

  /** The first bytes of all elements come first, then the second ones. */
  private static byte[] unshuffled(byte[] bytes, Filter filter) {
    int size = filter.values.size() > 0 ? filter.values.get(0) : 0;
    if (size < 1) {
      throw new Hdf5Damage("shuffled elements of " + size + " bytes");
    }
    int count = bytes.length / size;
    byte[] result = bytes.clone();
    for (int part = 0; part < size && count > 0; part++) {
      for (int i = 0; i < count; i++) {
        result[i * size + part] = bytes[part * count + i];
      }
    }
    return result;
  }

  private static byte[] checked(byte[] bytes) {
    int length = bytes.length - CHECKSUM;
    if (length < 0) {
      throw new Hdf5Damage("a chunk without its checksum");
    }
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (all.getInt(length) != Hdf5Checksum.fletcher(bytes, length)) {
      throw new Hdf5Damage("a chunk with another checksum than its own");
    }
    return Arrays.copyOf(bytes, length);
  }
}
