package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
  /** What begins as a path with a directory of its own has no name before it. */
  private static final Pattern NAMED = Pattern.compile("(?![./\\\\]|[A-Za-z]:[/\\\\])([^=]+)=(.+)");

  private NamedPaths() {}

  /**
   * One value.
   *
   * @param text as it was given
   * @param name empty where it has none
   */
  record Given(String text, String name, Path path) {}

  /**
   * Each value's name and path.
   *
   * @param known names that are taken whole, whatever is in them, the longest first
   */
  static List<Given> split(String option, List<String> values, Collection<String> known) {
    List<Given> all = new ArrayList<>();
    for (String value : values) {
      String name = name(value, known);
      int from = name.isEmpty() ? 0 : name.length() + 1;
      all.add(new Given(value, name, path(option, value.substring(from))));
    }
    return all;
  }

  /** Refuses what no name makes a path, before a model says its names. */
  static void requirePaths(String option, List<String> values) {
    values.forEach(value -> path(option, value));
  }

  private static String name(String value, Collection<String> known) {
    String longest =
        known.stream()
            .filter(name -> value.startsWith(name + "=") && value.length() > name.length() + 1)
            .max(Comparator.comparingInt(String::length))
            .orElse("");
    Matcher named = NAMED.matcher(value);
    return longest.isEmpty() && named.matches() ? named.group(1) : longest;
  }

  /**
   * The paths by name, in the order given.
   *
   * @param first the name of a path without one
   * @param others the names beside it
   */
  static Map<String, Path> parse(
      String option, List<String> values, String first, List<String> others) {
    List<String> known = new ArrayList<>(List.of(first));
    known.addAll(others);
    Map<String, Path> paths = new LinkedHashMap<>();
    for (Given given : split(option, values, known)) {
      String name = given.name().isEmpty() ? first : given.name();
      if (!known.contains(name)) {
        throw new InputException(
            option
                + " "
                + given.text()
                + ": expected one of the names "
                + String.join(", ", known)
                + (name.contains("/") ? "; a path that holds \"=\" begins with ./" : ""));
      }
      put(option, paths, name, given);
    }
    return paths;
  }

  /** Refuses a name that is there already. */
  static void put(String option, Map<String, Path> paths, String name, Given given) {
    if (paths.put(name, given.path()) != null) {
      throw new InputException(option + " " + given.text() + ": " + name + " is given twice");
    }
  }

  /** Refuses inputs of which two are standard input. */
  static void requireStdinOnce(Map<String, Path> inputs) {
    List<String> stdin =
        inputs.entrySet().stream()
            .filter(each -> StandardStreams.is(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (stdin.size() > 1) {
      throw new InputException(
          "--input -: expected stdin once, got it for " + String.join(" and ", stdin));
    }
  }

  private static Path path(String option, String text) {
    try {
      return UsageWords.path(text);
    } catch (TypeConversionException e) {
      throw new InputException(option + ": " + e.getMessage(), e);
    }
  }
}
