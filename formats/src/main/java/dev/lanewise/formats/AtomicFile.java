package dev.lanewise.formats;

import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.StagedDirectory;
import dev.lanewise.formats.files.StagedFile;
import dev.lanewise.formats.files.Unfinished;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a file whole or not at all: to a temporary name in the same directory, forced to the disk,
 * then renamed. After a crash, a full disk or an exception the old file is what it was, and no
 * temporary file is left (save after a crash: {@code .NAME.PID.N.tmp}). A JVM that is told to end
 * in the middle of a write (Ctrl-C, SIGTERM) removes its temporary files, or ends the renames
 * first.
 *
 * <p>What is no regular file, such as {@code /dev/stdout}, is written to directly.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Contents {
    /**
     * Writes everything, from the channel's position on.
     *
     * @param channel where to; not to be closed
     * @throws IOException when it cannot be written
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file whole or not at all. A symbolic link is followed.
   *
   * @param file where to; replaced where it exists
   * @param contents writes what the file shall hold. What it throws is passed on, save an {@link
   *     IOException}
   * @throws FormatException when the file cannot be written
   */
  public static void write(Path file, Contents contents) {
    writeAll(Map.of(file, contents));
  }

  /**
   * Writes several files whole or none of them: all to temporary names first, then all renamed.
   * Where a rename itself fails, those before it are undone; only a JVM that is killed, or a
   * machine that loses its power, between the first rename and the last leaves some of the old
   * contents. What is no regular file is written directly, after the others are on the disk and
   * before they are renamed.
   *
   * @param files what each file shall hold, written in the map's order. What it throws is passed
   *     on, save an {@link IOException}
   * @throws FormatException when a file cannot be written
   */
  public static void writeAll(Map<Path, Contents> files) {
    try (Unfinished unfinished = Unfinished.begin()) {
      List<StagedFile> staged = new ArrayList<>();
      files.forEach(
          (file, contents) -> staged.add(StagedFile.of(file, contents::writeTo, unfinished)));
      staged.forEach(StagedFile::stage);
      staged.forEach(StagedFile::writeDirectly);
      unfinished.commit(() -> renameAll(staged));
    }
  }

  private static void renameAll(List<StagedFile> staged) {
    if (staged.size() > 1) {
      staged.forEach(StagedFile::keepOld);
    }
    Deque<StagedFile> renamed = new ArrayDeque<>();
    try {
      for (StagedFile file : staged) {
        file.rename();
        renamed.push(file);
      }
    } catch (FormatException e) {
      renamed.forEach(StagedFile::putBack);
      throw e;
    }
  }

  /**
   * Writes several files of one directory, whole or none of them. Where the directory is new, it
   * appears with all its files in one step, and so do parents that are missing; else as {@link
   * #writeAll(Map)} does, and other files in it stay.
   *
   * @param directory made where there is none
   * @param files what each file shall hold, by its name in the directory, written in the map's
   *     order. What it throws is passed on, save an {@link IOException}
   * @throws FormatException when a file cannot be written
   */
  public static void writeAll(Path directory, Map<String, Contents> files) {
    if (Files.exists(directory)) {
      Map<Path, Contents> paths = new LinkedHashMap<>();
      files.forEach((name, contents) -> paths.put(directory.resolve(name), contents));
      writeAll(paths);
      return;
    }
    try (Unfinished unfinished = Unfinished.begin()) {
      StagedDirectory staged = StagedDirectory.make(directory, unfinished);
      files.forEach((name, contents) -> staged.write(name, contents::writeTo));
      unfinished.commit(staged::rename);
    } catch (IOException e) {
      throw FileErrors.notWritten(directory, e);
    }
  }

  /**
   * Finds out whether {@link #writeAll(Path, Map)} could write: makes what that would make, with an
   * empty file in it, and removes it again.
   *
   * @param directory there or not
   * @throws IOException when it could not, and why
   */
  public static void tryDirectory(Path directory) throws IOException {
    try (Unfinished unfinished = Unfinished.begin()) {
      if (!Files.exists(directory)) {
        StagedDirectory.make(directory, unfinished);
        unfinished.make(directory, Files::createDirectory);
      }
      unfinished.make(StagedFile.temporaryName(directory.resolve("try")), Files::createFile);
    }
  }
}
