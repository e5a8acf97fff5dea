package dev.lanewise.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: to a temporary name in the same directory, forced to the disk,
 * then renamed. After a crash, a full disk or an exception the old file is what it was, and no
 * temporary file is left (save after a crash: {@code .NAME.PID.N.tmp}).
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
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw FormatErrors.outputIsDirectory(file);
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        writeDirectly(target, contents);
      } else {
        replace(file, target, contents);
      }
    } catch (IOException e) {
      throw FormatErrors.notWritten(file, e);
    }
  }

  private static void writeDirectly(Path target, Contents contents) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      contents.writeTo(channel);
    }
  }

  private static void replace(Path file, Path target, Contents contents) throws IOException {
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw FormatErrors.noOutputDirectory(file);
    }
    Path temporary = temporaryName(directory, target);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        contents.writeTo(channel);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceDirectory(directory);
  }

  private static Path temporaryName(Path directory, Path target) {
    long process = ProcessHandle.current().pid();
    for (long n = 0; ; n++) {
      Path name = directory.resolve("." + target.getFileName() + "." + process + "." + n + ".tmp");
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
}
