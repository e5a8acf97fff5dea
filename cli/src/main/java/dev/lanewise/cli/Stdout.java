package dev.lanewise.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Standard output that knows why it failed: a {@link PrintStream} knows only that it did. */
final class Stdout extends PrintStream {
  private final Reasons reasons;

  private Stdout(Reasons reasons, Charset charset) {
    super(new BufferedOutputStream(reasons), true, charset);
    this.reasons = reasons;
  }

  static Stdout over(OutputStream out, Charset charset) {
    return new Stdout(new Reasons(out), charset);
  }

  /** Puts itself in the place of {@code System.out}. */
  static void takeOver() {
    System.setOut(over(new FileOutputStream(FileDescriptor.out), System.out.charset()));
  }

  /** Why what was written to {@code System.out} is not all there; null where it is. */
  static @Nullable String failure() {
    PrintStream out = System.out;
    if (!out.checkError()) {
      return null;
    }
    return out instanceof Stdout own && own.reasons.first != null
        ? own.reasons.first
        : "an error of the system";
  }

  private static final class Reasons extends FilterOutputStream {
    private @Nullable String first;

    private Reasons(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        if (first == null) {
          first = "\"" + e.getMessage() + "\"";
        }
        throw e;
      }
    }
  }
}
