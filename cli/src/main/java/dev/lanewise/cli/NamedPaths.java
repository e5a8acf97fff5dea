package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of an option {@code [NAME=]PATH} that may be given several times. A path that holds
 * "=" itself is given with a directory: {@code ./a=b.npy}.
 */
final class NamedPaths {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.+)");

  private NamedPaths() {}

  /**
   * The paths by name, in the order given.
   *
   * @param first the name of a path without one
   * @param others the names beside it
   * @param remedy what to add where a name is another; may be empty
   */
  static Map<String, Path> parse(
      String option, List<String> values, String first, List<String> others, String remedy) {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String value : values) {
      Matcher named = NAMED.matcher(value);
      String name = named.matches() ? named.group(1) : first;
      if (!name.equals(first) && !others.contains(name)) {
        String known = first + ", " + String.join(", ", others);
        throw new InputException(
            option + " " + value + ": expected one of the names " + known + remedy);
      }
      Path path = path(option, named.matches() ? named.group(2) : value);
      if (paths.put(name, path) != null) {
        throw new InputException(option + " " + value + ": " + name + " is given twice");
      }
    }
    return paths;
  }

  private static Path path(String option, String text) {
    try {
      return UsageWords.path(text);
    } catch (TypeConversionException e) {
      throw new InputException(option + ": " + e.getMessage(), e);
    }
  }
}
