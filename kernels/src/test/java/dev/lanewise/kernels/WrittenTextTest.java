package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The micro-kernels in main are what {@link TileText} writes, and the elementary functions in the
 * vector kernels' loops what {@link FunctionText} does. With {@code -Dlanewise.text.write=true}
 * this test writes them again; {@code spotless:apply} then formats them.
 */
class WrittenTextTest {

  private static final boolean WRITE = Boolean.getBoolean("lanewise.text.write");

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernels.TileFile#all")
  void aFileHoldsTheTilesThatAreWritten(TileFile file) throws IOException {
    Path path = TileFile.path(file.name());
    if (WRITE) {
      Files.writeString(path, file.text());
    }
    assertEquals(tokens(file.text()), tokens(Files.readString(path)), path + " is out of date");
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernels.FunctionText#all")
  void aLoopHoldsTheFunctionThatIsWritten(FunctionText function) throws IOException {
    Path path = TileFile.path(function.file());
    String java = Files.readString(path);
    if (WRITE) {
      for (MatchResult old : function.in(java).reversed()) {
        java = java.substring(0, old.start()) + function.text().strip() + java.substring(old.end());
      }
      Files.writeString(path, java);
    }
    for (MatchResult place : function.in(java)) {
      assertEquals(tokens(function.text()), tokens(place.group()));
    }
  }

  /** Without what formatting changes: white space, and the asterisks before a comment's lines. */
  private static String tokens(String text) {
    return text.lines()
        .map(line -> line.strip().replaceFirst("^\\*(?!/)", ""))
        .collect(Collectors.joining())
        .replaceAll("\\s", "");
  }
}
