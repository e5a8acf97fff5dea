package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.save} wrote before PyTorch 1.6: pickles of a magic number, a version, the
 * machine, what was saved and the keys of the storages; then the storages in that order, each
 * behind its size in elements, the lowest byte first on every machine.
 */
final class TorchLegacy implements TorchContents {
  /** The magic number as pickles of protocols 2 to 5 have it, and their end. */
  private static final byte[] MAGIC = {
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private static final int PROTOCOL = 0x80;

  /** In front of the magic number: the protocol, and from protocol 4 on the length of a frame. */
  private static final int[] FRONTS = {2, 11};

  private static final int LONGEST = FRONTS[1] + MAGIC.length;

  private static final long VERSION = 1001;

  private final InputFile input;
  private final Path file;
  private final Object root;

  /** Where the elements of each storage begin, in bytes. */
  private final Map<String, Long> positions = new HashMap<>();

  private TorchLegacy(InputFile input, Path file) {
    this.input = input;
    this.file = file;
    byte[] head = input.bytes(0, (int) Math.min(LONGEST, input.size()));
    int magic = magic(head);
    if (magic < 0) {
      throw TorchErrors.noTorchFile(file, head);
    }
    PickleInput pickles = new PickleInput(input, magic, file, "");
    TorchCalls calls = new TorchCalls(file);
    long start = pickles.position();
    Object version = PickleReader.read(pickles, calls);
    if (!version.equals(VERSION)) {
      throw TorchErrors.version(file, pickles.where(start), VERSION, version);
    }
    // The machine's byte order says nothing: the storages do not follow it.
    PickleReader.read(pickles, calls);
    this.root = PickleReader.read(pickles, calls);
    start = pickles.position();
    Object keys = PickleReader.read(pickles, calls);
    if (!(keys instanceof Items list)) {
      String got = TorchErrors.words(keys);
      throw TorchErrors.damaged(file, pickles.where(start), "a list of keys", got);
    }
    long position = pickles.position();
    for (Object key : list.items) {
      position = place(key, calls.storages(), position);
    }
    if (position != input.size()) {
      throw TorchErrors.tooLong(file, position, input.size() - position);
    }
    for (Storage storage : calls.storages().values()) {
      if (!positions.containsKey(storage.key)) {
        throw TorchErrors.keyMissing(file, storage.key);
      }
    }
  }

  static TorchLegacy open(Path file) {
    InputFile input = InputFile.open(file);
    try {
      return new TorchLegacy(input, file);
    } catch (RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /** Whether a file may be one. */
  static boolean begins(byte[] head) {
    return magic(head) >= 0;
  }

  /** Where the magic number ends; -1 where there is none. */
  private static int magic(byte[] head) {
    for (int front : FRONTS) {
      int end = front + MAGIC.length;
      if (head.length >= end
          && (head[0] & 0xff) == PROTOCOL
          && Arrays.equals(head, front, end, MAGIC, 0, MAGIC.length)) {
        return end;
      }
    }
    return -1;
  }

  /** Where the storage after ends. */
  private long place(Object key, Map<String, Storage> storages, long position) {
    Storage storage = key instanceof String name ? storages.get(name) : null;
    if (storage == null || positions.containsKey(storage.key)) {
      throw TorchErrors.key(file, TorchErrors.words(key), positions.keySet());
    }
    String where = TorchErrors.where("", position);
    long left = input.size() - position - Long.BYTES;
    if (left < 0) {
      throw TorchErrors.cut(file, where, Long.BYTES, left + Long.BYTES);
    }
    byte[] bytes = input.bytes(position, Long.BYTES);
    long size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size != storage.size) {
      throw TorchErrors.damaged(
          file, where, "the size of storage " + storage.key + ", " + storage.size, "" + size);
    }
    long needed = Sizes.multiply(size, storage.type.bytes());
    if (needed > left) {
      throw TorchErrors.cut(file, where, needed, left);
    }
    positions.put(storage.key, position + Long.BYTES);
    return position + Long.BYTES + needed;
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public long size() {
    return input.size();
  }

  @Override
  public ByteOrder order() {
    return ByteOrder.LITTLE_ENDIAN;
  }

  @Override
  public @Nullable Set<String> tensors(String type) {
    return null;
  }

  @Override
  public TorchElements elements(Storage storage, String where) {
    Long start = positions.get(storage.key);
    if (start == null) {
      throw TorchErrors.keyMissing(file, storage.key);
    }
    return (type, order, position, count, target, offset, name) ->
        input.floats(type, order, start + position, count, target, offset, name);
  }

  @Override
  public void close() {
    input.close();
  }
}
