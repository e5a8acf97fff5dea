package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

@DisabledOnOs(OS.WINDOWS)
class ShellFilesTest {
  @TempDir private Path prefix;

  @BeforeEach
  void write() throws IOException {
    ShellFiles.main(new String[] {prefix.toString()});
  }

  private static List<CommandSpec> commands() {
    CommandLine program = Main.commandLine();
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream())
        .map(CommandLine::getCommandSpec)
        .toList();
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What a command prints, errors too; it must end well. */
  private String printed(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(prefix.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  private String completed(String line) throws Exception {
    String script =
        """
        source bash-completion/completions/lanewise
        IFS=' ' read -ra COMP_WORDS <<<"$1."
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%.}
        COMP_LINE=$1 COMP_POINT=${#1}
        _complete_lanewise 2>/dev/null
        echo "${COMPREPLY[*]}"
        """;
    return printed("bash", "-c", script, "bash", line).strip();
  }

  @Test
  void aPageForEachCommand() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    commands().forEach(command -> expected.add(ManPage.fileName(command)));
    assertTrue(expected.containsAll(List.of("lanewise.1", "lanewise-train.1")), "" + expected);
    try (Stream<Path> pages = Files.list(prefix.resolve("man/man1"))) {
      assertEquals(
          expected,
          pages
              .map(page -> page.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void aPageSaysWhatHelpSays() throws Exception {
    for (CommandSpec command : commands()) {
      String page =
          Files.readString(prefix.resolve("man/man1").resolve(ManPage.fileName(command)))
              .replace("\\-", "-")
              .replace("\\(aq", "'");
      for (OptionSpec option : command.options()) {
        assertTrue(page.contains(option.longestName()), option + " in " + command.name());
      }
      String help = command.commandLine().getUsageMessage().replaceAll("\\s+", "");
      String text = page.replaceAll("\\s+", "").replace("\\(ti", "~").replace("\\(ha", "^");
      for (ArgumentText argument : ArgumentText.of(command)) {
        String words = argument.text().replaceAll("\\s+", "");
        assertTrue(help.contains(words), argument + " in the help of " + command.name());
        assertTrue(text.contains(words), argument + " in the page of " + command.name());
      }
    }
  }

  @Test
  void aTextThatLooksLikeARequestIsNone() {
    CommandSpec command = CommandSpec.create().name("x");
    command.usageMessage().description(".csv of a \\ 'b'");
    String page = ManPage.of(command, "x 1");
    assertTrue(page.contains("\n\\&.csv of a \\e \\(aqb\\(aq\n"), page);
  }

  @Test
  void groffReadsEachPageWithoutAWarning() throws Exception {
    assumeTrue(isThere("groff"), "no groff");
    for (CommandSpec command : commands()) {
      String page = "man/man1/" + ManPage.fileName(command);
      assertEquals("", printed("groff", "-man", "-Tascii", "-ww", "-z", page), page);
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assertEquals("", printed("bash", "-n", "bash-completion/completions/lanewise"));
    assertEquals("inspect", completed("lanewise ins"));
    assertEquals(
        String.join(" ", Main.commandLine().getSubcommands().keySet()), completed("lanewise "));
    assertEquals("--log --level --layers --loss --lr", completed("lanewise train --l"));
  }

  @Test
  void zshCompletesWhatItSays() throws Exception {
    String text = Files.readString(prefix.resolve("zsh/site-functions/_lanewise"));
    assertTrue(text.startsWith("#compdef lanewise\n"), text);
    assertTrue(text.contains("\n        'inspect:Show what a model file holds'\n"), text);
    assertTrue(
        text.contains("'(--level)--level[Learn the target'\\''s level]' \\\n"), "quoted: " + text);
    assertTrue(text.contains("'*--input=[npy: (batch, timesteps, features)]:"), text);
    assertTrue(text.contains("]:M2.safetensors:_files' \\\n"), text);
    assertTrue(text.contains("'(-h --help)-h[Show this help message and exit]' \\\n"), text);
    assumeTrue(isThere("zsh"), "no zsh");
    assertEquals("", printed("zsh", "-n", "zsh/site-functions/_lanewise"));
  }
}
