package dev.lanewise.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    writeAll(Map.of(file, contents));
  }

  /**
   * Writes several files whole or none of them: all to temporary names first, then all renamed.
   * Only where a rename itself fails, those before it have their new contents. What is no regular
   * file is written directly, after the others are on the disk and before they are renamed.
   *
   * @param files what each file shall hold, written in the map's order. What it throws is passed
   *     on, save an {@link IOException}
   * @throws FormatException when a file cannot be written
   */
  public static void writeAll(Map<Path, Contents> files) {
    List<StagedFile> staged = new ArrayList<>();
    try {
      files.forEach((file, contents) -> staged.add(StagedFile.of(file, contents)));
      staged.forEach(StagedFile::stage);
      staged.forEach(StagedFile::writeDirectly);
      staged.forEach(StagedFile::rename);
    } finally {
      staged.forEach(StagedFile::close);
    }
  }
}
