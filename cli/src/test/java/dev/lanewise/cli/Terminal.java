package dev.lanewise.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command printed and how it ended, run in this JVM or by the {@link GivenLauncher}.
 *
 * @param exit its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Terminal(int exit, String out, String err) {

  static Terminal run(String... args) {
    return GivenLauncher.isThere() ? GivenLauncher.run(new byte[0], args) : runHere(args);
  }

  private static Terminal runHere(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal run = run(new PrintStream(out, true, StandardCharsets.UTF_8), args);
    return new Terminal(run.exit, out.toString(StandardCharsets.UTF_8), run.err);
  }

  /** With so many bytes on stdin. */
  static Terminal runWith(byte[] input, String... args) {
    if (GivenLauncher.isThere()) {
      return GivenLauncher.run(input, args);
    }
    InputStream trueIn = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input));
      return runHere(args);
    } finally {
      System.setIn(trueIn);
    }
  }

  /** Without what it wrote to stdout, which is given. */
  static Terminal run(PrintStream out, String... args) {
    PrintStream trueOut = System.out;
    PrintStream trueErr = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream errTo = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      System.setErr(errTo);
      int exit = Main.run(args);
      return new Terminal(exit, "", err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(trueOut);
      System.setErr(trueErr);
    }
  }
}
