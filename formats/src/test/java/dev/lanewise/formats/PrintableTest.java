package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintableTest {
  @TempDir Path directory;

  @Test
  void leavesReadableTextAlone() {
    String text = "Größe, 温度, \uD83C\uDF27 and \"quotes\"";
    assertEquals(text, Printable.of(text));
  }

  @Test
  void escapesWhatMovesTheCursorOrHidesText() {
    assertEquals("a\\nb\\r\\tc", Printable.of("a\nb\r\tc"));
    assertEquals("\\u001b[31mred\\u0007", Printable.of("\u001b[31mred\u0007"));
    assertEquals("\\u009b2J\\u007f\\u0000", Printable.of("\u009b2J\u007f\0"));
    assertEquals("\\u202egnp\\u2066\\u200f", Printable.of("\u202egnp\u2066\u200f"));
    assertEquals("\\u2028\\u2029\\ufeff", Printable.of("\u2028\u2029\ufeff"));
    assertEquals("\\udb40\\udc41", Printable.of("\udb40\udc41")); // an invisible tag
    assertEquals("half \\ud83c", Printable.of("half \ud83c"));
  }

  @Test
  void cutsWhatIsTooLong() {
    assertEquals("abc", Printable.of("abc", 3));
    assertEquals("ab..", Printable.of("abc", 2));
    assertEquals("a..", Printable.of("a\uD83C\uDF27b", 2)); // no half of a character
    assertEquals("a\\n..", Printable.of("a\n\n", 4)); // nor of an escape
  }

  @Test
  void namesOfAFileForgeNoLine() throws IOException {
    Path file = directory.resolve("forged\nname.safetensors");
    String name = "\u001b[31mEVIL\n\nlanewise: all is well";
    SafeTensors.write(
        file,
        Map.of(name, Tensor.zeros(1)),
        Map.of(
            "lanewise.architecture",
            "{\"version\": 1, \"features\": 1, \"layers\": [{\"type\": \"Dense\", \"name\": \"d\","
                + " \"units\": 1, \"activation\": \"linear\", \"useBias\": false}]}"));
    FormatException e = assertThrows(FormatException.class, () -> ModelReader.read(file));
    assertEquals(
        directory
            + "/forged\\nname.safetensors: expected a tensor \"d/kernel\", got"
            + " \\u001b[31mEVIL\\n\\nlanewise: all is well",
        e.getMessage());
    assertEquals(file.toString(), e.file());
  }

  @Test
  void messagesStayShort() throws IOException {
    Path config = directory.resolve("config.json");
    Files.writeString(config, "{\"class_name\": \"" + "y".repeat(5_000_000) + "\"}");
    FormatException e =
        assertThrows(
            FormatException.class, () -> KerasFile.load(Resources.file("weights_only.h5"), config));
    assertTrue(e.getMessage().length() < 1000, e.getMessage());
    FormatException all =
        new FormatException(
            config, "w".repeat(9999), "e".repeat(9999), "g".repeat(9999), "r".repeat(9999));
    assertTrue(all.getMessage().length() < 10_000);
  }
}
