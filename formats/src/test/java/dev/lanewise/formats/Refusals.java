package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this module ask of errors, word for word, and of damaged files. */
@SuppressWarnings("exports") // of JUnit, which the tests alone see
public final class Refusals {
  private Refusals() {}

  /** Expects a message made of the file, then {@code rest}. */
  public static void refused(Path file, String rest, Executable call) {
    FormatException e = assertThrows(FormatException.class, call);
    assertEquals(file + rest, e.getMessage());
  }

  public static void refusedArgument(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /** A file cut at any byte, or with a byte more, is refused. */
  public static void everyCutIsRefused(Path whole, Path directory, Consumer<Path> read)
      throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = directory.resolve("cut-" + whole.getFileName());
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertThrows(FormatException.class, () -> read.accept(cut), "cut at byte " + length);
      }
    }
  }

  /** A file with a byte changed anywhere is read or refused; nothing else is thrown. */
  public static void noChangeBreaksTheReader(Path whole, Path directory, Consumer<Path> read)
      throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    Path changed = directory.resolve("changed-" + whole.getFileName());
    Random random = new Random(7);
    for (int at = 0; at < bytes.length; at++) {
      byte[] other = bytes.clone();
      other[at] = (byte) random.nextInt(256);
      Files.write(changed, other);
      try {
        read.accept(changed);
      } catch (FormatException e) {
        assertEquals(changed.toString(), e.file());
      }
    }
  }

  /** The names in a directory, hidden ones too. */
  public static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
