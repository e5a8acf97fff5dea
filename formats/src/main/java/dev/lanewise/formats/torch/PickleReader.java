package dev.lanewise.formats.torch;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.torch.PickleValue.Global;
import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.None;
import dev.lanewise.formats.torch.PickleValue.Opaque;
import dev.lanewise.formats.torch.PickleValue.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a pickle of any protocol, 0 to 5, as data. The machine of a pickle has a stack, marks in it
 * and a memo; it has no other means to call than {@link PickleCalls}, which calls nothing.
 *
 * <p>What it makes is held against {@link #MOST_MEMORY} before it is made. Nothing recurs.
 *
 * <p>Source: the comments of Python's {@code pickletools.py}.
 */
final class PickleReader {
  /** An estimate of the memory that all values may take, in bytes: far above any checkpoint. */
  private static final long MOST_MEMORY = 128 << 20;

  private static final int NEWEST = 5;
  private static final String BEYOND_LONG = "an integer beyond 64 bits";
  private static final Pattern LONG_INTEGER = Pattern.compile("[+-]?[0-9]+");

  // What a value takes, a text or a class beside its characters, a list or a call, an entry.
  private static final int VALUE = 24;
  private static final int TEXT = 72;
  private static final int OBJECT = 192;
  private static final int ENTRY = 64;

  private final PickleInput input;
  private final PickleCalls calls;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  /** The values that are remembered by the numbers 0, 1, 2, .., as all writers do. */
  private final List<Object> memo = new ArrayList<>();

  /** Those by other numbers. */
  private final Map<Long, Object> sparse = new HashMap<>();

  private long memory;

  /** Of the opcode that is at work. */
  private long at;

  private PickleReader(PickleInput input, PickleCalls calls) {
    this.input = input;
    this.calls = calls;
  }

  /** The next pickle of the input, which then stands behind it. */
  static Object read(PickleInput input, PickleCalls calls) {
    return new PickleReader(input, calls).read();
  }

  private Object read() {
    while (true) {
      at = input.position();
      int opcode = input.unsigned8();
      if (opcode == '.') {
        return pop();
      }
      charge(VALUE);
      if (!number(opcode) && !text(opcode) && !container(opcode) && !machine(opcode)) {
        object(opcode);
      }
    }
  }

  private boolean number(int opcode) {
    switch (opcode) {
      case 'N' -> push(None.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push(input.unsigned(1));
      case 'M' -> push(input.unsigned(2));
      case 'J' -> push((long) (int) input.unsigned(4));
      case 'G' -> push(input.bigEndianDouble());
      case 0x8a -> push(twosComplement(input.unsigned(1)));
      case 0x8b -> push(twosComplement(input.unsigned(4)));
      case 'I' -> push(decimal(input.line()));
      case 'L' -> push(decimal(withoutL(input.line())));
      case 'F' -> push(floating(input.line()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object twosComplement(long size) {
    byte[] bytes = charged(size);
    if (bytes.length > Long.BYTES) {
      return new Opaque(BEYOND_LONG);
    }
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = i == bytes.length - 1 ? bytes[i] : (value << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static String withoutL(String line) {
    return line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
  }

  private Object decimal(String line) {
    if (line.equals("00") || line.equals("01")) {
      return line.equals("01");
    }
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      if (LONG_INTEGER.matcher(line).matches()) {
        return new Opaque(BEYOND_LONG);
      }
      throw TorchErrors.number(input.file(), here(), line);
    }
  }

  private double floating(String line) {
    try {
      return Double.parseDouble(line);
    } catch (NumberFormatException e) {
      throw TorchErrors.number(input.file(), here(), line);
    }
  }

  private boolean text(int opcode) {
    switch (opcode) {
      case 'X' -> pushText(input.unsigned(4));
      case 0x8c -> pushText(input.unsigned(1));
      case 0x8d -> pushText(input.unsigned(8));
      case 'V' -> {
        String line = new String(input.lineBytes(), StandardCharsets.ISO_8859_1);
        charge(TEXT + line.length());
        push(unescaped(line));
      }
      // Python 2 has no other text: what is UTF-8 is a name.
      case 'T' -> pushTextOrBytes(input.unsigned(4));
      case 'U' -> pushTextOrBytes(input.unsigned(1));
      case 'B' -> pushBytes(input.unsigned(4));
      case 'C' -> pushBytes(input.unsigned(1));
      case 0x8e, 0x96 -> pushBytes(input.unsigned(8));
      default -> {
        return false;
      }
    }
    return true;
  }

  private byte[] charged(long size) {
    charge(TEXT + Math.clamp(size, 0, MOST_MEMORY + 1));
    return input.bytes(size);
  }

  private void pushText(long size) {
    push(input.utf8(charged(size), at));
  }

  private void pushTextOrBytes(long size) {
    String text = PickleInput.utf8(charged(size));
    push(text == null ? new Opaque("bytes") : text);
  }

  private void pushBytes(long size) {
    byte[] unused = charged(size);
    push(new Opaque(unused.length == 1 ? "a byte" : unused.length + " bytes"));
  }

  /** Protocol 0 writes what is beyond a byte, and the backslash, in four digits or eight. */
  private String unescaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int digits = c == '\\' && i + 1 < line.length() ? digits(line.charAt(i + 1)) : 0;
      if (digits == 0 || i + 2 + digits > line.length()) {
        text.append(c);
        continue;
      }
      try {
        text.appendCodePoint(Integer.parseInt(line, i + 2, i + 2 + digits, 16));
      } catch (IllegalArgumentException e) {
        throw TorchErrors.text(input.file(), here());
      }
      i += 1 + digits;
    }
    return text.toString();
  }

  private static int digits(char kind) {
    return kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case ']', 'l', '}', 'd' -> charge(OBJECT);
      case ')', 't', 0x85, 0x86, 0x87, 0x8f, 0x91 -> charge(TEXT);
      default -> {}
    }
    switch (opcode) {
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(popToMark()));
      case 0x85, 0x86, 0x87 -> push(new Tuple(pop(opcode - 0x84)));
      case ']' -> push(new Items());
      case 'l' -> pushItems(popToMark());
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case '}' -> push(new Mapping());
      case 'd' -> {
        List<Object> pairs = popToMark();
        push(new Mapping());
        putAll(pairs);
      }
      case 's' -> putAll(pop(2));
      case 'u' -> putAll(popToMark());
      case 0x8f -> push(new Opaque("a set"));
      case 0x90 -> {
        popToMark();
        require(top(), Opaque.class, "a set");
      }
      case 0x91 -> {
        popToMark();
        push(new Opaque("a set"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void pushItems(List<Object> items) {
    Items list = new Items();
    list.items.addAll(items);
    push(list);
  }

  private void append(List<Object> items) {
    if (top() instanceof Items list) {
      list.items.addAll(items);
    } else {
      require(top(), Opaque.class, "a list");
    }
  }

  private void putAll(List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw damaged("keys and values in pairs", "a key without a value");
    }
    if (top() instanceof Mapping mapping) {
      charge((long) ENTRY * pairs.size() / 2);
      for (int i = 0; i < pairs.size(); i += 2) {
        mapping.put(pairs.get(i), pairs.get(i + 1));
      }
    } else {
      require(top(), Opaque.class, "a dict");
    }
  }

  private boolean machine(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = input.unsigned8();
        if (protocol > NEWEST) {
          throw TorchErrors.protocol(input.file(), here(), NEWEST, protocol);
        }
      }
      case 0x95 -> input.unsigned(8);
      case '(' -> marks.add(stack.size());
      case '0' -> popOrMark();
      case '1' -> popToMark();
      case '2' -> push(top());
      case 'p' -> remember(index(input.line()));
      case 'q' -> remember(input.unsigned(1));
      case 'r' -> remember(input.unsigned(4));
      case 0x94 -> remember(memo.size() + sparse.size());
      case 'g' -> push(remembered(index(input.line())));
      case 'h' -> push(remembered(input.unsigned(1)));
      case 'j' -> push(remembered(input.unsigned(4)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private long index(String line) {
    return require(decimal(line), Long.class, "a number in the memo");
  }

  private void popOrMark() {
    if (!marks.isEmpty() && marks.getLast() == stack.size()) {
      marks.removeLast();
    } else {
      pop();
    }
  }

  private void remember(long index) {
    if (index == memo.size()) {
      memo.add(top());
    } else if (index < memo.size() && index >= 0) {
      memo.set((int) index, top());
    } else {
      charge(ENTRY);
      sparse.put(index, top());
    }
  }

  private Object remembered(long index) {
    boolean isDense = index >= 0 && index < memo.size();
    Object value = isDense ? memo.get((int) index) : sparse.get(index);
    if (value == null) {
      throw damaged("a value that was remembered before", "number " + index + " of them");
    }
    return value;
  }

  private void object(int opcode) {
    charge(OBJECT);
    switch (opcode) {
      case 'c' -> push(global());
      case 0x93 -> {
        List<Object> names = pop(2);
        String module = require(names.get(0), String.class, "the name of a module");
        String name = require(names.get(1), String.class, "a name in a module");
        charge(module.length() + name.length());
        push(new Global(module, name));
      }
      case 'R', 0x81 -> {
        List<Object> pair = pop(2);
        Global function = require(pair.get(0), Global.class, "a function or a class");
        List<Object> arguments = require(pair.get(1), Tuple.class, "a tuple of arguments").items;
        push(opcode == 'R' ? call(function, arguments) : create(function, arguments));
      }
      case 0x92 -> {
        List<Object> triple = pop(3);
        Global type = require(triple.get(0), Global.class, "a class");
        push(create(type, require(triple.get(1), Tuple.class, "a tuple of arguments").items));
      }
      case 'i' -> {
        Global type = global();
        push(create(type, popToMark()));
      }
      case 'o' -> {
        List<Object> all = popToMark();
        Object type = all.isEmpty() ? None.NONE : all.getFirst();
        push(create(require(type, Global.class, "a class"), all.subList(1, all.size())));
      }
      case 'b' -> build(pop());
      case 'P' -> push(calls.persistent(here(), input.line()));
      case 'Q' -> push(calls.persistent(here(), pop()));
      default -> throw TorchErrors.opcode(input.file(), here(), opcode);
    }
  }

  private Global global() {
    Global global = new Global(input.line(), input.line());
    charge(global.name.length());
    return global;
  }

  private Object call(Global function, List<Object> arguments) {
    // A call may copy what it is given.
    for (Object argument : arguments) {
      charge((long) ENTRY * size(argument));
    }
    return calls.call(here(), function, arguments);
  }

  private static int size(Object value) {
    return switch (value) {
      case Items list -> list.items.size();
      case Tuple tuple -> tuple.items.size();
      case Mapping mapping -> mapping.entries.size();
      default -> 0;
    };
  }

  private Object create(Global type, List<Object> arguments) {
    return calls.create(here(), type, arguments);
  }

  /** The attributes of an OrderedDict, such as a state_dict's _metadata, hold no tensor. */
  private void build(Object state) {
    switch (top()) {
      case Instance instance -> instance.state = state;
      case Mapping _, Opaque _ -> {}
      default -> throw damaged("an object that has a state", TorchErrors.words(top()));
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    if (stack.size() <= floor()) {
      throw damaged("a value before it", "none");
    }
    return stack.getLast();
  }

  /** What is below the last mark is out of reach. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private Object pop() {
    Object top = top();
    stack.removeLast();
    return top;
  }

  /** The last values, in the order that they were pushed. */
  private List<Object> pop(int count) {
    if (stack.size() - floor() < count) {
      throw damaged(count + " values before it", "" + (stack.size() - floor()));
    }
    return cutAt(stack.size() - count);
  }

  private List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw damaged("a mark before it", "none");
    }
    return cutAt(marks.removeLast());
  }

  private List<Object> cutAt(int size) {
    List<Object> tail = stack.subList(size, stack.size());
    List<Object> values = List.copyOf(tail);
    tail.clear();
    return values;
  }

  private void charge(long bytes) {
    memory += bytes;
    if (memory > MOST_MEMORY) {
      throw TorchErrors.large(input.file(), here(), MOST_MEMORY);
    }
  }

  private <T> T require(Object value, Class<T> type, String expected) {
    if (!type.isInstance(value)) {
      throw damaged(expected, TorchErrors.words(value));
    }
    return type.cast(value);
  }

  private FormatException damaged(String expected, String got) {
    return TorchErrors.damaged(input.file(), here(), expected, got);
  }

  private String here() {
    return input.where(at);
  }
}
