package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array of floats in an HDF5 file, of which only the shape and the places are read. */
public final class Hdf5Array {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int VIRTUAL = 3;

  /** Deflate makes at most 1032 bytes of one. */
  private static final long MOST_INFLATED = 1032;

  /** A chunk larger than its array wastes memory, but small ones do little harm. */
  private static final long MOST_SPARE = 4 << 20;

  private final Hdf5Input input;
  private final Path file;
  private final String where;
  private final Shape shape;
  private final Hdf5Type type;
  private final ElementType number;

  private byte[] memory = new byte[0];
  private long address = Hdf5Input.UNDEFINED;
  private long[] lengths = new long[0];
  private long chunkBytes;
  private @Nullable Hdf5Chunks chunks;
  private Hdf5Filters filters = Hdf5Filters.read(null);

  /**
   * @param where names the array in errors
   */
  Hdf5Array(Hdf5Input input, Hdf5Object object, Path file, String where) {
    this.input = input;
    this.file = file;
    this.where = where;
    if (object.has(Hdf5Object.EXTERNAL_FILES)) {
      throw Hdf5Errors.outside(file, where, "an array whose elements are in other files");
    }
    this.type = Hdf5Type.read(object.get(Hdf5Object.DATATYPE, "a type"));
    if (type.number() == null) {
      throw Hdf5Errors.arrayType(file, where, type.name());
    }
    this.number = type.number();
    long[] dims = Hdf5Space.read(input, object.get(Hdf5Object.DATASPACE, "a shape"));
    if (Sizes.extent(dims, type.bytes()) == Sizes.TOO_MANY) {
      throw new Hdf5Damage("an array of more bytes than 63 bits count");
    }
    this.shape = Shape.of(dims);
    if (shape.size() > 0) {
      layout(object);
    }
  }

  public Shape shape() {
    return shape;
  }

  private long bytes() {
    return shape.size() * type.bytes();
  }

  /** What the elements take in the file, in bytes. */
  long stored() {
    return chunks == null
        ? bytes()
        : chunks.chunks().values().stream()
            .mapToLong(Hdf5Chunks.Chunk::bytes)
            .reduce(0, Sizes::add);
  }

  private void layout(Hdf5Object object) {
    ByteBuffer layout = object.get(Hdf5Object.LAYOUT, "a layout");
    int version = layout.get();
    switch (version) {
      case 1, 2 -> layoutVersion1(layout, object);
      case 3, 4, 5 -> layoutVersion3(layout, version, object);
      default -> throw new Hdf5Damage("a layout of version " + version);
    }
  }

