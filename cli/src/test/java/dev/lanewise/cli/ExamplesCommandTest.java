package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.Example;
import dev.lanewise.examples.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesCommandTest {
  private static List<String> headings(Terminal run) {
    return run.out().lines().filter(line -> line.startsWith("# ")).toList();
  }

  @Test
  void runsAllInOrder() {
    Terminal run = Terminal.run("examples");
    assertEquals(0, run.exit(), run.err());
    List<String> all =
        Examples.all().stream().map(e -> "# " + e.name() + ": " + e.description()).toList();
    assertEquals(all, headings(run));
  }

  @Test
  void runsThoseThatAreNamedWhateverTheCase() {
    Terminal run = Terminal.run("examples", "OneSequence", "rowsAsTimesteps");
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        List.of(
            "# OneSequence: Ten numbers, one after the other",
            "# RowsAsTimesteps: A table whose rows are the steps of one sequence, (10, 20)"),
        headings(run));
    assertTrue(run.out().contains("\nSequences.rows(table)      (1, 10, 20)\n"), run.out());
  }

  @Test
  void refusesAnUnknownNameBeforeItRunsAny() {
    Terminal run = Terminal.run("examples", "OneSequence", "Sine");
    assertEquals(2, run.exit());
    assertEquals("", run.out());
    String names = String.join(", ", Examples.all().stream().map(Example::name).toList());
    assertEquals(
        "lanewise: no example \"Sine\"; there are " + names + "\nUsage: lanewise examples --help\n",
        run.err().replace("\r\n", "\n"));
  }
}
