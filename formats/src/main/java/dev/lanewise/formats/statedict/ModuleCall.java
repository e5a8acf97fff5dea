package dev.lanewise.formats.statedict;

import dev.lanewise.formats.text.Phrases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a module is called: what its tensors do not say. {@code conv:relu:padding=1} has a flag and a
 * setting. What nobody read is an error, what nobody said is a note. Not thread-safe.
 */
final class ModuleCall {
  private final Path file;
  private final String text;
  private final String name;
  private final List<String> words;
  private final List<String> unread;
  private final List<String> notes;
  private final Set<String> known = new LinkedHashSet<>();

  private ModuleCall(Path file, String text, List<String> notes) {
    this.file = file;
    this.text = text;
    List<String> parts = List.of(text.split(":", -1));
    this.name = parts.getFirst().strip();
    this.words = parts.subList(1, parts.size()).stream().map(String::strip).toList();
    this.unread = new ArrayList<>(words);
    this.notes = notes;
  }

  /**
   * As written in a list.
   *
   * @param notes takes what was assumed
   */
  static ModuleCall of(Path file, String text, List<String> notes) {
    return new ModuleCall(file, text, notes);
  }

  String name() {
    return name;
  }

  Path file() {
    return file;
  }

  /** Whether a word is there. */
  boolean has(String word) {
    known.add(word);
    return unread.remove(word);
  }

  /** The value of a setting, or what the class has where it is not said. */
  double number(String setting, double otherwise) {
    String value = string(setting);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw ModuleErrors.setting(file, text, setting, "a number", value);
    }
  }

  /** The same, of a whole number. */
  int whole(String setting, int least, int otherwise) {
    double value = number(setting, otherwise);
    if (value != Math.rint(value) || value < least || value > Integer.MAX_VALUE) {
      String expected = "a whole number from " + least;
      throw ModuleErrors.setting(file, text, setting, expected, string(setting, words));
    }
    return (int) value;
  }

  /** The value of a setting; empty where it is not said. */
  String string(String setting) {
    known.add(setting + "=..");
    String value = string(setting, unread);
    unread.remove(setting + "=" + value);
    return value;
  }

  private static String string(String setting, List<String> among) {
    return among.stream()
        .filter(word -> word.startsWith(setting + "="))
        .map(word -> word.substring(setting.length() + 1))
        .findFirst()
        .orElse("");
  }

  /** The first word that nobody has read yet; empty where there is none. */
  String next() {
    return unread.isEmpty() ? "" : unread.getFirst();
  }

  /** Notes what stands for the settings that are not said. */
  void assume(String module, String settings) {
    if (words.isEmpty()) {
      notes.add((module.isEmpty() ? "it" : Phrases.quoted(module)) + " is taken with " + settings);
    }
  }

  /** Refuses words that say nothing. */
  void requireRead() {
    if (!unread.isEmpty()) {
      throw ModuleErrors.word(file, text, unread.getFirst(), known);
    }
  }
}
