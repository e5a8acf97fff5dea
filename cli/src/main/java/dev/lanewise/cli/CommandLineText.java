package dev.lanewise.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The command line that runs, as a shell takes it. */
final class CommandLineText {
  private static final Pattern SAFE = Pattern.compile("[\\w.,:/=@%+-]+");

  private CommandLineText() {}

  static String of(CommandSpec spec) {
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    Stream<String> name = Stream.of(spec.root().name());
    return Stream.concat(name, words.stream())
        .map(CommandLineText::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
