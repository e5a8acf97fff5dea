package dev.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what shells know of the command line, where shells look for it below a prefix: completion
 * for bash and zsh, and a manual page for each command.
 */
final class ShellFiles {
  private ShellFiles() {}

  /**
   * Writes the files. What is there already is written over.
   *
   * @param args the prefix, such as {@code /usr/local/share}
   * @throws IOException when a file cannot be written
   */
  static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("ShellFiles: expected one directory, got " + args.length);
    }
    write(Path.of(args[0]));
  }

  private static void write(Path prefix) throws IOException {
    CommandLine program = Main.commandLine();
    CommandSpec root = program.getCommandSpec();
    write(
        prefix.resolve("bash-completion/completions").resolve(root.name()),
        AutoComplete.bash(root.name(), program));
    write(prefix.resolve("zsh/site-functions").resolve("_" + root.name()), ZshCompletion.of(root));
    String version = root.version()[0];
    Path manual = prefix.resolve("man/man1");
    write(manual.resolve(ManPage.fileName(root)), ManPage.of(root, version));
    for (CommandLine sub : root.subcommands().values()) {
      CommandSpec command = sub.getCommandSpec();
      write(manual.resolve(ManPage.fileName(command)), ManPage.of(command, version));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
