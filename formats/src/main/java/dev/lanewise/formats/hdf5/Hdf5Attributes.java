package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.Sizes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of an object, of which this library reads strings. */
final class Hdf5Attributes {
  private static final int ATTRIBUTE_NAMES = 8;
  private static final int ATTRIBUTE_ID = 8;

  /** What an element costs, so that a billion empty strings are refused. */
  private static final long COST = 16;

  /** A type, a space and bytes, all unread. */
  private record Value(ByteBuffer type, ByteBuffer space, ByteBuffer data) {}

  private final Hdf5Input input;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /** Where each string of a collection is: by the collection's address, then the string's index. */
  private final Map<Long, Map<Integer, ByteBuffer>> collections = new HashMap<>();

  private Hdf5Attributes(Hdf5Input input) {
    this.input = input;
  }

  static Hdf5Attributes of(Hdf5Input input, Hdf5Object object) {
    Hdf5Attributes attributes = new Hdf5Attributes(input);
    object.all(Hdf5Object.ATTRIBUTE).forEach(attributes::add);
    ByteBuffer info = object.find(Hdf5Object.ATTRIBUTE_INFO);
    if (info != null) {
      attributes.addHeap(info);
    }
    return attributes;
  }

  private void addHeap(ByteBuffer info) {
    Hdf5Input.skip(info, 1);
    int flags = info.get();
    Hdf5Input.skip(info, (flags & 1) != 0 ? 2 : 0);
    long heapAddress = input.offset(info);
    long tree = input.offset(info);
    if (heapAddress != Hdf5Input.UNDEFINED && tree != Hdf5Input.UNDEFINED) {
      Hdf5Heap heap = Hdf5Heap.read(input, heapAddress);
      Hdf5BTree2.read(input, tree)
          .forEach(ATTRIBUTE_NAMES, record -> add(heap.get(Hdf5Input.part(record, ATTRIBUTE_ID))));
    }
  }

  private void add(ByteBuffer message) {
    int version = message.get();
    int flags = message.get();
    if (version < 1 || version > 3 || (version > 1 && flags != 0)) {
      throw new Hdf5Damage("an attribute of a named type, or of an unknown version");
    }
    int nameBytes = Short.toUnsignedInt(message.getShort());
    int typeBytes = Short.toUnsignedInt(message.getShort());
    int spaceBytes = Short.toUnsignedInt(message.getShort());
    Hdf5Input.skip(message, version == 3 ? 1 : 0);
    String name = Hdf5Input.text(padded(message, nameBytes, version));
    ByteBuffer type = padded(message, typeBytes, version);
    ByteBuffer space = padded(message, spaceBytes, version);
    values.put(name, new Value(type, space, Hdf5Input.part(message, message.remaining())));
  }

  /** Version 1 pads each part to a multiple of 8 bytes. */
  private static ByteBuffer padded(ByteBuffer message, int bytes, int version) {
    ByteBuffer part = Hdf5Input.part(message, bytes);
    Hdf5Input.skip(message, version == 1 ? Math.min(message.remaining(), -bytes & 7) : 0);
    return part;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The type of an attribute that is there, in words. */
  String type(String name) {
    return type(value(name)).name();
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new Hdf5Damage("no attribute of that name");
    }
    return value;
  }

  private static Hdf5Type type(Value value) {
    return Hdf5Type.read(value.type.duplicate().order(value.type.order()));
  }

  /** The strings of an attribute that is there; null where it has something else. */
  @Nullable List<String> texts(String name) {
    Value value = value(name);
    long[] dims = Hdf5Space.read(input, value.space.duplicate().order(value.space.order()));
    long count = Sizes.bytes(dims, 1);
    if (count == 0) {
      // An empty list has no type of its own.
      return List.of();
    }
    Hdf5Type type = type(value);
    if (!type.text()) {
      return null;
    }
    input.charge(Sizes.multiply(count, COST));
    ByteBuffer data = value.data.duplicate().order(value.data.order());
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ByteBuffer element = Hdf5Input.part(data, type.bytes());
      texts.add(type.apart() ? apart(element) : trimmed(element, type.padding()));
    }
    return texts;
  }

  private static String trimmed(ByteBuffer element, char padding) {
    if (padding == '\0') {
      return Hdf5Input.text(element);
    }
    int end = element.limit();
    while (end > 0 && element.get(end - 1) == padding) {
      end--;
    }
    return Hdf5Input.utf8(element.limit(end));
  }

  private String apart(ByteBuffer element) {
    long length = Integer.toUnsignedLong(element.getInt());
    long address = input.offset(element);
    int index = element.getInt();
    if (length == 0 || index == 0) {
      return "";
    }
    Map<Integer, ByteBuffer> collection = collections.computeIfAbsent(address, this::collection);
    ByteBuffer text = collection.get(index);
    if (text == null) {
      throw new Hdf5Damage("no text where a list of texts says");
    }
    input.charge(length);
    return Hdf5Input.text(Hdf5Input.part(text.duplicate(), length));
  }

  private Map<Integer, ByteBuffer> collection(long address) {
    int front = 8 + input.lengthBytes();
    ByteBuffer head = input.signed(address, front, "GCOL");
    Hdf5Input.skip(head, 4);
    ByteBuffer all = input.read(address, input.length(head));
    Hdf5Input.skip(all, front);
    Map<Integer, ByteBuffer> texts = new HashMap<>();
    while (all.remaining() >= front) {
      input.charge(COST);
      int index = Short.toUnsignedInt(all.getShort());
      Hdf5Input.skip(all, 6);
      long bytes = input.length(all);
      if (index == 0) {
        break; // the free space
      }
      texts.put(index, Hdf5Input.part(all, bytes));
      Hdf5Input.skip(all, Math.min(all.remaining(), -bytes & 7));
    }
    return texts;
  }
}
