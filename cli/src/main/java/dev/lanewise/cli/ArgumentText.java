package dev.lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * An option or a parameter in the words of {@code --help}, not yet broken into lines.
 *
 * @param label its names and what it takes: {@code -h, --help}, {@code --data=F.csv}
 * @param text what it does, default values filled in
 */
record ArgumentText(String label, String text) {
  /** Where picocli's renderers put the short name, the long one and the description. */
  private static final int SHORT = 1;

  private static final int LONG = 3;
  private static final int DESCRIPTION = 4;

  /** All of a command that are shown, parameters first, options in the order of {@code --help}. */
  static List<ArgumentText> of(CommandSpec command) {
    List<ArgumentText> all = new ArrayList<>();
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      if (!parameter.hidden()) {
        Help help = help(command);
        all.add(
            of(
                help.createDefaultParameterRenderer()
                    .render(parameter, help.parameterLabelRenderer(), help.colorScheme())));
      }
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        all.add(of(command, option));
      }
    }
    return all;
  }

  static ArgumentText of(CommandSpec command, OptionSpec option) {
    Help help = help(command);
    return of(
        help.createDefaultOptionRenderer()
            .render(option, help.parameterLabelRenderer(), help.colorScheme()));
  }

  private static Help help(CommandSpec command) {
    return new Help(command, Help.defaultColorScheme(Ansi.OFF));
  }

  private static ArgumentText of(Text[][] rows) {
    String label =
        Stream.of(rows[0][SHORT], rows[0][LONG])
            .map(Text::toString)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(", "));
    String text =
        Stream.of(rows).map(row -> row[DESCRIPTION].toString()).collect(Collectors.joining(" "));
    return new ArgumentText(label, text.strip());
  }

  /** What it does, as far as the first full stop. */
  String firstSentence() {
    return firstSentence(text);
  }

  static String firstSentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
