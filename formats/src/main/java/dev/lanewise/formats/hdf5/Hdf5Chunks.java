package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.Sizes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where the chunks of an array are, by the index that its layout names. */
final class Hdf5Chunks {
  private static final int CHUNK_NODE = 1;
  private static final int PLAIN_RECORDS = 10;
  private static final int FILTERED_RECORDS = 11;

  /**
   * A chunk in the file.
   *
   * @param skipped a bit for each filter that was not applied
   */
  record Chunk(long address, long bytes, int skipped) {}

  private final Hdf5Input input;
  private final long[] cells; // of the grid of chunks, along each axis
  private final long[] lengths; // of a chunk, in elements
  private final long chunkBytes;
  private final Map<Long, Chunk> chunks = new HashMap<>();

  /**
   * @param chunkBytes of a chunk before any filter
   */
  Hdf5Chunks(Hdf5Input input, long[] dims, long[] lengths, long chunkBytes) {
    this.input = input;
    this.lengths = lengths;
    this.chunkBytes = chunkBytes;
    this.cells = new long[dims.length];
    Arrays.setAll(cells, axis -> (dims[axis] - 1) / lengths[axis] + 1);
  }

  /** All chunks, by their place in the grid in row-major order; none is left out. */
  Map<Long, Chunk> chunks() {
    long wanted = Sizes.bytes(cells, 1);
    if (chunks.size() != wanted) {
      throw new Hdf5Damage(chunks.size() + " of " + wanted + " chunks: the others never written");
    }
    return chunks;
  }

  /** How many chunks lie along each axis. */
  long[] cells() {
    return cells;
  }

  private void add(long place, Chunk chunk) {
    input.charge(Long.BYTES);
    input.requireData(chunk.address, chunk.bytes);
    if (chunks.put(place, chunk) != null) {
      throw new Hdf5Damage("two chunks for one place");
    }
  }

  /** The place of a chunk by its first element. */
  private long place(ByteBuffer offsets, boolean scaled) {
    long place = 0;
    for (int axis = 0; axis < cells.length; axis++) {
      long offset = offsets.getLong();
      long cell = scaled ? offset : offset / lengths[axis];
      if (offset < 0 || cell >= cells[axis] || (!scaled && offset % lengths[axis] != 0)) {
        throw new Hdf5Damage("a chunk outside its array");
      }
      place = place * cells[axis] + cell;
    }
    return place;
  }

  void addTree(long address) {
    int keyBytes = 8 + (cells.length + 1) * Long.BYTES;
    Hdf5BTree.forEach(
        input,
        address,
        CHUNK_NODE,
        keyBytes,
        (key, child) -> {
          long bytes = Integer.toUnsignedLong(key.getInt());
          int skipped = key.getInt();
          add(place(key, false), new Chunk(child, bytes, skipped));
        });
  }

  void addTree2(long address) {
    Hdf5BTree2 tree = Hdf5BTree2.read(input, address);
    int sizeBytes =
        tree.recordBytes() - input.offsetBytes() - Integer.BYTES - Long.BYTES * cells.length;
    boolean filtered = tree.type() == FILTERED_RECORDS;
    tree.forEach(
        filtered ? FILTERED_RECORDS : PLAIN_RECORDS,
        next -> {
          long at = input.offset(next);
          long bytes = filtered ? Hdf5Input.unsigned(next, sizeBytes) : chunkBytes;
          int skipped = filtered ? next.getInt() : 0;
          add(place(next, true), new Chunk(at, bytes, skipped));
        });
  }

  void addSingle(long address, long bytes, int skipped) {
    add(0, new Chunk(address, bytes, skipped));
  }

  /** One after another. */
  void addRun(long address) {
    long count = Sizes.bytes(cells, 1);
    input.requireData(address, Sizes.multiply(count, chunkBytes));
    for (long place = 0; place < count; place++) {
      add(place, new Chunk(address + place * chunkBytes, chunkBytes, 0));
    }
  }

  void addFixedArray(long address) {
    ByteBuffer head =
        input.checked(address, 12L + input.lengthBytes() + input.offsetBytes(), "FAHD");
    Hdf5Input.skip(head, 1);
    boolean filtered = head.get() == 1;
    int entryBytes = Byte.toUnsignedInt(head.get());
    int pageBits = Byte.toUnsignedInt(head.get());
    long count = input.length(head);
    long block = input.offset(head);
    if (count < 0 || count > input.size() || pageBits > 30 || block == Hdf5Input.UNDEFINED) {
      throw new Hdf5Damage("an index of " + count + " chunks");
    }
    long pages = ((count - 1) >> pageBits) + 1;
    long bitmap = pages > 1 ? (pages + 7) / 8 : 0;
    long front = 6L + input.offsetBytes() + bitmap;
    if (pages <= 1) {
      ByteBuffer all = input.checked(block, front + count * entryBytes + 4, "FADB");
      addEntries(all.position((int) front), 0, count, entryBytes, filtered);
      return;
    }
    ByteBuffer bits = input.checked(block, front + 4, "FADB");
    bits.position((int) (front - bitmap));
    long at = block + front + 4;
    for (long page = 0; page < pages; page++) {
      long first = page << pageBits;
      long entries = Math.min(1L << pageBits, count - first);
      // The bits of a byte count from its highest.
      if ((bits.get(bits.position() + (int) (page / 8)) >> (7 - page % 8) & 1) != 0) {
        addEntries(input.read(at, entries * entryBytes), first, entries, entryBytes, filtered);
      }
      at += entries * entryBytes + 4;
    }
  }

  private void addEntries(
      ByteBuffer entries, long first, long count, int entryBytes, boolean filtered) {
    for (long i = 0; i < count; i++) {
      ByteBuffer entry = Hdf5Input.part(entries, entryBytes);
      long at = input.offset(entry);
      int sizeBytes = entryBytes - input.offsetBytes() - Integer.BYTES;
      long bytes = filtered ? Hdf5Input.unsigned(entry, sizeBytes) : chunkBytes;
      int skipped = filtered ? entry.getInt() : 0;
      if (at != Hdf5Input.UNDEFINED) {
        add(first + i, new Chunk(at, bytes, skipped));
      }
    }
  }
}
