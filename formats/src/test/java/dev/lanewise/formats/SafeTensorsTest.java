package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Refusals.refusedArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  private static final String CUT =
      "; the file is cut short: copy it again, or write it again where it came from";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("x.safetensors");
  }

  /** A file of this header and so many bytes of tensors: 0, 1, 2, .. */
  private void write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      bytes.put((byte) i);
    }
    Files.write(file, bytes.array());
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", Tensor.arange(6).reshape(2, 3).transpose());
    tensors.put("a/\"quoted\" ü", Tensor.of(new float[] {7}));
    tensors.put("empty", Tensor.zeros(0, 3));
    Map<String, String> metadata = Map.of("key", "line 1\nline 2");
    SafeTensors.write(file, tensors, metadata);
    SafeTensors back = SafeTensors.read(file);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(back.tensors().keySet()));
    assertEquals(Shape.of(3, 2), back.tensor("z").shape());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, back.tensor("z").toArray());
    assertEquals(7, back.tensor("a/\"quoted\" ü").get());
    assertEquals(Shape.of(0, 3), back.tensor("empty").shape());
    assertEquals("F32", back.type("z"));
    assertEquals(metadata, back.metadata());
    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, header % 8);
  }

  @Test
  void writesTheSameBytesForTheSameTensors() throws IOException {
    Path other = directory.resolve("y.safetensors");
    SafeTensors.write(file, Map.of("a", Tensor.arange(5)), Map.of("k", "v"));
    SafeTensors.write(other, Map.of("a", Tensor.arange(5)), Map.of("k", "v"));
    assertEquals(-1, Files.mismatch(file, other));
  }

  @Test
  void readsOtherTypesAsFloat32() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 + 2 + 8 + 1 + 8).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3f80).putShort(Float.floatToFloat16(-2.5f)).putDouble(0.1);
    data.put((byte) -3).putLong(1 << 20);
    String header =
        "{"
            + String.join(
                ",",
                entry("bf16", "BF16", "[1]", 0, 2),
                entry("f16", "F16", "[1]", 2, 4),
                entry("f64", "F64", "[]", 4, 12),
                entry("i8", "I8", "[1]", 12, 13),
                entry("i64", "I64", "[1]", 13, 21))
            + "}";
    write(header, 0);
    byte[] head = Files.readAllBytes(file);
    Files.write(file, ByteBuffer.allocate(head.length + 21).put(head).put(data.array()).array());
    SafeTensors tensors = SafeTensors.read(file);
    assertEquals(1, tensors.tensor("bf16").get(0));
    assertEquals(-2.5f, tensors.tensor("f16").get(0));
    assertEquals(0.1f, tensors.tensor("f64").get());
    assertEquals(-3, tensors.tensor("i8").get(0));
    assertEquals(1 << 20, tensors.tensor("i64").get(0));
    assertEquals("BF16", tensors.type("bf16"));
  }

  @Test
  void takesTensorsInAnyOrderInTheHeader() throws IOException {
    write("{" + entry("b", "U8", "[2]", 3, 5) + "," + entry("a", "U8", "[3]", 0, 3) + "}", 5);
    assertArrayEquals(new float[] {3, 4}, SafeTensors.read(file).tensor("b").toArray());
  }

  @Test
  void refusesAFileCutAtAnyByte() throws IOException {
    SafeTensors.write(file, Map.of("a", Tensor.arange(5)), Map.of("k", "v"));
    Refusals.everyCutIsRefused(file, directory, SafeTensors::read);
  }

  @Test
  void readsOrRefusesAFileWithAChangedByte() throws IOException {
    SafeTensors.write(file, Map.of("a", Tensor.arange(5), "b", Tensor.arange(3)), Map.of());
    Refusals.noChangeBreaksTheReader(file, directory, SafeTensors::read);
  }

  @Test
  void saysWhereAFileIsCut() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    refused(
        file,
        ", byte 0: expected a header length of 8 bytes, got 3 to the end of the file" + CUT,
        () -> SafeTensors.read(file));
    Files.write(file, new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'});
    refused(
        file,
        ", byte 8: expected a header of 100 bytes, got 1 to the end of the file" + CUT,
        () -> SafeTensors.read(file));
    write("{" + entry("a", "F32", "[2]", 0, 8) + "}", 7);
    refused(
        file,
        ", byte 62: expected 8 bytes of tensors, got 7 to the end of the file" + CUT,
        () -> SafeTensors.read(file));
  }

  @Test
  void refusesBytesAfterTheTensors() throws IOException {
    write("{" + entry("a", "F32", "[2]", 0, 8) + "}", 9);
    refused(
        file,
        ", byte 62: expected 8 bytes of tensors, got 9 to the end of the file;"
            + " the file was added to, or its header is another file's",
        () -> SafeTensors.read(file));
  }

  @Test
  void refusesWhatIsNoSafetensorsFile() throws IOException {
    Files.writeString(file, "PK\3\4 something else");
    refused(
        file,
        ", byte 0: expected a header length of at most 100000000, got 7885648053892500304;"
            + " this is no .safetensors file",
        () -> SafeTensors.read(file));
    write("[]", 0);
    refused(
        file,
        ", byte 8: expected a header that begins with \"{\", got \"[\";"
            + " this is no .safetensors file",
        () -> SafeTensors.read(file));
    write("", 0);
    refused(
        file,
        ", byte 8: expected a header that begins with \"{\", got an empty one;"
            + " this is no .safetensors file",
        () -> SafeTensors.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}|, tensor \"a\": expected an object, got 1",
        "{\"a\":{}}|, tensor \"a\": expected the key \"dtype\", got none",
        "{\"a\":{\"dtype\":3}}|, tensor \"a\": expected a string as \"dtype\", got 3",
        "{\"a\":{\"dtype\":\"F8_E4M3\"}}|, tensor \"a\": expected one of the types F64, F32, F16,"
            + " BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, got \"F8_E4M3\";"
            + " convert it before saving",
        "{\"a\":{\"kind\":1}}|, tensor \"a\": expected only the keys dtype, shape, data_offsets,"
            + " got \"kind\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1]}}|, tensor \"a\": expected an array of whole"
            + " numbers, 0 or more, as \"shape\", got [-1]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5]}}|, tensor \"a\": expected an array of whole"
            + " numbers, 0 or more, as \"shape\", got [1.5]",
        "{\"__metadata__\":{\"k\":1}}|, __metadata__: expected a string as \"k\", got 1",
        "{\"a\":nul}|, byte 13: expected JSON, got \"Unrecognized token 'nul': was expecting (JSON"
            + " String, Number, Array, Object or token 'null', 'true' or 'false')\"",
        "{} x|, byte 11: expected JSON, got \"Unrecognized token 'x': was expecting (JSON"
            + " String, Number, Array, Object or token 'null', 'true' or 'false')\"",
        "{}{}|, byte 10: expected nothing after the JSON, got more",
        "{\"a\":{},\"a\":{}}|, byte 19: expected JSON, got \"Duplicate Object property \"a\"\"",
      })
  void refusesAMalformedHeader(String header, String message) throws IOException {
    write(header, 0);
    refused(file, message, () -> SafeTensors.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32|[2]|0|4|expected 8 bytes for (2) of F32, got data_offsets [0, 4]",
        "F32|[2]|8|0|expected data_offsets [begin, end] with begin <= end, got [8, 0]",
        "F32|[2]|4|12|expected data_offsets that begin at 0, where the tensor before ends, got 4;"
            + " there is a hole between them",
        "F64|[4294967296,4294967296]|0|8|expected a shape whose F64 elements fit 63 bits of bytes,"
            + " got (4294967296, 4294967296)",
        "F64|[0,4611686018427387904]|0|0|expected a shape whose F64 elements fit 63 bits of bytes,"
            + " got (0, 4611686018427387904)",
        "U8|[1]|9223372036854775806|9223372036854775807|expected data_offsets [begin, end] with"
            + " begin <= end, got [9223372036854775806, 9223372036854775807]",
      })
  void refusesSizesThatDoNotFit(String type, String shape, long begin, long end, String message)
      throws IOException {
    write("{" + entry("a", type, shape, begin, end) + "}", 12);
    refused(file, ", tensor \"a\": " + message, () -> SafeTensors.read(file));
  }

  @Test
  void refusesOverlaps() throws IOException {
    write("{" + entry("a", "U8", "[4]", 0, 4) + "," + entry("b", "U8", "[4]", 2, 6) + "}", 6);
    refused(
        file,
        ", tensor \"b\": expected data_offsets that begin at 4, where the tensor before ends,"
            + " got 2; the two overlap",
        () -> SafeTensors.read(file));
  }

  @Test
  void refusesNestingThatWouldExhaustTheStack() throws IOException {
    write("{\"a\":" + "[".repeat(100_000), 0);
    FormatException e = assertThrows(FormatException.class, () -> SafeTensors.read(file));
    assertTrue(e.got().contains("nesting depth"), e.getMessage());
  }

  @Test
  void namesTheTensorsWhereOneIsMissing() {
    SafeTensors.write(file, Map.of("lstm/kernel", Tensor.arange(2)), Map.of());
    SafeTensors tensors = SafeTensors.read(file);
    refused(
        file,
        ": expected a tensor \"lstm/kernal\", got lstm/kernel; did you mean \"lstm/kernel\"?",
        () -> tensors.tensor("lstm/kernal"));
  }

  @Test
  void refusesATensorNamedAsTheMetadata() {
    refusedArgument(
        "SafeTensors.write: a tensor cannot have the name __metadata__, which holds the metadata",
        () -> SafeTensors.write(file, Map.of("__metadata__", Tensor.arange(2)), Map.of()));
  }

  @Test
  void leavesTheOldFileWholeWhenATensorCannotBeRead() throws IOException {
    SafeTensors.write(file, Map.of("a", Tensor.arange(5)), Map.of());
    byte[] old = Files.readAllBytes(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.arange(1000));
    try (Arena arena = Arena.ofConfined()) {
      tensors.put("b", Tensor.zeros(arena, 3));
    }
    assertThrows(IllegalStateException.class, () -> SafeTensors.write(file, tensors, Map.of()));
    assertArrayEquals(old, Files.readAllBytes(file));
    assertEquals(List.of("x.safetensors"), Refusals.names(directory));
  }

  @Test
  void rejectsToWriteInts() {
    Path file = directory.resolve("ints.safetensors");
    refusedArgument(
        "SafeTensors.write: only float32 is written but a (2, 3) tensor is int32; toFloat() copies"
            + " it to float32",
        () -> SafeTensors.write(file, Map.of("a", Tensor.intZeros(2, 3)), Map.of()));
    assertFalse(Files.exists(file));
  }
}
