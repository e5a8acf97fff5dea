package dev.lanewise.formats.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file on its way to being written: under a temporary name beside its own, then renamed. */
public final class StagedFile {
  /** Writes everything to a channel, from its position on. */
  @FunctionalInterface
  public interface Contents {
    void writeTo(FileChannel channel) throws IOException;
  }

  private final Path file;
  private final Path target;
  private final Contents contents;
  private final @Nullable Path directory; // null for what is no regular file
  private final Unfinished unfinished;

  private @Nullable Path temporary;
  private @Nullable Path old; // another name of what was there before

  private StagedFile(
      Path file, Path target, Contents contents, @Nullable Path directory, Unfinished unfinished) {
    this.file = file;
    this.target = target;
    this.contents = contents;
    this.directory = directory;
    this.unfinished = unfinished;
  }

  /** Finds out where the file goes, and refuses a place where none can be. */
  public static StagedFile of(Path file, Contents contents, Unfinished unfinished) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw FileErrors.outputIsDirectory(file);
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return new StagedFile(file, target, contents, null, unfinished);
      }
      Path directory = target.getParent();
      if (directory == null || !Files.isDirectory(directory)) {
        throw FileErrors.noOutputDirectory(file);
      }
      return new StagedFile(file, target, contents, directory, unfinished);
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
  }

  /** Writes a regular file under a temporary name and forces it to the disk. */
  public void stage() {
    if (directory != null) {
      Path name = temporaryName(target);
      write(file, name, contents, unfinished);
      temporary = name;
    }
  }

  /**
   * Writes a new file and forces it to the disk.
   *
   * @param file what errors call it
   */
  static void write(Path file, Path name, Contents contents, Unfinished unfinished) {
    try (FileChannel channel =
        unfinished.make(
            name,
            path ->
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      contents.writeTo(channel);
      channel.force(true);
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
  }

  /** Writes what is no regular file. */
  public void writeDirectly() {
    if (directory != null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      contents.writeTo(channel);
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
  }

  /** Gives what was there before a second name, to be put back by. */
  public void keepOld() {
    if (temporary == null || !Files.exists(target)) {
      return;
    }
    Path name = temporaryName(target);
    try {
      old = unfinished.make(name, this::linkOrCopy);
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
  }

  private Path linkOrCopy(Path name) throws IOException {
    try {
      return Files.createLink(name, target);
    } catch (IOException | UnsupportedOperationException e) {
      return Files.copy(target, name, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Gives a staged file its name. */
  public void rename() {
    if (temporary == null || directory == null) {
      return;
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
    unfinished.finished(temporary);
    forceDirectory(directory);
  }

  /** Undoes {@link #rename}. */
  public void putBack() {
    if (temporary == null) {
      return;
    }
    try {
      if (old == null) {
        Files.deleteIfExists(target);
      } else {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        unfinished.finished(old);
      }
    } catch (IOException e) {
      throw FileErrors.notWritten(file, e);
    }
  }

  public static Path temporaryName(Path target) {
    long process = ProcessHandle.current().pid();
    for (long n = 0; ; n++) {
      Path name =
          target.resolveSibling("." + target.getFileName() + "." + process + "." + n + ".tmp");
      if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
        return name;
      }
    }
  }

  /** Makes the new name itself last; systems that cannot open a directory do so by themselves. */
  static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole either way.
      return;
    }
  }
}
