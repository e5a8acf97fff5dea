package dev.lanewise.cli;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.CsvTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** The path {@code -}: standard input to read from, standard output to write to. */
final class StandardStreams {
  /** What errors call standard input. */
  static final Path INPUT = Path.of("stdin");

  private static final Path DASH = Path.of("-");

  private StandardStreams() {}

  static boolean is(Path path) {
    return path.equals(DASH);
  }

  /** The table of a file, or of standard input, which is then called {@link #INPUT}. */
  static CsvTable table(Path path, CsvOptions options) {
    return is(path) ? CsvTable.read(System.in, INPUT, options) : CsvTable.read(path, options);
  }

  /** All bytes of standard input. */
  static byte[] read() {
    try {
      return System.in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("stdin: cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes to a channel. */
  interface Contents {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Writes to standard output. */
  static void write(Contents contents) {
    try {
      contents.writeTo(Channels.newChannel(System.out));
      if (System.out.checkError()) {
        throw new IOException("is there room, and is it still read?");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("stdout: cannot be written: " + e.getMessage(), e);
    }
  }
}
