package dev.lanewise.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of a zip archive among the test resources, in a directory of their own. */
final class Unzipped {
  private Unzipped() {}

  /** Fills the directory, and gives it back. */
  static Path into(Path directory, String resource) {
    try (InputStream bytes = Unzipped.class.getResourceAsStream("/" + resource);
        ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
