package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.Sizes;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A B-tree of version 2: records of one type and length. */
final class Hdf5BTree2 {
  private static final int NODE_FRONT = 6;
  private static final int NODE_OVERHEAD = 10;

  /** Far above the depth of a tree of all the bytes that there are. */
  private static final int MOST_LEVELS = 32;

  private final Hdf5Input input;
  private final int type;
  private final long nodeBytes;
  private final int recordBytes;
  private final int depth;
  private final long root;
  private final int rootRecords;

  private Hdf5BTree2(Hdf5Input input, ByteBuffer head) {
    this.input = input;
    Hdf5Input.skip(head, 1);
    this.type = head.get();
    this.nodeBytes = Integer.toUnsignedLong(head.getInt());
    this.recordBytes = Short.toUnsignedInt(head.getShort());
    this.depth = Short.toUnsignedInt(head.getShort());
    Hdf5Input.skip(head, 2);
    this.root = input.offset(head);
    this.rootRecords = Short.toUnsignedInt(head.getShort());
  }

  static Hdf5BTree2 read(Hdf5Input input, long address) {
    long length = 22L + input.offsetBytes() + input.lengthBytes();
    Hdf5BTree2 tree = new Hdf5BTree2(input, input.checked(address, length, "BTHD"));
    if (tree.recordBytes == 0 || tree.depth > MOST_LEVELS) {
      throw new Hdf5Damage("a tree of depth " + tree.depth);
    }
    return tree;
  }

  int recordBytes() {
    return recordBytes;
  }

  int type() {
    return type;
  }

  /** Visits all records, which must be of a type. */
  void forEach(int expected, Consumer<ByteBuffer> use) {
    if (type != expected) {
      throw new Hdf5Damage("a tree of type " + type);
    }
    if (root != Hdf5Input.UNDEFINED && rootRecords > 0) {
      visit(root, rootRecords, depth, use);
    }
  }

  private void visit(long address, int records, int level, Consumer<ByteBuffer> use) {
    long pointer = level == 0 ? 0 : pointerBytes(level);
    long used =
        NODE_OVERHEAD + (long) records * recordBytes + (level == 0 ? 0 : records + 1) * pointer;
    if (used > nodeBytes) {
      throw new Hdf5Damage("a tree node with " + records + " records in " + nodeBytes + " bytes");
    }
    ByteBuffer node = input.checked(address, used, level == 0 ? "BTLF" : "BTIN");
    Hdf5Input.skip(node, NODE_FRONT - 4);
    for (int i = 0; i < records; i++) {
      input.charge(1);
      use.accept(Hdf5Input.part(node, recordBytes));
    }
    for (int i = 0; level > 0 && i <= records; i++) {
      ByteBuffer child = Hdf5Input.part(node, pointer);
      long next = input.offset(child);
      visit(next, (int) Hdf5Input.unsigned(child, countBytes()), level - 1, use);
    }
  }

  /** How long the number of records of a node is, in bytes. */
  private int countBytes() {
    return bytesFor((nodeBytes - NODE_OVERHEAD) / recordBytes);
  }

  /** An address, how many records the child has, and above the lowest level how many in all. */
  private long pointerBytes(int level) {
    long inAll = (nodeBytes - NODE_OVERHEAD) / recordBytes;
    long pointer = (long) input.offsetBytes() + countBytes();
    for (int below = 1; below < level; below++) {
      long most = (nodeBytes - NODE_OVERHEAD - pointer) / (recordBytes + pointer);
      inAll = Sizes.add(Sizes.multiply(most + 1, inAll), most);
      pointer = (long) input.offsetBytes() + countBytes() + bytesFor(inAll);
    }
    return pointer;
  }

  private static int bytesFor(long most) {
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, most))) / Byte.SIZE + 1;
  }
}
