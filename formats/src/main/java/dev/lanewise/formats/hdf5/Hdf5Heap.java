package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.Sizes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A fractal heap: the names of a large group, or the attributes of an object with many. */
final class Hdf5Heap {
  private static final int MANAGED = 0;
  private static final int HUGE = 1;
  private static final int TINY = 2;
  private static final int HUGE_OBJECTS = 1;
  private static final int MOST_TINY = 16;
  private static final int MOST_ROWS = 64;

  private final Hdf5Input input;
  private final long address;
  private final int idBytes;
  private final long hugeTree;
  private final long width;
  private final long startBytes;
  private final long mostDirect;
  private final int heapBits;
  private final long root;
  private final int rootRows;
  private final int lengthBytes;

  private Hdf5Heap(Hdf5Input input, long address, ByteBuffer head) {
    this.input = input;
    this.address = address;
    Hdf5Input.skip(head, 1);
    this.idBytes = Short.toUnsignedInt(head.getShort());
    if (head.getShort() != 0) {
      throw new Hdf5Damage("a heap with filters");
    }
    Hdf5Input.skip(head, 1);
    long mostManaged = Integer.toUnsignedLong(head.getInt());
    input.length(head); // the next huge object
    this.hugeTree = input.offset(head);
    input.length(head); // free space, and where that is kept
    input.offset(head);
    Hdf5Input.skip(head, 8L * input.lengthBytes()); // counts of bytes and objects
    this.width = Short.toUnsignedInt(head.getShort());
    this.startBytes = input.length(head);
    this.mostDirect = input.length(head);
    this.heapBits = Short.toUnsignedInt(head.getShort());
    Hdf5Input.skip(head, 2);
    this.root = input.offset(head);
    this.rootRows = Short.toUnsignedInt(head.getShort());
    this.lengthBytes = bytesFor(Math.min(mostDirect, mostManaged));
    if (width < 1 || startBytes < 1 || mostDirect < startBytes || heapBits > 64) {
      throw new Hdf5Damage("a heap with blocks of " + startBytes + " to " + mostDirect + " bytes");
    }
  }

  static Hdf5Heap read(Hdf5Input input, long address) {
    long length = 26L + 12L * input.lengthBytes() + 3L * input.offsetBytes();
    return new Hdf5Heap(input, address, input.checked(address, length, "FRHP"));
  }

  /**
   * An object.
   *
   * @param id as a tree of names has it
   */
  ByteBuffer get(ByteBuffer id) {
    if (id.remaining() < idBytes) {
      throw new Hdf5Damage("an id of " + id.remaining() + " bytes in a heap");
    }
    int first = Byte.toUnsignedInt(id.get());
    return switch (first >> 4 & 3) {
      case MANAGED -> managed(Hdf5Input.unsigned(id, offsetBytes()), id);
      case HUGE -> huge(id);
      case TINY -> {
        if (idBytes - 1 > MOST_TINY) {
          throw new Hdf5Damage("a tiny object of a kind that is not read here");
        }
        yield Hdf5Input.part(id, (first & 0x0f) + 1L);
      }
      default -> throw new Hdf5Damage("an object of an unknown kind in a heap");
    };
  }

  private int offsetBytes() {
    return (heapBits + Byte.SIZE - 1) / Byte.SIZE;
  }

  private ByteBuffer managed(long offset, ByteBuffer id) {
    long length = Hdf5Input.unsigned(id, lengthBytes);
    if (rootRows == 0) {
      return within(root, offset, startBytes, length);
    }
    return find(root, offset, rootRows, length);
  }

  /** Offsets count from the first byte of a block, its header and all. */
  private ByteBuffer within(long block, long offset, long blockBytes, long length) {
    if (offset < 0 || length < 0 || offset > blockBytes || length > blockBytes - offset) {
      throw new Hdf5Damage("an object outside its block of a heap");
    }
    return input.read(block + offset, length);
  }

  /** Looks for an offset below a block of addresses; each row's blocks are twice the last one's. */
  private ByteBuffer find(long block, long offset, int rows, long length) {
    if (rows > MOST_ROWS || offset < 0) {
      throw new Hdf5Damage("a block of " + rows + " rows in a heap");
    }
    long below = 0;
    for (int row = 0; row < rows; row++) {
      long each = Sizes.multiply(startBytes, 1L << Math.max(0, Math.min(62, row - 1)));
      long all = Sizes.multiply(each, width);
      if (offset - below >= all) {
        below = Sizes.add(below, all);
        continue;
      }
      long column = (offset - below) / each;
      long start = below + column * each;
      long child = child(block, row * width + column);
      if (each <= mostDirect) {
        return within(child, offset - start, each, length);
      }
      // As many rows as make up a block of that size.
      int inner = log2(each) - log2(startBytes * width) + 1;
      if (inner >= rows) {
        throw new Hdf5Damage("a block of a heap that is larger than the one around it");
      }
      return find(child, offset - start, inner, length);
    }
    throw new Hdf5Damage("an object outside its heap");
  }

  private long child(long block, long index) {
    long front = 5L + input.offsetBytes() + offsetBytes();
    ByteBuffer head = input.signed(block, front, "FHIB");
    Hdf5Input.skip(head, 1);
    if (input.offset(head) != address) {
      throw new Hdf5Damage("a block of another heap");
    }
    return input.offset(
        input.read(block + front + index * input.offsetBytes(), input.offsetBytes()));
  }

  private ByteBuffer huge(ByteBuffer id) {
    int key = Math.min(idBytes - 1, Long.BYTES);
    if (idBytes - 1 >= input.offsetBytes() + input.lengthBytes()) {
      long at = input.offset(id);
      return input.read(at, input.length(id));
    }
    long wanted = Hdf5Input.unsigned(id, key);
    Map<Long, ByteBuffer> found = new HashMap<>();
    Hdf5BTree2.read(input, hugeTree)
        .forEach(
            HUGE_OBJECTS,
            object -> {
              long at = input.offset(object);
              long length = input.length(object);
              if (input.length(object) == wanted) {
                found.put(wanted, input.read(at, length));
              }
            });
    ByteBuffer object = found.get(wanted);
    if (object == null) {
      throw new Hdf5Damage("no object of its id in a heap");
    }
    return object;
  }

  private static int log2(long value) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, value));
  }

  private static int bytesFor(long most) {
    return log2(most) / Byte.SIZE + 1;
  }
}
