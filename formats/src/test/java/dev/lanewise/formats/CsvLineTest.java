package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refusedArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
  @Test
  void takesNamesApartAtCommasOutsideQuotes() {
    assertEquals(List.of("a", "b"), CsvLine.parse("a, b "));
    assertEquals(List.of("a,b", "c"), CsvLine.parse("\"a,b\",c"));
    assertEquals(List.of("say \"x\"", ""), CsvLine.parse("\"say \"\"x\"\"\","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a,b", "\"", "a\"b", " ", "1,2,\"3\"", "\u00b0C", "a;b"})
  void takesApartWhatItJoined(String name) {
    assertEquals(
        List.of(name.strip(), "x"), CsvLine.parse(CsvLine.join(List.of(name.strip(), "x"))));
    assertEquals(
        List.of("x", name.strip()), CsvLine.parse(CsvLine.join(List.of("x", name.strip()))));
  }

  @Test
  void leavesPlainNamesPlain() {
    assertEquals("temp_max,wind", CsvLine.join(List.of("temp_max", "wind")));
  }

  @Test
  void refusesWhatIsNoLine() {
    String expected =
        "expected names with commas between them, in quotes where they hold one (\"a,b\",c), got ";
    refusedArgument(expected + "\"a,b", () -> CsvLine.parse("\"a,b"));
    refusedArgument(expected + "a\nb", () -> CsvLine.parse("a\nb"));
    refusedArgument(expected, () -> CsvLine.parse(""));
  }
}
