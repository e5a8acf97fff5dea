package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The {@code --out} directory: tried before the work begins, so that a long training does not end
 * at a closed door, and made when there is something to put in it. All files are written or none.
 */
final class OutputDirectory {
  private final Path directory;

  private OutputDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Tries it, and leaves it as it was.
   *
   * @param names of the files that {@link #write} will be given
   */
  static OutputDirectory open(Path directory, List<String> names) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new InputException(
          "--out " + directory + " is a file, expected a directory (new or not)");
    }
    for (String name : names) {
      if (Files.isDirectory(directory.resolve(name))) {
        throw new InputException(
            "--out "
                + directory
                + ": expected a place for the file "
                + name
                + ", got a directory of that name; choose another directory");
      }
    }
    try {
      AtomicFile.tryDirectory(directory);
    } catch (IOException e) {
      throw new InputException(
          "--out "
              + directory
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); choose another directory",
          e);
    }
    return new OutputDirectory(directory);
  }

  /** Writes the files, by name: all or none, whenever the program ends. */
  void write(Map<String, AtomicFile.Contents> files) {
    AtomicFile.writeAll(directory, files);
  }
}
