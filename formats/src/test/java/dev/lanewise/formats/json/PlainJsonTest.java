package dev.lanewise.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
  private static final Path FILE = Path.of("a.json");

  private static final String HEADER =
      """
      {"__metadata__": {"lanewise.architecture": "{\\"version\\":1,\\"layers\\":[]}", "a": "\\/\\t"},
       "lstm/kernel": {"dtype": "F32", "shape": [5, 256], "data_offsets": [0, 5120]},
       "x": [1, -1, 0, -0, 0.5, 12e3, 1.25E-7, -3e+2, true, false, null, "", {}, []]}
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object jackson(byte[] text) {
    return Jackson.parse(Jackson.FACTORY, text, FILE, "", -1);
  }

  /** With the classes of all values and the order of all keys. */
  private static String shown(Object value) {
    StringBuilder shown = new StringBuilder(value.getClass().getSimpleName());
    switch (value) {
      case Map<?, ?> members ->
          members.forEach((name, each) -> shown.append(name).append(':').append(shown(each)));
      case List<?> items -> items.forEach(item -> shown.append(',').append(shown(item)));
      default -> shown.append(value);
    }
    return shown.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {HEADER, "{}", " [ ] ", "\"a\"", "-0.0e-0", "true", " null\n\r\t "})
  void readsPlainTextAsJacksonDoes(String text) {
    Object plain = PlainJson.read(bytes(text));
    assertNotNull(plain);
    assertEquals(shown(jackson(bytes(text))), shown(plain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1,\"a\":2}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "[,]",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u0041\"",
        "\"\u00e9\"",
        "\"\n\"",
        "\ufeff{}",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "nul",
        "nullx",
        "True",
        "{} {}",
        "1 2",
        "/**/1",
        "'a'",
        "1\u0000"
      })
  void leavesEverythingElse(String text) {
    assertNull(PlainJson.read(bytes(text)));
  }

  @Test
  void leavesWhatIsLongOrDeep() {
    for (int length : List.of((1 << 15) - 1, 1 << 15)) {
      assertEquals(
          length < 1 << 15, PlainJson.read(bytes("\"" + "a".repeat(length) + "\"")) != null);
    }
    for (int digits : List.of(64, 65)) {
      assertEquals(digits == 64, PlainJson.read(bytes("1".repeat(digits))) != null);
    }
    for (int depth : List.of(65, 66)) {
      byte[] text = bytes("[".repeat(depth) + "]".repeat(depth));
      assertEquals(depth == 65, PlainJson.read(text) != null);
    }
    assertNull(PlainJson.read(bytes("[" + "0,".repeat(1 << 20) + "0]")));
    assertNull(PlainJson.read(bytes("[".repeat(1 << 20))));
  }

  /** What was changed is read as Jackson reads it, or left; it refuses nothing that is plain. */
  @Test
  void takesNothingThatJacksonRefuses() {
    Random random = new Random(1);
    String signs = "{}[]:,\"\\ \n0123456789-+.eEtrufalsn/\u0001\u007f\u0080";
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] text = changed(bytes(HEADER), random, signs);
      Object plain = PlainJson.read(text);
      if (plain != null) {
        read++;
        assertEquals(shown(jackson(text)), shown(plain));
      } else {
        refused += isRefused(text) ? 1 : 0;
      }
    }
    assertTrue(read > 5_000 && refused > 5_000, read + " read, " + refused + " refused");
  }

  private static boolean isRefused(byte[] text) {
    try {
      jackson(text);
      return false;
    } catch (FormatException e) {
      return true;
    }
  }

  /** With one to three bytes put in, taken out or changed. */
  private static byte[] changed(byte[] text, Random random, String signs) {
    List<Byte> changed = new ArrayList<>();
    for (byte each : text) {
      changed.add(each);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.size());
      byte sign = (byte) signs.charAt(random.nextInt(signs.length()));
      switch (random.nextInt(3)) {
        case 0 -> changed.add(at, sign);
        case 1 -> changed.remove(at);
        default -> changed.set(at, sign);
      }
    }
    byte[] bytes = new byte[changed.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = changed.get(i);
    }
    return bytes;
  }
}