  private void layoutVersion1(ByteBuffer layout, Hdf5Object object) {
    int rank = Byte.toUnsignedInt(layout.get());
    int kind = layout.get();
    Hdf5Input.skip(layout, 5);
    long at = kind == COMPACT ? Hdf5Input.UNDEFINED : input.offset(layout);
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = Integer.toUnsignedLong(layout.getInt());
    }
    switch (kind) {
      case COMPACT -> compact(layout, Integer.toUnsignedLong(layout.getInt()));
      case CONTIGUOUS -> contiguous(at);
      case CHUNKED -> chunked(sizes, object).addTree(at);
      default -> throw new Hdf5Damage("a layout of kind " + kind);
    }
  }

  private void layoutVersion3(ByteBuffer layout, int version, Hdf5Object object) {
    int kind = layout.get();
    switch (kind) {
      case COMPACT -> compact(layout, Short.toUnsignedInt(layout.getShort()));
      case CONTIGUOUS -> contiguous(input.offset(layout));
      case CHUNKED -> {
        if (version > 3) {
          chunkedVersion4(layout, object);
          return;
        }
        int rank = Byte.toUnsignedInt(layout.get());
        long at = input.offset(layout);
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
          sizes[axis] = Integer.toUnsignedLong(layout.getInt());
        }
        chunked(sizes, object).addTree(at);
      }
      case VIRTUAL ->
          throw Hdf5Errors.outside(file, where, "a virtual array, made of arrays of other files");
      default -> throw new Hdf5Damage("a layout of kind " + kind);
    }
  }

  private void chunkedVersion4(ByteBuffer layout, Hdf5Object object) {
    int flags = layout.get();
    int rank = Byte.toUnsignedInt(layout.get());
    int lengthBytes = layout.get();
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = Hdf5Input.unsigned(layout, lengthBytes);
    }
    Hdf5Chunks found = chunked(sizes, object);
    switch (layout.get()) {
      case 1 -> {
        boolean filtered = (flags & 2) != 0;
        long bytes = filtered ? input.length(layout) : chunkBytes;
        int skipped = filtered ? layout.getInt() : 0;
        found.addSingle(input.offset(layout), bytes, skipped);
      }
      case 2 -> found.addRun(input.offset(layout));
      case 3 -> {
        Hdf5Input.skip(layout, 1);
        found.addFixedArray(input.offset(layout));
      }
      case 4 ->
          throw new Hdf5Damage("an array that can grow along one axis, of HDF5 1.10 or later");
      case 5 -> {
        Hdf5Input.skip(layout, 6);
        found.addTree2(input.offset(layout));
      }
      default -> throw new Hdf5Damage("chunks with an unknown index");
    }
  }

  private void compact(ByteBuffer layout, long length) {
    ByteBuffer data = Hdf5Input.part(layout, length);
    if (length != bytes()) {
      throw new Hdf5Damage("an array of " + length + " bytes for " + shape);
    }
    memory = new byte[data.remaining()];
    data.get(memory);
  }

  private void contiguous(long at) {
    if (at == Hdf5Input.UNDEFINED) {
      throw new Hdf5Damage("an array that was never written");
    }
    input.requireData(at, bytes());
    address = at;
  }

  /**
   * @param sizes the lengths of a chunk's axes, then the size of an element
   */
  private Hdf5Chunks chunked(long[] sizes, Hdf5Object object) {
    if (sizes.length != shape.rank() + 1 || sizes[shape.rank()] != type.bytes()) {
      throw new Hdf5Damage("chunks of " + (sizes.length - 1) + " axes for " + shape);
    }
    lengths = Arrays.copyOf(sizes, shape.rank());
    chunkBytes = Sizes.bytes(lengths, type.bytes());
    if (chunkBytes < 1 || chunkBytes > Math.max(MOST_SPARE, bytes())) {
      throw Hdf5Errors.chunkSize(file, where, chunkBytes, bytes());
    }
    filters = Hdf5Filters.read(object.find(Hdf5Object.FILTERS));
    chunks = new Hdf5Chunks(input, shape.toArray(), lengths, chunkBytes);
    return chunks;
  }

  /** Refuses an array of more bytes than its part of the file can give. */
  void requireStored() {
    if (chunks == null) {
      return;
    }
    long most = filters.compress() ? Sizes.multiply(stored(), MOST_INFLATED) : stored();
    if (bytes() > most) {
      throw Hdf5Errors.arraySize(file, where, bytes(), stored());
    }
  }

  /** The elements as float32. */
  public Tensor read() {
    return Hdf5.guarded(file, where, this::elements);
  }

  private Tensor elements() {
    Tensor target = Tensor.zeros(shape.toArray());
    if (shape.size() == 0) {
      return target;
    }
    if (chunks != null) {
      readChunks(chunks, target);
    } else if (address != Hdf5Input.UNDEFINED) {
      input
          .file()
          .floats(
              number,
              type.order(),
              address,
              shape.size(),
              target.segment(),
              target.offset(),
              where);
    } else {
      put(MemorySegment.ofArray(memory), 0, shape.size(), target, 0);
    }
    return target;
  }

  private void put(MemorySegment source, long from, long count, Tensor target, long to) {
    MemorySegment part = source.asSlice(from * type.bytes(), count * type.bytes());
    ByteOrder order = type.order();
    long beyond = number.toFloats(part, order, count, target.segment(), target.offset() + to);
    if (beyond >= 0) {
      String value = number.text(part, beyond, order);
      throw FileErrors.beyondFloat(file, where, to + beyond, value);
    }
  }

  private void readChunks(Hdf5Chunks from, Tensor target) {
    for (Map.Entry<Long, Hdf5Chunks.Chunk> next : from.chunks().entrySet()) {
      Hdf5Chunks.Chunk chunk = next.getValue();
      byte[] stored = input.data(chunk.address(), chunk.bytes());
      byte[] bytes = filters.undo(stored, chunk.skipped(), Math.toIntExact(chunkBytes));
      long[] start = start(from.cells(), next.getKey());
      putChunk(MemorySegment.ofArray(bytes), start, target);
    }
  }

  /** The first element of the chunk at a place of the grid. */
  private long[] start(long[] cells, long place) {
    long[] start = new long[cells.length];
    long rest = place;
    for (int axis = cells.length - 1; axis >= 0; axis--) {
      start[axis] = rest % cells[axis] * lengths[axis];
      rest /= cells[axis];
    }
    return start;
  }

  /** Copies the rows of a chunk, without what lies outside the array. */
  private void putChunk(MemorySegment chunk, long[] start, Tensor target) {
    int last = lengths.length - 1;
    long row = last < 0 ? 1 : Math.min(lengths[last], shape.dim(last) - start[last]);
    long[] index = new long[lengths.length];
    boolean more = true;
    while (more) {
      long from = 0;
      long to = 0;
      for (int axis = 0; axis <= last; axis++) {
        from = from * lengths[axis] + index[axis];
        to = to * shape.dim(axis) + start[axis] + index[axis];
      }
      put(chunk, from, row, target, to);
      more = false;
      for (int axis = last - 1; axis >= 0 && !more; axis--) {
        index[axis]++;
        more = index[axis] < Math.min(lengths[axis], shape.dim(axis) - start[axis]);
        index[axis] = more ? index[axis] : 0;
      }
    }
  }
}
