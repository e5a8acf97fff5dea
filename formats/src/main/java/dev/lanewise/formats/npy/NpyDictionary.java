package dev.lanewise.formats.npy;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.tensor.Shape;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the dictionary in an {@code .npy} header: a Python literal such as {@code {'descr': '<f4',
 * 'fortran_order': False, 'shape': (3, 4), }}, with these three keys, each once, in any order.
 */
final class NpyDictionary {
  private static final int MOST_AXES = 64;
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f8", ElementType.F64),
          Map.entry("f4", ElementType.F32),
          Map.entry("f2", ElementType.F16),
          Map.entry("i8", ElementType.I64),
          Map.entry("i4", ElementType.I32),
          Map.entry("i2", ElementType.I16),
          Map.entry("i1", ElementType.I8),
          Map.entry("u8", ElementType.U64),
          Map.entry("u4", ElementType.U32),
          Map.entry("u2", ElementType.U16),
          Map.entry("u1", ElementType.U8),
          Map.entry("b1", ElementType.BOOL));

  private final Path file;
  private final byte[] bytes;
  private final long start;
  private int position;

  private @Nullable ElementType type;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private @Nullable Boolean fortranOrder;
  private long @Nullable [] dims;
  private long dimsAt;

  /**
   * @param start where {@code bytes} begin in the file, in bytes
   */
  NpyDictionary(Path file, byte[] bytes, long start) {
    this.file = file;
    this.bytes = bytes;
    this.start = start;
  }

  NpyHeader parse() {
    require('{', "\"{\"");
    while (peek() != '}') {
      entry();
      if (peek() == ',') {
        position++;
      } else if (peek() != '}') {
        throw unexpected("\",\" or \"}\"");
      }
    }
    position++;
    if (peek() >= 0) {
      throw unexpected("nothing but blanks after \"}\"");
    }
    ElementType knownType = requireKey("descr", type);
    boolean knownOrder = requireKey("fortran_order", fortranOrder);
    Shape shape = shape(requireKey("shape", dims), knownType);
    return new NpyHeader(knownType, order, knownOrder, shape, start + bytes.length);
  }

  private void entry() {
    long at = at();
    String key = string("a key in quotes");
    require(':', "\":\"");
    switch (key) {
      case "descr" -> {
        requireFirst(key, type == null, at);
        type();
      }
      case "fortran_order" -> {
        requireFirst(key, fortranOrder == null, at);
        fortranOrder = truth();
      }
      case "shape" -> {
        requireFirst(key, dims == null, at);
        peek();
        dimsAt = at();
        dims = tuple();
      }
      default -> throw NpyErrors.key(file, at, key);
    }
  }

  private void requireFirst(String key, boolean first, long at) {
    if (!first) {
      throw NpyErrors.keyTwice(file, at, key);
    }
  }

  private <T> T requireKey(String key, @Nullable T value) {
    if (value == null) {
      throw NpyErrors.keyMissing(file, start, key);
    }
    return value;
  }

  private void type() {
    int first = peek();
    long at = at();
    if (first == '[') {
      throw NpyErrors.structured(file, at);
    }
    String descr = string("a type in quotes");
    type = descr.length() == 3 ? TYPES.get(descr.substring(1)) : null;
    char mark = descr.isEmpty() ? ' ' : descr.charAt(0);
    boolean ordered = mark == '<' || mark == '>' || mark == '=';
    if (type == null || !(ordered || (mark == '|' && type.bytes() == 1))) {
      throw NpyErrors.type(file, at, descr);
    }
    if (mark == '=') {
      order = ByteOrder.nativeOrder();
    } else {
      order = mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
  }

  private boolean truth() {
    peek();
    for (String word : new String[] {"True", "False"}) {
      int end = Math.min(bytes.length, position + word.length());
      if (text(position, end).equals(word)) {
        position = end;
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  private long[] tuple() {
    require('(', "\"(\"");
    long[] lengths = new long[MOST_AXES];
    int axes = 0;
    while (peek() != ')') {
      if (axes == MOST_AXES) {
        throw NpyErrors.manyAxes(file, at(), MOST_AXES);
      }
      lengths[axes++] = integer();
      if (peek() == ',') {
        position++;
      } else if (peek() != ')' || axes == 1) {
        // One length without a comma is no tuple in Python.
        throw unexpected(axes == 1 ? "\",\"" : "\",\" or \")\"");
      }
    }
    position++;
    return java.util.Arrays.copyOf(lengths, axes);
  }

  private long integer() {
    peek();
    int from = position;
    while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    if (position == from) {
      throw unexpected("a length, 0 or more");
    }
    String digits = text(from, position);
    if (position < bytes.length && bytes[position] == 'L') {
      // Python 2 wrote its long integers so.
      position++;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw NpyErrors.length(file, start + from, digits, e);
    }
  }

  private String string(String expected) {
    int quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unexpected(expected);
    }
    int from = position + 1;
    int to = from;
    while (to < bytes.length && bytes[to] != quote) {
      to++;
    }
    position = to;
    if (to == bytes.length) {
      throw unexpected("the closing quote of the string at byte " + (start + from - 1));
    }
    position++;
    return text(from, to);
  }

  private Shape shape(long[] lengths, ElementType knownType) {
    if (Sizes.extent(lengths, knownType.bytes()) == Sizes.TOO_MANY) {
      throw NpyErrors.overflow(file, dimsAt, lengths, knownType);
    }
    return Shape.of(lengths);
  }

  private void require(int character, String expected) {
    if (peek() != character) {
      throw unexpected(expected);
    }
    position++;
  }

  /** The next character that is no blank, or -1 at the end. */
  private int peek() {
    while (position < bytes.length && (bytes[position] == ' ' || bytes[position] == '\n')) {
      position++;
    }
    return position < bytes.length ? bytes[position] & 0xff : -1;
  }

  private long at() {
    return start + position;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private FormatException unexpected(String expected) {
    int next = peek();
    return NpyErrors.syntax(file, at(), expected, next);
  }
}
