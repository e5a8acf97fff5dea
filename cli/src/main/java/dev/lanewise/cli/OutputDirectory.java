package dev.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The {@code --out} directory: made and tried before the work begins, so that a long training does
 * not end at a closed door, and unmade again where the work fails.
 */
final class OutputDirectory implements AutoCloseable {
  private final Path directory;
  private final Deque<Path> made = new ArrayDeque<>();
  private boolean kept;

  private OutputDirectory(Path directory) {
    this.directory = directory;
  }

  static OutputDirectory open(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new InputException(
          "--out " + directory + " is a file, expected a directory (new or not)");
    }
    OutputDirectory out = new OutputDirectory(directory);
    try {
      out.make(directory.toAbsolutePath());
      Files.delete(Files.createTempFile(directory, ".lanewise", ".tmp"));
    } catch (IOException e) {
      out.close();
      throw new InputException(
          "--out "
              + directory
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); choose another directory");
    }
    return out;
  }

  private void make(@Nullable Path path) throws IOException {
    if (path != null && !Files.isDirectory(path)) {
      make(path.getParent());
      Files.createDirectory(path);
      made.push(path);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** What is in it stays. */
  void keep() {
    kept = true;
  }

  /** Removes the directories that {@link #open} made, where nothing was kept. */
  @Override
  public void close() {
    if (!kept) {
      for (Path path : made) {
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          return; // not empty: somebody else's files
        }
      }
    }
  }
}
