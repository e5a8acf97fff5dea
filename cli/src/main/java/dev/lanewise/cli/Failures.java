package dev.lanewise.cli;

import dev.lanewise.formats.FormatException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns what went wrong into one message and an exit code. */
final class Failures {
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  private Failures() {}

  static int badUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    System.err.println(
        "lanewise: "
            + e.getMessage()
            + "\nUsage: "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return BAD_INPUT;
  }

  static int failed(Exception e, boolean debug) {
    System.err.println("lanewise: " + message(e));
    if (debug) {
      e.printStackTrace();
    }
    return isBadInput(e) ? BAD_INPUT : FAILED;
  }

  /**
   * What the library refuses is bad input: its exceptions say where, what was expected and what
   * came.
   */
  private static boolean isBadInput(Exception e) {
    return e instanceof FormatException
        || e instanceof InputException
        || e instanceof IllegalArgumentException
        || e instanceof IndexOutOfBoundsException;
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName() + "; --debug tells where"
        : message;
  }
}
