package dev.lanewise.formats.torch;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Resources;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of plain values, by hand and of Python. */
class PickleReaderTest {
  private static final Path FILE = Path.of("x.pt");
  private static final String DAMAGED =
      "; the file is damaged: copy it again, or write it again in PyTorch:"
          + " torch.save(model.state_dict(), \"model.pt\")";

  private static Object read(byte[] pickle) {
    PickleInput input = new PickleInput(InputFile.of(pickle, FILE), 0, FILE, "data.pkl");
    return PickleReader.read(input, new TorchCalls(FILE));
  }

  private static Object read(String latin1) {
    return read(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** As Python writes it. */
  private static String text(Object value) {
    return text(value, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static String text(Object value, Set<Object> within) {
    if (!within.add(value)) {
      return "..";
    }
    String text =
        switch (value) {
          case Items list -> "[" + join(list.items, within) + "]";
          case Tuple tuple -> "(" + join(tuple.items, within) + ")";
          case Mapping mapping ->
              mapping.entries.entrySet().stream()
                  .map(entry -> entry.getKey() + ": " + text(entry.getValue(), within))
                  .collect(Collectors.joining("; ", "{", "}"));
          case PickleValue other -> other.words();
          default -> value.toString();
        };
    within.remove(value);
    return text;
  }

  private static String join(List<Object> items, Set<Object> within) {
    return items.stream().map(item -> text(item, within)).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void readsEveryProtocolOfPython(int protocol) throws IOException {
    String bytes = protocol < 3 ? "a value of _codecs.encode" : "bytes";
    String empty = protocol < 3 ? "a value of __builtin__.bytes" : "bytes";
    String set = protocol < 4 ? "a value of __builtin__.set" : "a set";
    String frozen = protocol < 4 ? "a value of __builtin__.frozenset" : "a set";
    if (protocol == 3) {
      set = "a value of builtins.set";
      frozen = "a value of builtins.frozenset";
    }
    Path file = Resources.resource("torch/protocol_" + protocol + ".pkl");
    assertEquals(
        "{text: größe\n\\u0041; none: None; bools: [true, false]; shared: ([1], [1]);"
            + " ints: [0, 255, 256, 65535, 65536, -1, -2147483648, 2147483648,"
            + " -9223372036854775808, 9223372036854775807, an integer beyond 64 bits];"
            + " floats: [0.5, -1.0E300]; tuples: ((), (1), (1, 2), (1, 2, 3), (1, 2, 3, 4));"
            + (" long: " + "x".repeat(300) + "; bytes: [" + empty + ", " + bytes + ", " + bytes)
            + ("]; sets: [" + set + ", " + frozen + "]; ordered: {b: 1; a: 2}; self: ..}"),
        text(read(Files.readAllBytes(file))));
  }

  @Test
  void sharesWhatIsRemembered() {
    Tuple both = (Tuple) read("]q\0h\0\u0086.");
    assertEquals(both.items.get(0), both.items.get(1));
    assertEquals("([1], [1])", text(read("]q\0h\0K\u0001a\u0086.")));
    assertEquals(
        "(1, 1)", text(read("K\u0001r\u0000\u0000\u0000\u0080j\u0000\u0000\u0000\u0080\u0086.")));
    assertEquals("(1, 2, 1)", text(read("(K\u0001\u0094K\u0002\u0094h\0t.")));
    assertEquals("(1, 2, 2)", text(read("(I1\np5\nI2\np5\ng5\nt.")));
  }

  @Test
  void undoesAndRepeats() {
    assertEquals("[1, 1]", text(read("](K\u0001K\u0002" + "02e.")));
    assertEquals("[3]", text(read("](K\u0001K\u00021K\u0003a.")));
    assertEquals("1", text(read("K\u0001(0.")));
  }

  @ParameterizedTest
  @CsvSource({
    "(I1\\nI2\\nl., '[1, 2]'",
    "(Vk\\nI2\\nd., {k: 2}",
    "F1.5\\n., 1.5",
    "L-12L\\n., -12",
    "I01\\n., true",
    "I00\\n., false",
    "Va\\\\u00e9\\\\U0001f600b\\n., aé😀b",
    "U\\x02ab., ab",
    "U\\x01\\xff., bytes",
    "T\\x02\\0\\0\\0ab., ab",
    "(icollections\\nOrderedDict\\n., {}",
    "(ccollections\\nOrderedDict\\no., {}",
    "ccollections\\nOrderedDict\\n)}\\x92., {}",
    "ccollections\\nOrderedDict\\n)R}b., {}",
    "ccollections\\nOrderedDict\\n]Va\\nI1\\n\\x86a\\x85R., {a: 1}",
    "cbuiltins\\ndict\\n}Va\\nI1\\ns\\x85R., {a: 1}",
    "ccollections\\ndefaultdict\\ncbuiltins\\nlist\\n\\x85RVa\\nI1\\ns., {a: 1}",
    "\\x8c\\x02os\\x8c\\x06system\\x93., os.system",
    "\\x8a\\x02\\x00\\x80., -32768",
    "\\x8a\\x00., 0",
    "\\x8b\\x03\\0\\0\\0\\x00\\x80\\x00., 32768",
    "\\x8d\\x02\\0\\0\\0\\0\\0\\0\\0ab., ab",
    "\\x8e\\x02\\0\\0\\0\\0\\0\\0\\0ab., bytes",
    "\\x96\\x02\\0\\0\\0\\0\\0\\0\\0ab., bytes"
  })
  void readsOpcodesByHand(String escaped, String expected) {
    assertEquals(expected, text(read(unescaped(escaped))));
  }

  /** \\n, \\0, \\xff and \\\\. */
  private static String unescaped(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      switch (escaped.charAt(++i)) {
        case 'n' -> text.append('\n');
        case '0' -> text.append('\0');
        case '\\' -> text.append('\\');
        case 'x' -> {
          text.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
          i += 2;
        }
        default -> throw new AssertionError(escaped);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "K | byte 1: expected 1 byte more, got 0 to its end; the file is cut short: copy it again,"
            + " or write it again where it came from",
        "X\\x05\\0\\0\\0ab | byte 5: expected 5 bytes more, got 2 to its end; the file is cut short:"
            + " copy it again, or write it again where it came from",
        "\\x8e\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xffab | byte 9: expected 18446744073709551615 bytes"
            + " more, got 2 to its end; the file is cut short: copy it again,"
            + " or write it again where it came from",
        "\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xffab | byte 0: expected a text of at most 8388608"
            + " bytes, got 18446744073709551615; save the tensors alone:"
            + " torch.save(model.state_dict(), \"model.pt\")",
        "X\\x01\\0\\x80\\0 | byte 0: expected a text of at most 8388608 bytes, got 8388609; save the"
            + " tensors alone: torch.save(model.state_dict(), \"model.pt\")",
        "\\x80\\x06 | byte 0: expected a pickle of protocol 0 to 5, got 6; save it without"
            + " pickle_protocol: torch.save(model.state_dict(), \"model.pt\")"
      })
  void refuses(String escaped, String message) {
    refused(FILE, ", data.pkl, " + message, () -> read(unescaped(escaped)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | byte 0: expected a value before it, got none",
        "K\\x01( . | byte 3: expected an opcode of a pickle, got byte 20",
        "K\\x01(. | byte 3: expected a value before it, got none",
        "t | byte 0: expected a mark before it, got none",
        "N\\x86 | byte 1: expected 2 values before it, got 1",
        "Ix\\n | byte 0: expected a number, got \"x\"",
        "Fx\\n | byte 0: expected a number, got \"x\"",
        "X\\x01\\0\\0\\0\\xff | byte 0: expected text in UTF-8, got bytes that are none",
        "Va\\\\uzzzz\\n | byte 0: expected text in UTF-8, got bytes that are none",
        "h\\x03 | byte 0: expected a value that was remembered before, got number 3 of them",
        "N)R | byte 2: expected a function or a class, got None",
        "cos\\nsystem\\nNR | byte 12: expected a tuple of arguments, got None",
        "NNb | byte 2: expected an object that has a state, got None",
        "NNa | byte 2: expected a list, got None",
        "NNNs | byte 3: expected a dict, got None",
        "}(Nu | byte 3: expected keys and values in pairs, got a key without a value",
        "NNQ | byte 2: expected a list or a tuple, got None",
        "(o | byte 1: expected a class, got None",
        "NN\\x93 | byte 2: expected the name of a module, got None",
        "\\x82\\x01 | byte 0: expected an opcode of a pickle, got byte 82",
        "(Vmodel\\nt Q | byte 9: expected an opcode of a pickle, got byte 20",
        "Vmodel\\n\\x85Q | byte 8: expected a storage, got model",
        "p00\\n | byte 0: expected a number in the memo, got False"
      })
  void refusesWhatIsDamaged(String escaped, String message) {
    refused(FILE, ", data.pkl, " + message + DAMAGED, () -> read(unescaped(escaped)));
  }

  @Test
  void refusesALineThatDoesNotEnd() {
    refused(
        FILE,
        ", data.pkl, byte 1: expected a line of at most 65536 bytes, got a longer one" + DAMAGED,
        () -> read("I" + "1".repeat(70_000)));
  }

  @Test
  void refusesMoreThanMemoryTakes() {
    refused(
        FILE,
        ", data.pkl, byte 5592405: expected a pickle whose values take at most 128 MiB, got more;"
            + " save the tensors alone: torch.save(model.state_dict(), \"model.pt\")",
        () -> read("N".repeat(6_000_000)));
  }

  @Test
  void takesNoMoreMemoryThanItSays() {
    for (String repeated :
        List.of("}", "]", ")", "(", "N\u0085", "}NNs", "C\0", "cA\nB\n", "]Na")) {
      int times = 12_000_000 / repeated.length();
      refusedAsLarge(() -> read(repeated.repeat(times)));
    }
  }

  private static void refusedAsLarge(Runnable call) {
    try {
      call.run();
    } catch (FormatException e) {
      assertEquals("a pickle whose values take at most 128 MiB", e.expected());
      return;
    }
    throw new AssertionError("read");
  }
}
