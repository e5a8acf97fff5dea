package dev.lanewise.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is plain: ASCII, escapes of one letter, nothing long or deep, no key twice. It
 * takes nothing that {@link Jackson} refuses, and makes the same of it. Whatever else a text is,
 * valid or not, is left to that, and so is what an error says.
 *
 * <p>So our own files are read without the hundred classes of a parser, which a new JVM would have
 * to load. For one text.
 */
final class PlainJson {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_LETTERS = 1 << 15;
  private static final int MOST_DIGITS = 64;
  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t"; // by each of these

  private final byte[] bytes;
  private int at;
  private int values;

  private PlainJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The one value of a text, as {@link Json} gives it; null where the text is not plain. */
  static @Nullable Object read(byte[] bytes) {
    PlainJson json = new PlainJson(bytes);
    Object value = json.value(0);
    return json.next() < 0 ? value : null;
  }

  private @Nullable Object value(int depth) {
    if (++values > Json.MOST_VALUES || depth > MOST_DEPTH) {
      return null;
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> text();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Json.Null.NULL);
      default -> number();
    };
  }

  private @Nullable Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    if (take('}')) {
      return members;
    }
    do {
      String name = next() == '"' ? text() : null;
      Object value = name != null && take(':') ? value(depth + 1) : null;
      if (name == null || value == null || members.put(name, value) != null) {
        return null;
      }
    } while (take(','));
    return take('}') ? members : null;
  }

  private @Nullable List<Object> array(int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    if (take(']')) {
      return items;
    }
    do {
      Object item = value(depth + 1);
      if (item == null) {
        return null;
      }
      items.add(item);
    } while (take(','));
    return take(']') ? items : null;
  }

  private @Nullable String text() {
    StringBuilder text = new StringBuilder();
    for (at++; at < bytes.length && text.length() < MOST_LETTERS; at++) {
      byte letter = bytes[at];
      if (letter == '"') {
        at++;
        return text.toString();
      }
      if (letter == '\\') {
        at++;
        int escape = ESCAPED.indexOf(here());
        if (escape < 0) {
          return null;
        }
        text.append(MEANT.charAt(escape));
      } else if (letter < ' ') { // and so is what is not ASCII
        return null;
      } else {
        text.append((char) letter);
      }
    }
    return null;
  }

  private @Nullable Object word(String word, Object meant) {
    for (int i = 0; i < word.length(); i++) {
      if (here() != word.charAt(i)) {
        return null;
      }
      at++;
    }
    return meant;
  }

  private Json.@Nullable Digits number() {
    int from = at;
    skip('-');
    boolean valid = skip('0') || digits();
    if (valid && skip('.')) {
      valid = digits();
    }
    if (valid && (skip('e') || skip('E'))) {
      if (!skip('+')) {
        skip('-');
      }
      valid = digits();
    }
    int length = at - from;
    return valid && length <= MOST_DIGITS
        ? new Json.Digits(new String(bytes, from, length, StandardCharsets.US_ASCII))
        : null;
  }

  /** Goes past digits. Whether there is one. */
  private boolean digits() {
    int from = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    return at > from;
  }

  /** Goes past blanks and a sign, where it is there. */
  private boolean take(char sign) {
    return next() == sign && skip(sign);
  }

  private boolean skip(char sign) {
    boolean there = here() == sign;
    at += there ? 1 : 0;
    return there;
  }

  /** Goes past blanks. What is there then; -1 at the end. */
  private int next() {
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
      at++;
    }
    return here();
  }

  private int here() {
    return at < bytes.length ? bytes[at] & 0xff : -1;
  }
}
