package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.hdf5.Hdf5Link.Kind;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names in a group, of the old kind, a symbol table, or the new, links. */
final class Hdf5Group {
  private static final int SOFT = 1;
  private static final int EXTERNAL = 64;
  private static final int GROUP_NODE = 0;
  private static final int LINK_NAMES = 5;
  private static final int LINK_ID = 7;

  private final Hdf5Input input;
  private final Map<String, Hdf5Link> links = new LinkedHashMap<>();

  private Hdf5Group(Hdf5Input input) {
    this.input = input;
  }

  static boolean is(Hdf5Object object) {
    return object.has(Hdf5Object.SYMBOL_TABLE) || object.has(Hdf5Object.LINK_INFO);
  }

  /** By name, in the order of the file; none of an array. */
  static Map<String, Hdf5Link> links(Hdf5Input input, Hdf5Object object) {
    Hdf5Group group = new Hdf5Group(input);
    ByteBuffer table = object.find(Hdf5Object.SYMBOL_TABLE);
    if (table != null) {
      long tree = input.offset(table);
      group.addTable(tree, input.offset(table));
    }
    object.all(Hdf5Object.LINK).forEach(group::addLink);
    ByteBuffer info = object.find(Hdf5Object.LINK_INFO);
    if (info != null) {
      group.addHeap(info);
    }
    return group.links;
  }

  private void addTable(long tree, long heap) {
    ByteBuffer head =
        input.signed(heap, 8 + 2L * input.lengthBytes() + input.offsetBytes(), "HEAP");
    Hdf5Input.skip(head, 4);
    long length = input.length(head);
    input.length(head);
    ByteBuffer names = input.read(input.offset(head), length);
    Hdf5BTree.forEach(
        input, tree, GROUP_NODE, input.lengthBytes(), (_, child) -> addNode(child, names));
  }

  private void addNode(long address, ByteBuffer names) {
    ByteBuffer head = input.signed(address, 8, "SNOD");
    int count = Short.toUnsignedInt(head.getShort(6));
    int entry = 2 * input.offsetBytes() + 24;
    ByteBuffer entries = input.read(address + 8, (long) count * entry);
    for (int i = 0; i < count; i++) {
      ByteBuffer next = Hdf5Input.part(entries, entry);
      String name = nameAt(names, input.offset(next));
      long object = input.offset(next);
      int kind = next.getInt();
      Hdf5Input.skip(next, 4);
      links.put(
          name,
          kind == 2
              ? Hdf5Link.to(Kind.SOFT, nameAt(names, Integer.toUnsignedLong(next.getInt())))
              : Hdf5Link.hard(object));
    }
  }

  private String nameAt(ByteBuffer names, long at) {
    ByteBuffer from = names.duplicate();
    Hdf5Input.skip(from, at);
    String name = Hdf5Input.text(from);
    input.charge(name.length());
    return name;
  }

  private void addHeap(ByteBuffer info) {
    Hdf5Input.skip(info, 1);
    int flags = info.get();
    Hdf5Input.skip(info, (flags & 1) != 0 ? 8 : 0);
    long heapAddress = input.offset(info);
    long tree = input.offset(info);
    if (heapAddress != Hdf5Input.UNDEFINED && tree != Hdf5Input.UNDEFINED) {
      Hdf5Heap heap = Hdf5Heap.read(input, heapAddress);
      Hdf5BTree2.read(input, tree)
          .forEach(
              LINK_NAMES,
              link -> {
                Hdf5Input.skip(link, Integer.BYTES); // the hash of the name
                addLink(heap.get(Hdf5Input.part(link, LINK_ID)));
              });
    }
  }

  private void addLink(ByteBuffer link) {
    Hdf5Input.skip(link, 1);
    int flags = link.get();
    int kind = (flags & 8) != 0 ? Byte.toUnsignedInt(link.get()) : 0;
    Hdf5Input.skip(link, ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
    long length = Hdf5Input.unsigned(link, 1 << (flags & 3));
    String name = Hdf5Input.utf8(Hdf5Input.part(link, length));
    if (kind == 0) {
      links.put(name, Hdf5Link.hard(input.offset(link)));
      return;
    }
    ByteBuffer value = Hdf5Input.part(link, Short.toUnsignedInt(link.getShort()));
    links.put(
        name,
        switch (kind) {
          case SOFT -> Hdf5Link.to(Kind.SOFT, Hdf5Input.text(value));
          case EXTERNAL -> external(value);
          default -> Hdf5Link.to(Kind.OTHER, "kind " + kind);
        });
  }

  private static Hdf5Link external(ByteBuffer value) {
    Hdf5Input.skip(value, 1);
    return Hdf5Link.to(Kind.EXTERNAL, Hdf5Input.text(value));
  }
}
