package dev.lanewise.formats;

import dev.lanewise.formats.AtomicFile.Contents;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file on its way to being written: under a temporary name beside its own, then renamed. */
final class StagedFile implements AutoCloseable {
  private final Path file;
  private final Path target;
  private final Contents contents;
  private final @Nullable Path directory; // null for what is no regular file

  private @Nullable Path temporary;

  private StagedFile(Path file, Path target, Contents contents, @Nullable Path directory) {
    this.file = file;
    this.target = target;
    this.contents = contents;
    this.directory = directory;
  }

  /** Finds out where the file goes, and refuses a place where none can be. */
  static StagedFile of(Path file, Contents contents) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw FormatErrors.outputIsDirectory(file);
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return new StagedFile(file, target, contents, null);
      }
      Path directory = target.getParent();
      if (directory == null || !Files.isDirectory(directory)) {
        throw FormatErrors.noOutputDirectory(file);
      }
      return new StagedFile(file, target, contents, directory);
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
  }

  /** Writes a regular file under a temporary name and forces it to the disk. */
  void stage() {
    if (directory == null) {
      return;
    }
    Path name = temporaryName(directory);
    try (FileChannel channel =
        FileChannel.open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      temporary = name;
      contents.writeTo(channel);
      channel.force(true);
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
  }

  /** Writes what is no regular file. */
  void writeDirectly() {
    if (directory != null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      contents.writeTo(channel);
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
  }

  /** Gives a staged file its name. */
  void rename() {
    if (temporary == null || directory == null) {
      return;
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
    temporary = null;
    forceDirectory(directory);
  }

  private Path temporaryName(Path beside) {
    long process = ProcessHandle.current().pid();
    for (long n = 0; ; n++) {
      Path name = beside.resolve("." + target.getFileName() + "." + process + "." + n + ".tmp");
      if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
        return name;
      }
    }
  }

  /** Makes the new name itself last; systems that cannot open a directory do so by themselves. */
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole either way.
      return;
    }
  }

  /** Removes the temporary file where there still is one. */
  @Override
  public void close() {
    if (temporary == null) {
      return;
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
  }
}
