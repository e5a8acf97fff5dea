package dev.lanewise.formats.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages in an object's header, which say what a group or an array is. */
final class Hdf5Object {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0b;
  static final int ATTRIBUTE = 0x0c;
  static final int SYMBOL_TABLE = 0x11;
  static final int ATTRIBUTE_INFO = 0x15;
  private static final int CONTINUATION = 0x10;

  private static final int SHARED = 2;
  private static final int CHECKSUM = 4;
  private static final int SIGNATURE = 4;

  private record Message(int type, int flags, ByteBuffer data) {}

  /** A run of messages elsewhere in the file. */
  private record Block(long address, long length) {}

  private final Hdf5Input input;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> more = new ArrayDeque<>();

  private Hdf5Object(Hdf5Input input) {
    this.input = input;
  }

  static Hdf5Object read(Hdf5Input input, long address) {
    Hdf5Object object = new Hdf5Object(input);
    if (input.read(address, 1).get() == 1) {
      object.readVersion1(address);
    } else {
      object.readVersion2(address);
    }
    return object;
  }

  private void readVersion1(long address) {
    ByteBuffer head = input.read(address, 16);
    long length = Integer.toUnsignedLong(head.getInt(8));
    addVersion1(input.read(address + 16, length));
    while (!more.isEmpty()) {
      Block block = more.remove();
      addVersion1(input.read(block.address, block.length));
    }
  }

  private void addVersion1(ByteBuffer block) {
    while (block.remaining() >= 8) {
      int type = Short.toUnsignedInt(block.getShort());
      int size = Short.toUnsignedInt(block.getShort());
      int flags = block.get();
      Hdf5Input.skip(block, 3);
      add(type, flags, Hdf5Input.part(block, size));
    }
  }

  private void readVersion2(long address) {
    ByteBuffer head = input.signed(address, 6, "OHDR");
    if (head.get() != 2) {
      throw new Hdf5Damage("an object header of an unknown version");
    }
    int flags = head.get();
    // Times of access and the like, then limits of attributes.
    int skipped = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int lengthBytes = 1 << (flags & 3);
    long length = Hdf5Input.unsigned(input.read(address + skipped, lengthBytes), lengthBytes);
    if (length < 0 || length > input.size()) {
      throw new Hdf5Damage("an object header of " + length + " bytes");
    }
    int front = skipped + lengthBytes;
    ByteBuffer first = input.checked(address, front + length + CHECKSUM, "OHDR");
    addVersion2(first.position(front), flags);
    while (!more.isEmpty()) {
      Block block = more.remove();
      addVersion2(input.checked(block.address, block.length, "OCHK").position(SIGNATURE), flags);
    }
  }

  private void addVersion2(ByteBuffer block, int headerFlags) {
    int order = (headerFlags & 4) != 0 ? 2 : 0;
    while (block.remaining() >= 4 + order) {
      int type = Byte.toUnsignedInt(block.get());
      int size = Short.toUnsignedInt(block.getShort());
      int flags = block.get();
      Hdf5Input.skip(block, order);
      add(type, flags, Hdf5Input.part(block, size));
    }
  }

  private void add(int type, int flags, ByteBuffer data) {
    input.charge(1);
    if (type == CONTINUATION) {
      more.add(new Block(input.offset(data), input.length(data)));
    } else {
      messages.add(new Message(type, flags, data));
    }
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /** The message of a type, from its start; null where there is none. */
  @Nullable ByteBuffer find(int type) {
    List<ByteBuffer> all = all(type);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** As {@link #find}, refused where there is none. */
  ByteBuffer get(int type, String name) {
    ByteBuffer found = find(type);
    if (found == null) {
      throw new Hdf5Damage("an object without " + name);
    }
    return found;
  }

  List<ByteBuffer> all(int type) {
    List<ByteBuffer> all = new ArrayList<>();
    for (Message message : messages) {
      if (message.type == type) {
        if ((message.flags & SHARED) != 0) {
          throw new Hdf5Damage("a part shared between objects, such as a named type");
        }
        all.add(message.data.duplicate().order(message.data.order()));
      }
    }
    return all;
  }
}
