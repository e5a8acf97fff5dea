package dev.lanewise.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what may have been meant. */
final class UsageWords {
  private static final int LONGEST = 60;

  private UsageWords() {}

  static String of(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(command, unmatched.getUnmatched().getFirst());
    }
    List<String> left = command.getUnmatchedArguments();
    // An option that is misspelt is missing too, which says less.
    if (e instanceof MissingParameterException && !left.isEmpty()) {
      return unknown(command, left.getFirst());
    }
    return String.valueOf(e.getMessage());
  }

  private static String unknown(CommandLine command, String argument) {
    int end = argument.indexOf('=');
    String name = argument.startsWith("-") && end > 0 ? argument.substring(0, end) : argument;
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + ".." : name;
    boolean isOption = name.startsWith("-");
    Collection<String> known = isOption ? options(command) : command.getSubcommands().keySet();
    if (known.isEmpty()) {
      return "expected options only, got \"" + shown + "\"";
    }
    String nearest = name.length() > LONGEST ? null : nearest(name, known);
    return "no "
        + (isOption ? "option " : "command ")
        + shown
        + (nearest == null
            ? isOption ? "" : "; there are " + String.join(", ", known)
            : "; did you mean " + nearest + "?");
  }

  private static Collection<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }

  /** The name of the fewest edits, at most two, or a third of its length; null for none. */
  static @Nullable String nearest(String name, Collection<String> known) {
    String nearest = null;
    int fewest = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        nearest = candidate;
        fewest = edits;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance, two neighbours changed with one another counted as one edit. */
  private static int edits(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int replaced = table[i - 1][j - 1] + (same ? 0 : 1);
        table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
      }
    }
    return table[a.length()][b.length()];
  }

  /** A path that an option gives. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      String reason = e.getReason().toLowerCase(Locale.ROOT);
      boolean locale = reason.contains("unmappable");
      throw new TypeConversionException(
          "expected a path, got one that this system cannot name ("
              + (locale ? "the locale has no such letter; set LC_ALL=C.UTF-8" : reason)
              + ")");
    }
  }
}
