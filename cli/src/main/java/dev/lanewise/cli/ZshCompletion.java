package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion function of zsh: commands, options with what they do, files. */
final class ZshCompletion {
  /** X.npy, X.(npy|csv) and the like. */
  private static final Pattern FILE = Pattern.compile("\\w\\.[a-z(]");

  private ZshCompletion() {}

  /** The text of the file {@code _lanewise}. */
  static String of(CommandSpec program) {
    StringBuilder text = new StringBuilder();
    String name = program.name();
    text.append("#compdef ").append(name).append("\n\n");
    text.append("_").append(name).append("() {\n");
    text.append("  local context state state_descr line\n  typeset -A opt_args\n");
    arguments(text, "  ", "-C", program, List.of("1:command:->command", "*::argument:->argument"));
    text.append("  case $state in\n    command)\n      local -a commands\n      commands=(\n");
    for (CommandLine sub : program.subcommands().values()) {
      String[] what = sub.getCommandSpec().usageMessage().description();
      String first = ArgumentText.firstSentence(String.join(" ", what));
      text.append("        ").append(quoted(sub.getCommandName() + ":" + first)).append('\n');
    }
    text.append("      )\n      _describe command commands\n      ;;\n");
    text.append("    argument)\n      case $words[1] in\n");
    for (CommandLine sub : program.subcommands().values()) {
      text.append("        ").append(sub.getCommandName()).append(")\n");
      arguments(text, "          ", "-S", sub.getCommandSpec(), parameters(sub.getCommandSpec()));
      text.append("          ;;\n");
    }
    text.append("      esac\n      ;;\n  esac\n}\n\n");
    return text.append("_").append(name).append(" \"$@\"\n").toString();
  }

  private static void arguments(
      StringBuilder text, String indent, String how, CommandSpec command, List<String> last) {
    List<String> lines = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        lines.addAll(option(command, option));
      }
    }
    lines.addAll(last);
    text.append(indent).append("_arguments ").append(how);
    lines.forEach(line -> text.append(" \\\n").append(indent).append("  ").append(quoted(line)));
    text.append('\n');
  }

  /** A line for each of its names. One that may be repeated has a star. */
  private static List<String> option(CommandSpec command, OptionSpec option) {
    String text = ArgumentText.of(command, option).firstSentence();
    boolean takesValue = option.arity().max() > 0;
    List<String> lines = new ArrayList<>();
    for (String name : option.names()) {
      String star = option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
      String value = takesValue ? ":" + label(option.paramLabel()) + ":" + action(option) : "";
      lines.add(star + name + (takesValue ? "=" : "") + "[" + escaped(text, "\\[]") + "]" + value);
    }
    return lines;
  }

  /** Any number of the first parameter: zsh need not count them. */
  private static List<String> parameters(CommandSpec command) {
    return command.positionalParameters().stream()
        .limit(1)
        .map(first -> "*:" + label(first.paramLabel()) + ":" + action(first))
        .toList();
  }

  /** Files for what is a path, or is called like a file. */
  private static String action(ArgSpec argument) {
    boolean path =
        List.of(argument.typeInfo().getType(), argument.auxiliaryTypes()[0]).contains(Path.class);
    return path || FILE.matcher(argument.paramLabel()).find() ? "_files" : " ";
  }

  private static String label(String text) {
    return escaped(text, "\\:");
  }

  /** With a backslash before each of these characters. */
  private static String escaped(String text, String characters) {
    return text.chars()
        .mapToObj(c -> (characters.indexOf(c) >= 0 ? "\\" : "") + (char) c)
        .collect(Collectors.joining());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
