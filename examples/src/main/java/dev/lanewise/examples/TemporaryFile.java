package dev.lanewise.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a program leaves nothing of. */
final class TemporaryFile {
  private TemporaryFile() {}

  /** A new file, which goes when the JVM ends. */
  static Path of(String name) {
    try {
      Path file = Files.createTempFile("lanewise", name);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
