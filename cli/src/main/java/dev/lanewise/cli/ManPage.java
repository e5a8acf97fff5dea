package dev.lanewise.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page of a command, in the language of {@code man}: what {@code --help} says. */
final class ManPage {
  /** So wide that the synopsis stays on one line: {@code man} breaks it. */
  private static final int ONE_LINE = 10_000;

  private static final String SECTION = "1";

  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /** What its file is called, such as {@code lanewise-train.1}. */
  static String fileName(CommandSpec command) {
    return name(command) + "." + SECTION;
  }

  /**
   * The page.
   *
   * @param version the program's version, for the foot of the page
   */
  static String of(CommandSpec command, String version) {
    return new ManPage(command).write(version);
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String write(String version) {
    String name = name(command);
    String what = String.join(" ", command.usageMessage().description());
    request("TH", name.toUpperCase(Locale.ROOT), SECTION, "", version, "Lanewise");
    // Words are not split, and blanks not stretched: options stay as they are typed.
    page.append(".nh\n.ad l\n");
    request("SH", "NAME");
    line(name + " - " + ArgumentText.firstSentence(what));
    request("SH", "SYNOPSIS");
    line(synopsis());
    request("SH", "DESCRIPTION");
    line(what);
    arguments();
    commands();
    for (String line : command.usageMessage().footer()) {
      if (line.isEmpty()) {
        request("PP");
      } else {
        line(line);
      }
    }
    request("SH", "EXIT STATUS");
    tagged("0", "Done.");
    tagged("1", "The work failed.");
    tagged("2", "Bad usage or input.");
    seeAlso();
    return page.toString();
  }

  private String synopsis() {
    command.usageMessage().width(ONE_LINE);
    return new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
  }

  private void arguments() {
    List<ArgumentText> all = ArgumentText.of(command);
    if (!all.isEmpty()) {
      request("SH", "OPTIONS");
      all.forEach(each -> tagged(each.label(), each.text()));
    }
  }

  private void commands() {
    if (!command.subcommands().isEmpty()) {
      request("SH", "COMMANDS");
      for (CommandLine each : command.subcommands().values()) {
        CommandSpec sub = each.getCommandSpec();
        tagged(sub.name(), String.join(" ", sub.usageMessage().description()));
      }
    }
  }

  private void seeAlso() {
    request("SH", "SEE ALSO");
    CommandSpec parent = command.parent();
    if (parent != null) {
      line(name(parent) + "(" + SECTION + ")");
      return;
    }
    line(
        String.join(
            ", ",
            command.subcommands().values().stream()
                .map(each -> name(each.getCommandSpec()) + "(" + SECTION + ")")
                .toList()));
  }

  private void tagged(String tag, String text) {
    request("TP");
    page.append("\\fB").append(escaped(tag)).append("\\fR\n");
    line(text);
  }

  private void request(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  /** A full stop or an apostrophe that begins a line would be a request. */
  private void line(String text) {
    String escaped = escaped(text);
    page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "");
    page.append(escaped).append('\n');
  }

  /** A hyphen as it is typed, and no typographic quotes: options are copied from the page. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .replace("`", "\\(ga");
  }
}
