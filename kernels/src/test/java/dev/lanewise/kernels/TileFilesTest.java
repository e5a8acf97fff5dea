package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The micro-kernels in main are what {@link TileText} writes. {@code ./mvnw -pl kernels -am test
 * -Dtest=TileFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dlanewise.tiles.write=true}, and
 * {@code spotless:apply} after it, writes them again.
 */
class TileFilesTest {

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernels.TileFile#all")
  void holdsWhatIsWritten(TileFile file) throws IOException {
    if (Boolean.getBoolean("lanewise.tiles.write")) {
      Files.writeString(file.path(), file.text());
    }
    assertEquals(
        tokens(file.text()),
        tokens(Files.readString(file.path())),
        file.path() + " is not what TileFile says; write it again by the command of TileFilesTest");
  }

  /** Without what formatting changes: white space, and the asterisks before a comment's lines. */
  private static String tokens(String text) {
    return text.lines()
        .map(line -> line.strip().replaceFirst("^\\*(?!/)", ""))
        .collect(Collectors.joining())
        .replaceAll("\\s", "");
  }
}
