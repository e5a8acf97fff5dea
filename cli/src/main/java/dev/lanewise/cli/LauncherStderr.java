package dev.lanewise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * Gives {@code System.err} back to the terminal or file that the launcher was started with.
 *
 * <p>While it boots, the JVM itself writes "WARNING: Using incubator modules: jdk.incubator.vector"
 * to file descriptor 2, and no option silences it. So the launcher starts the JVM with a filter on
 * descriptor 2, keeps the true one as another descriptor, and names that in a system property. From
 * the first line of {@code main} on, nothing passes through the filter any more.
 */
final class LauncherStderr {
  private static final String PROPERTY = "dev.lanewise.cli.stderr";

  private LauncherStderr() {}

  /** Does nothing where the launcher did not start this JVM. Needs java.io open to us. */
  static void takeOver() {
    Integer number = Integer.getInteger(PROPERTY);
    if (number == null) {
      return;
    }
    try {
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      var out = new FileOutputStream(constructor.newInstance(number));
      System.setErr(new PrintStream(out, true, System.err.charset()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The filter passes every other line on: only the terminal is lost.
      return;
    }
  }
}
