package dev.lanewise.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the inputs or outputs of a graph may be called on the command line: by their names, and by
 * place where none has such a name: {@code in0}, {@code out1}.
 */
final class PortNames {
  private final String option;
  private final String kind;
  private final List<String> names;
  private final Pattern place;

  private PortNames(String option, String kind, String prefix, List<String> names) {
    this.option = option;
    this.kind = kind;
    this.names = names;
    this.place = Pattern.compile(prefix + "([0-9]{1,9})");
  }

  /** Of an option of one's own; a place is the prefix and a number. */
  static PortNames of(String option, String kind, String prefix, List<String> names) {
    return new PortNames(option, kind, prefix, names);
  }

  static PortNames inputs(List<String> names) {
    return new PortNames("--input", "input", "in", names);
  }

  static PortNames outputs(List<String> names) {
    return new PortNames("--out", "output", "out", names);
  }

  List<String> names() {
    return names;
  }

  /** The name in the model; null where it has none such. */
  @Nullable String find(String given) {
    if (names.contains(given)) {
      return given;
    }
    if (given.isEmpty()) {
      return names.size() == 1 ? names.getFirst() : null;
    }
    Matcher matcher = place.matcher(given);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= names.size()) {
      return null;
    }
    return names.get(Integer.parseInt(matcher.group(1)));
  }

  /** The name in the model; refuses another. */
  String of(NamedPaths.Given given) {
    String name = find(given.name());
    if (name == null) {
      throw unknown(given);
    }
    return name;
  }

  InputException unknown(NamedPaths.Given given) {
    String said = option + " " + given.text() + ": expected ";
    return new InputException(
        given.name().isEmpty()
            ? said + option + " NAME=" + given.path() + "; " + theirs()
            : said + "one of the names of the model; " + theirs());
  }

  /** For errors: {@code the model's inputs are sensors, site}. */
  String theirs() {
    return "the model's "
        + kind
        + (names.size() == 1 ? " is " : "s are ")
        + String.join(", ", names);
  }
}
