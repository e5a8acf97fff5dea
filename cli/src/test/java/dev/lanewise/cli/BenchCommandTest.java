package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.kernels.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
  private static final String TINY = "B=1,T=1,F=2,H=3";

  private static void refused(String message, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "bench";
    System.arraycopy(options, 0, args, 1, options.length);
    Terminal run = Terminal.run(args);
    assertEquals(2, run.exit());
    assertEquals("", run.out());
    assertEquals("lanewise: " + message + "\n", run.err().replace("\r\n", "\n"));
  }

  @Test
  void timesAShapeAndSaysOnWhat() {
    Terminal run = Terminal.run("bench", "--shapes", TINY, "--threads", "1");
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches(
                "shape +layer +work +batch +timesteps +features +units +time +GFLOP/s +share +floor of"),
        lines.get(0));
    assertTrue(
        lines
            .get(1)
            .matches(
                "own +lstm +step +1 +1 +2 +3 +[0-9.]+ (ns|us|ms) +[0-9.]+ +[0-9.]+ +(products|weights)"),
        lines.get(1));
    assertEquals("", lines.get(2));
    assertTrue(
        lines.get(3).startsWith("Kernels: " + Kernels.implementation() + ", on 1 thread. JDK "),
        lines.get(3));
  }

  /** All kinds of work, on more threads than one, in numbers that belong together. */
  @Test
  void asJson() {
    String shapes = TINY + ",B=2,T=3,F=4,H=5,train:B=2,T=3,F=4,H=5";
    Terminal run =
        Terminal.run("bench", "--shapes", shapes, "--layer", "gru", "--threads", "2", "--json");
    assertEquals(0, run.exit(), run.err());
    JsonNode all = JsonMapper.builder().build().readTree(run.out());
    assertEquals(
        Math.min(2, Runtime.getRuntime().availableProcessors()), all.get("threads").asInt());
    assertEquals(3, all.get("rows").size());
    double[] operations = {
      2 * 3 * 3 * (2 + 3), 2 * 3 * 2 * 3 * 5 * 9, 2 * 3 * 2 * 3 * 5 * (2 * 9 + 5)
    };
    String[] work = {"step", "predict", "train"};
    for (int i = 0; i < 3; i++) {
      JsonNode row = all.get("rows").get(i);
      assertEquals("gru", row.get("layer").asString());
      assertEquals(work[i], row.get("work").asString());
      double nanos = row.get("nanoseconds").asDouble();
      assertTrue(nanos > 10, row.toString());
      assertEquals(operations[i] / nanos, row.get("gflops").asDouble(), 1e-9);
      assertTrue(row.get("share").asDouble() > 0, row.toString());
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refused("--layer rnn: expected lstm or gru", "--layer", "rnn");
    refused("--threads -1: expected 1 or more, or 0 for all cores", "--threads", "-1");
    refused(
        "no option --shape; did you mean --shapes?\nUsage: lanewise bench --help", "--shape=mnist");
  }

  /** More than any machine has is a message, not a number. */
  @Test
  void saysThatAShapeDoesNotFit() {
    Terminal run = Terminal.run("bench", "--shapes", "B=1,T=1,F=1,H=1000000");
    assertEquals(1, run.exit());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
  }

  @Test
  void itsHelpNamesAllShapesAndTheFormula() {
    Terminal run = Terminal.run("bench", "--help");
    assertEquals(0, run.exit());
    String help = run.out().replaceAll("\\s+", " ");
    String names = String.join(", ", PublishedShapes.names());
    assertTrue(help.contains("Names: " + names + ", each with -gru"), help);
    assertTrue(
        help.contains("2 * gates * batch * timesteps * units * (features + units), with 4 gates"),
        help);
  }
}
