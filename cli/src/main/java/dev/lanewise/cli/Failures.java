package dev.lanewise.cli;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Printable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns what went wrong into one message, of one line, and an exit code. */
final class Failures {
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  /** Longer than any message that is one to read. */
  private static final int LONGEST = 10_000;

  private Failures() {}

  static int badUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    System.err.println(
        "lanewise: "
            + Printable.of(UsageWords.of(e), LONGEST)
            + "\nUsage: "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return BAD_INPUT;
  }

  static int failed(Throwable e, boolean debug) {
    System.err.println("lanewise: " + message(e));
    if (debug) {
      e.printStackTrace();
    }
    return isBadInput(e) ? BAD_INPUT : FAILED;
  }

  /** A command whose output was lost has not done its work, whatever else it did. */
  static int checkedStdout(int exit) {
    String failure = Stdout.failure();
    if (exit != 0 || failure == null) {
      return exit;
    }
    System.err.println(
        "lanewise: stdout: expected a place for all of the output, got "
            + failure
            + "; free some room or send it elsewhere. What the command wrote to files is whole");
    return FAILED;
  }

  /**
   * What the library refuses is bad input: its exceptions say where, what was expected and what
   * came. What the disk refuses in the middle of the work is not.
   */
  private static boolean isBadInput(Throwable e) {
    return (e instanceof FormatException && !isDiskFailure(e.getCause()))
        || e instanceof InputException
        || e instanceof IllegalArgumentException
        || e instanceof IndexOutOfBoundsException;
  }

  /** Other than a file that cannot be opened, or text that is none. */
  private static boolean isDiskFailure(@Nullable Throwable cause) {
    return cause instanceof IOException
        && !(cause instanceof FileSystemException)
        && !(cause instanceof CharacterCodingException);
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName() + "; --debug tells where"
        : Printable.of(e instanceof InputException ? message : CommandWords.of(message), LONGEST);
  }
}
