package dev.lanewise.formats.text;

import dev.lanewise.formats.Printable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the messages of all rooms have in common. */
public final class Phrases {
  public static final String CUT =
      "the file is cut short: copy it again, or write it again where it came from";

  /** Of what another part of the library, or another library, says: characters. */
  public static final int MOST_SAID = 1000;

  private static final int MOST_NAMES = 40;
  private static final int LONGEST_LIST = 1000;
  private static final int LONGEST_NAME = 120;

  private Phrases() {}

  /** A place in a file, in bytes. */
  public static String at(long position) {
    return "byte " + position;
  }

  /** Text of a file. */
  public static String quoted(String text) {
    return quoted(text, LONGEST_NAME);
  }

  /** Text of a file, cut at so many characters. */
  public static String quoted(String text, int most) {
    return "\"" + Printable.of(text, most) + "\"";
  }

  /** As many names as are read at a glance; the rest is counted. */
  public static String list(Collection<String> names) {
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (String name : names) {
      if (count == MOST_NAMES || shown.length() > LONGEST_LIST) {
        return shown + ", .. (" + names.size() + " in all)";
      }
      shown.append(count++ == 0 ? "" : ", ").append(Printable.of(name, LONGEST_NAME));
    }
    return shown.toString();
  }

  /** How many there are. */
  public static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** A byte. */
  public static String hex(int value) {
    return String.format(Locale.ROOT, "%02x", value & 0xff);
  }

  /** A byte that is a character or is not. */
  public static String shown(int character) {
    return character > ' ' && character < 0x7f
        ? "\"" + (char) character + "\""
        : "byte " + hex(character);
  }

  /** A shape. */
  public static String axes(long[] dims) {
    String list = Arrays.toString(dims);
    return "(" + list.substring(1, list.length() - 1) + ")";
  }

  /** The constants of a type. */
  public static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  /** Advice where a name is nearly one of those known. */
  public static String meant(String name, Collection<String> names) {
    String nearest = NearestName.of(name, names);
    return nearest == null ? "" : "did you mean " + quoted(nearest) + "?";
  }

  /** The first bytes of a file that nothing is known of. */
  public static String start(byte[] head) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(4, head.length); i++) {
      bytes.append(' ').append(hex(head[i]));
    }
    return head.length == 0 ? "an empty file" : "the bytes" + bytes;
  }
}
