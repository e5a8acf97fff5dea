package dev.lanewise.formats.hdf5;

import java.nio.ByteBuffer;

/** A B-tree of version 1: of the names in a group, or of the chunks of an array. */
final class Hdf5BTree {
  /** Takes the key before a leaf's child, and the child's address. */
  interface Leaf {
    void take(ByteBuffer key, long child);
  }

  private final Hdf5Input input;
  private final int type;
  private final int keyBytes;
  private final Leaf use;

  private Hdf5BTree(Hdf5Input input, int type, int keyBytes, Leaf use) {
    this.input = input;
    this.type = type;
    this.keyBytes = keyBytes;
    this.use = use;
  }

  /** Visits the children of all leaves, in order. */
  static void forEach(Hdf5Input input, long address, int type, int keyBytes, Leaf use) {
    if (address != Hdf5Input.UNDEFINED) {
      int level = Byte.toUnsignedInt(input.signed(address, 6, "TREE").get(5));
      new Hdf5BTree(input, type, keyBytes, use).visit(address, level);
    }
  }

  /** A level is one less than its parent's, so that a tree has an end. */
  private void visit(long address, int level) {
    int front = 8 + 2 * input.offsetBytes();
    ByteBuffer head = input.signed(address, front, "TREE");
    int kind = head.get();
    if (kind != type || Byte.toUnsignedInt(head.get()) != level) {
      throw new Hdf5Damage("a tree node of another kind or level than its place");
    }
    int count = Short.toUnsignedInt(head.getShort());
    long bytes = (long) count * (keyBytes + input.offsetBytes());
    ByteBuffer entries = input.read(address + front, bytes);
    for (int i = 0; i < count; i++) {
      ByteBuffer key = Hdf5Input.part(entries, keyBytes);
      long child = input.offset(entries);
      if (level == 0) {
        use.take(key, child);
      } else {
        visit(child, level - 1);
      }
    }
  }
}
