package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path directory;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesANewFileAndReplacesAnOldOne() throws IOException {
    Path file = directory.resolve("a.txt");
    AtomicFile.write(file, channel -> channel.write(bytes("first, and longer")));
    AtomicFile.write(file, channel -> channel.write(bytes("second")));
    assertEquals("second", Files.readString(file));
    assertEquals(List.of("a.txt"), Refusals.names(directory));
  }

  @Test
  void leavesTheOldFileWholeWhenAWriteFailsHalfWay() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(file, "old");
    refused(
        file,
        ": expected a writable file, got \"No space left on device\";"
            + " whatever was there before is unchanged",
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  channel.write(bytes("ne"));
                  throw new IOException("No space left on device");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), Refusals.names(directory));
  }

  @Test
  void leavesNothingWhenTheFirstWriteFails() throws IOException {
    Path file = directory.resolve("a.txt");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  channel.write(bytes("ne"));
                  throw new IllegalStateException("stop");
                }));
    assertEquals(List.of(), Refusals.names(directory));
  }

  @Test
  void keepsTheOldFileInPlaceUntilTheNewOneIsWhole() {
    Path file = directory.resolve("a.txt");
    AtomicFile.write(file, channel -> channel.write(bytes("old")));
    AtomicFile.write(
        file,
        channel -> {
          channel.write(bytes("new"));
          assertEquals("old", Files.readString(file));
        });
  }

  @Test
  void followsASymbolicLink() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(file, "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    AtomicFile.write(link, channel -> channel.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void refusesDirectories() {
    refused(
        directory,
        ": expected the name of a file to write, got a directory; add a file name",
        () -> AtomicFile.write(directory, channel -> {}));
    Path deep = directory.resolve("none").resolve("a.txt");
    refused(
        deep,
        ": expected a directory to write in, got none at "
            + directory.resolve("none")
            + "; create it, or choose another",
        () -> AtomicFile.write(deep, channel -> {}));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhyTheSystemRefuses() {
    Path file = Path.of("/proc/a.txt");
    refused(
        file,
        ": expected a writable file, got a place where no file can be made;"
            + " whatever was there before is unchanged",
        () -> AtomicFile.write(file, channel -> {}));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void writesToADeviceWithoutReplacingIt() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/full"));
    refused(
        link,
        ": expected a writable file, got \"No space left on device\";"
            + " whatever was there before is unchanged",
        () -> AtomicFile.write(link, channel -> channel.write(bytes("new"))));
    AtomicFile.write(Path.of("/dev/null"), channel -> channel.write(bytes("new")));
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void writesAllFilesOrNone() throws IOException {
    Path first = Files.writeString(directory.resolve("a.txt"), "old");
    Path second = directory.resolve("b.txt");
    Map<Path, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(first, channel -> channel.write(bytes("new")));
    files.put(
        second,
        channel -> {
          throw new IOException("No space left on device");
        });
    refused(
        second,
        ": expected a writable file, got \"No space left on device\";"
            + " whatever was there before is unchanged",
        () -> AtomicFile.writeAll(files));
    assertEquals("old", Files.readString(first));
    assertEquals(List.of("a.txt"), Refusals.names(directory));
    files.put(second, channel -> channel.write(bytes("too")));
    AtomicFile.writeAll(files);
    assertEquals("new", Files.readString(first));
    assertEquals("too", Files.readString(second));
    assertEquals(List.of("a.txt", "b.txt"), Refusals.names(directory));
  }

  /** A rename fails where, since the files were staged, a directory has come to be in its place. */
  @Test
  void undoesTheRenamesBeforeOneThatFails() throws IOException {
    Path first = Files.writeString(directory.resolve("a.txt"), "old");
    Path second = directory.resolve("b.txt");
    Path third = directory.resolve("c.txt");
    Map<Path, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(first, channel -> channel.write(bytes("new")));
    files.put(second, channel -> channel.write(bytes("new")));
    files.put(
        third,
        channel -> {
          channel.write(bytes("new"));
          Files.createDirectory(third);
          Files.createFile(third.resolve("d.txt"));
        });
    refused(
        third,
        ": expected a writable file, got \"Is a directory\";"
            + " whatever was there before is unchanged",
        () -> AtomicFile.writeAll(files));
    assertEquals("old", Files.readString(first));
    assertEquals(List.of("a.txt", "c.txt"), Refusals.names(directory));
  }

  @Test
  void makesANewDirectoryWithAllItsFilesInOneStep() throws IOException {
    Path out = directory.resolve("new/parents/out");
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put("a.txt", channel -> channel.write(bytes("a")));
    files.put(
        "b.txt",
        channel -> {
          assertFalse(Files.exists(out), "it is not there before all are written");
          channel.write(bytes("b"));
        });
    AtomicFile.writeAll(out, files);
    assertEquals(List.of("a.txt", "b.txt"), Refusals.names(out));
    assertEquals(List.of("out"), Refusals.names(out.getParent()));
    assertEquals("b", Files.readString(out.resolve("b.txt")));
  }

  @Test
  void leavesNothingOfANewDirectoryWhenAWriteFails() throws IOException {
    Path out = directory.resolve("new/out");
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put("a.txt", channel -> channel.write(bytes("a")));
    files.put(
        "b.txt",
        channel -> {
          throw new IOException("No space left on device");
        });
    refused(
        out.resolve("b.txt"),
        ": expected a writable file, got \"No space left on device\";"
            + " whatever was there before is unchanged",
        () -> AtomicFile.writeAll(out, files));
    assertEquals(List.of(), Refusals.names(directory));
  }

  @Test
  void leavesTheOtherFilesOfADirectoryThatIsThere() throws IOException {
    Files.writeString(directory.resolve("mine.txt"), "mine");
    Files.writeString(directory.resolve("a.txt"), "old");
    AtomicFile.writeAll(directory, Map.of("a.txt", channel -> channel.write(bytes("new"))));
    assertEquals("mine", Files.readString(directory.resolve("mine.txt")));
    assertEquals("new", Files.readString(directory.resolve("a.txt")));
    assertEquals(List.of("a.txt", "mine.txt"), Refusals.names(directory));
  }

  @Test
  void triesADirectoryAndLeavesNothing() throws IOException {
    AtomicFile.tryDirectory(directory);
    AtomicFile.tryDirectory(directory.resolve("new/out"));
    assertEquals(List.of(), Refusals.names(directory));
    Path file = Files.createFile(directory.resolve("a.txt"));
    assertThrows(IOException.class, () -> AtomicFile.tryDirectory(file.resolve("out")));
    assertThrows(IOException.class, () -> AtomicFile.tryDirectory(file));
    assertEquals(List.of("a.txt"), Refusals.names(directory));
  }
}
