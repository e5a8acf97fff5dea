package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are NumPy's own: npy/make.py. */
class NpyTest {
  private static final float[] TABLE = {1.5f, -2.25f, 3, 4, 5.5f, -6.75f};

  @TempDir Path directory;

  private static Path golden(String name) {
    try {
      return Path.of(NpyTest.class.getResource("npy/" + name + ".npy").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static float[] values(String name) {
    return Npy.read(golden(name)).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"f4", "f4_big", "f4_fortran", "f4_version2", "f4_version3", "f8", "f8_big", "f2"})
  void readsEveryOrderVersionAndWidthOfFloat(String name) {
    Tensor table = Npy.read(golden(name));
    assertEquals(Shape.of(2, 3), table.shape());
    assertArrayEquals(TABLE, table.toArray());
    assertTrue(table.isContiguous());
  }

  @Test
  void readsFortranOrderOfAnyRank() {
    Tensor cube = Npy.read(golden("f4_cube_fortran"));
    assertEquals(Shape.of(2, 3, 4), cube.shape());
    assertArrayEquals(Tensor.arange(24).toArray(), cube.toArray());
  }

  @Test
  void readsScalarsVectorsAndEmptyArrays() {
    assertEquals(7.5f, Npy.read(golden("f4_scalar")).get());
    assertEquals(Shape.of(3), Npy.read(golden("f4_vector")).shape());
    assertEquals(Shape.of(0, 4), Npy.read(golden("f4_empty")).shape());
  }

  @Test
  void roundsFloat64ToTheNearest() {
    float[] expected = {
      0.1f, 1 / 3f, 16777216, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    assertArrayEquals(expected, values("f8_rounded"));
  }

  @Test
  void refusesFiniteFloat64BeyondFloat32() {
    refused(
        golden("f8_beyond"),
        ", element 1: expected a number within float32, at most 3.4028235e38, got 1.0E39;"
            + " scale the data first",
        () -> Npy.read(golden("f8_beyond")));
  }

  @Test
  void readsIntegersOfEveryWidth() {
    assertArrayEquals(new float[] {-128, -1, 0, 7, 127}, values("i1"));
    assertArrayEquals(new float[] {-32768, -1, 0, 7, 32767}, values("i2"));
    assertArrayEquals(new float[] {-0x1p31f, -1, 0, 7, 0x1p31f}, values("i4"));
    assertArrayEquals(new float[] {-0x1p63f, -1, 0, 7, 0x1p63f}, values("i8"));
    assertArrayEquals(new float[] {0, 7, 255}, values("u1"));
    assertArrayEquals(new float[] {0, 7, 65535}, values("u2"));
    assertArrayEquals(new float[] {0, 7, 0x1p32f}, values("u4"));
    assertArrayEquals(new float[] {0, 7, 0x1p64f}, values("u8"));
    assertArrayEquals(new float[] {1, 0, 1}, values("bool"));
  }

  @Test
  void readsIntoTheCallersArena() {
    Tensor kept;
    try (Arena arena = Arena.ofConfined()) {
      kept = Npy.read(golden("f4_fortran"), arena);
      assertArrayEquals(TABLE, kept.toArray());
    }
    assertEquals("Tensor (2, 3), its Arena closed", kept.toString());
  }

  @ParameterizedTest
  @CsvSource({"f4", "f4_vector", "f4_scalar", "f4_empty"})
  void writesTheBytesOfNumpy(String name) throws IOException {
    Path copy = directory.resolve("copy.npy");
    Npy.write(copy, Npy.read(golden(name)));
    assertArrayEquals(Files.readAllBytes(golden(name)), Files.readAllBytes(copy));
  }

  @Test
  void writesViewsInRowMajorOrderAcrossChunks() {
    Tensor large = Tensor.arange(3 * 100_003).reshape(3, 100_003);
    Path file = directory.resolve("large.npy");
    Npy.write(file, large.transpose());
    Tensor back = Npy.read(file);
    assertEquals(Shape.of(100_003, 3), back.shape());
    assertArrayEquals(large.transpose().toArray(), back.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4", "f4_version2", "f8_big", "i1", "f4_scalar", "f4_fortran"})
  void refusesAFileCutAtAnyByte(String name) throws IOException {
    Refusals.everyCutIsRefused(golden(name), directory, Npy::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4", "f4_version3", "f4_fortran"})
  void readsOrRefusesAFileWithAChangedByte(String name) throws IOException {
    Refusals.noChangeBreaksTheReader(golden(name), directory, Npy::read);
  }

  @Test
  void saysWhereAFileIsCut() throws IOException {
    Path file = directory.resolve("x.npy");
    byte[] bytes = Files.readAllBytes(golden("f4"));
    String remedy = "; the file is cut short: copy it again, or write it again where it came from";
    Files.write(file, ByteBuffer.allocate(150).put(bytes, 0, 150).array());
    refused(
        file,
        ", byte 128: expected 24 bytes for (2, 3) of F32, got 22 to the end of the file" + remedy,
        () -> Npy.read(file));
    Files.write(file, ByteBuffer.allocate(100).put(bytes, 0, 100).array());
    refused(
        file,
        ", byte 100: expected an .npy header to byte 128, got the end of the file" + remedy,
        () -> Npy.read(file));
  }

  @Test
  void refusesBytesAfterTheArray() throws IOException {
    Path file = directory.resolve("x.npy");
    byte[] bytes = Files.readAllBytes(golden("f4"));
    Files.write(file, ByteBuffer.allocate(bytes.length + 8).put(bytes).array());
    refused(
        file,
        ", byte 128: expected 24 bytes for (2, 3) of F32, got 32 to the end of the file;"
            + " save one array a file",
        () -> Npy.read(file));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path file = directory.resolve("x.npy");
    String start = ", byte 0: expected an .npy file, which begins with the bytes 93 4e 55 4d 50 59";
    Files.writeString(file, "hello");
    refused(file, start + ", got byte 68; write it with numpy.save", () -> Npy.read(file));
    Files.writeString(file, "PK\3\4....");
    refused(
        file,
        start + ", got byte 50; this looks like an .npz archive: save one array with numpy.save",
        () -> Npy.read(file));
    Path none = directory.resolve("none.npy");
    refused(none, ": expected a file, got none of that name; check the path", () -> Npy.read(none));
    refused(directory, ": expected a file, got a directory", () -> Npy.read(directory));
  }

  @Test
  void refusesOtherVersions() throws IOException {
    Path file = directory.resolve("x.npy");
    byte[] bytes = Files.readAllBytes(golden("f4"));
    bytes[6] = 4;
    Files.write(file, bytes);
    refused(
        file,
        ", byte 6: expected version 1.0, 2.0 or 3.0, got version 4.0; save it with numpy.save",
        () -> Npy.read(file));
  }

  @Test
  void refusesTypesThatAreNoRealNumbers() {
    refused(
        golden("c8"),
        ", byte 20: expected float16, float32 or float64, an integer of 8 to 64 bits, or bool,"
            + " got the type \"<c8\"; convert it before saving: a.astype(numpy.float32)",
        () -> Npy.read(golden("c8")));
    refused(
        golden("structured"),
        ", byte 20: expected one type of number such as <f4, got a structured type;"
            + " save one field of it: numpy.save(file, a[\"field\"])",
        () -> Npy.read(golden("structured")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]|, byte 10: expected \"{\", got \"[\"",
        "{}|, byte 10: expected a header with the key \"descr\", got none",
        "{'descr': '<f4'}|, byte 10: expected a header with the key \"fortran_order\", got none",
        "{'descr': '<f4', 'descr': '<f4'}|, byte 27: expected each key once, got \"descr\" again",
        "{'order': 1}|, byte 11: expected the keys descr, fortran_order and shape, got \"order\"",
        "{descr: 1}|, byte 11: expected a key in quotes, got \"d\"",
        "{'descr' '<f4'}|, byte 19: expected \":\", got \"'\"",
        "{'descr': '<f4' 'shape': ()}|, byte 26: expected \",\" or \"}\", got \"'\"",
        "{'descr': '<f4|, byte 24: expected the closing quote of the string at byte 20,"
            + " got the end of the header",
        "{'fortran_order': 1}|, byte 28: expected True or False, got \"1\"",
        "{'shape': 3}|, byte 20: expected \"(\", got \"3\"",
        "{'shape': (3)}|, byte 22: expected \",\", got \")\"",
        "{'shape': (3 4)}|, byte 23: expected \",\", got \"4\"",
        "{'shape': (3, -4)}|, byte 24: expected a length, 0 or more, got \"-\"",
        "{'shape': (99999999999999999999,)}|, byte 21: expected a length that fits 63 bits,"
            + " got \"99999999999999999999\"",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} x|, byte 64:"
            + " expected nothing but blanks after \"}\", got \"x\"",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}|, byte 60:"
            + " expected a shape whose F64 elements fit 63 bits of bytes,"
            + " got (4294967296, 4294967296)",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4611686018427387904)}|, byte 60:"
            + " expected a shape whose F64 elements fit 63 bits of bytes,"
            + " got (0, 4611686018427387904)",
      })
  void refusesAMalformedHeader(String header, String message) throws IOException {
    Path file = directory.resolve("x.npy");
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        ByteBuffer.allocate(10 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) text.length)
            .put(text)
            .array());
    refused(file, message, () -> Npy.read(file));
  }

  @Test
  void refusesAnArrayLargerThanTheFileBeforeAllocating() throws IOException {
    Path file = directory.resolve("x.npy");
    byte[] bytes = Files.readAllBytes(golden("f4"));
    byte[] shape = "(2, 99999999999999), }".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(shape, 0, bytes, 60, shape.length);
    Files.write(file, bytes);
    refused(
        file,
        ", byte 128: expected 799999999999992 bytes for (2, 99999999999999) of F32,"
            + " got 24 to the end of the file; the file is cut short: copy it again,"
            + " or write it again where it came from",
        () -> Npy.read(file));
  }

  @Test
  void readsWholeNumbersAsInts() throws IOException {
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, -1, 0, 7, Integer.MAX_VALUE},
        Npy.readInts(golden("i4")).toIntArray());
    assertArrayEquals(new int[] {0, 7, 65535}, Npy.readInts(golden("u2")).toIntArray());
    assertArrayEquals(new int[] {1, 0, 1}, Npy.readInts(golden("bool")).toIntArray());
    Tensor cube = Npy.readInts(golden("f4_cube_fortran"));
    assertEquals(Shape.of(2, 3, 4), cube.shape());
    assertArrayEquals(Tensor.arange(24).toInt().toIntArray(), cube.toIntArray());
    Path exact = directory.resolve("exact.npy");
    Npy.write(exact, Tensor.ofInts(new int[] {16777217, -16777219}, 2));
    assertArrayEquals(new int[] {16777217, -16777219}, Npy.readInts(exact).toIntArray());
    assertArrayEquals(new float[] {16777216, -16777220}, Npy.read(exact).toArray());
  }

  @Test
  void refusesWhatIsNoIntWithItsPlace() {
    String expected = ": expected a whole number within int32, -2147483648 to 2147483647, got ";
    refused(golden("f4"), ", element 0" + expected + "1.5", () -> Npy.readInts(golden("f4")));
    refused(
        golden("i8"),
        ", element 0" + expected + "-9223372036854775808",
        () -> Npy.readInts(golden("i8")));
    refused(
        golden("u4"), ", element 2" + expected + "4294967295", () -> Npy.readInts(golden("u4")));
    refused(
        golden("u8"),
        ", element 2" + expected + "18446744073709551615",
        () -> Npy.readInts(golden("u8")));
    refused(
        golden("f8_beyond"),
        ", element 1" + expected + "1.0E39",
        () -> Npy.readInts(golden("f8_beyond")));
  }

  @Test
  void writesIntsAsNumpyDoes() throws IOException {
    Path copy = directory.resolve("copy.npy");
    Npy.write(copy, Npy.readInts(golden("i4")));
    assertArrayEquals(Files.readAllBytes(golden("i4")), Files.readAllBytes(copy));
  }

  /** Numbers that no float32 holds: 2^24 + 1 and 10^8 + 0.25. */
  @Test
  void readsAndWritesDoubles() throws IOException {
    DoubleArray array =
        new DoubleArray(Shape.of(2, 3), new double[] {16777217, 100000000.25, -1, 0, 1e300, 3});
    Path file = directory.resolve("d.npy");
    AtomicFile.write(file, Npy.contents(array));
    byte[] bytes = Files.readAllBytes(file);
    DoubleArray read = Npy.readDoubles(new ByteArrayInputStream(bytes), file);
    assertEquals(array.shape(), read.shape());
    assertArrayEquals(array.values(), read.values());
    String header = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    assertTrue(header.contains("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"));
  }

  /** The same bytes said to be in the other order: the numbers of the transposed array. */
  @Test
  void readsDoublesInFortranOrder() throws IOException {
    DoubleArray array = new DoubleArray(Shape.of(3, 2), new double[] {1, 4, 2, 5, 3, 6});
    Path file = directory.resolve("d.npy");
    AtomicFile.write(file, Npy.contents(array));
    byte[] bytes = Files.readAllBytes(file);
    String header = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    byte[] turned =
        header
            .replace(
                "'fortran_order': False, 'shape': (3, 2), }",
                "'fortran_order': True, 'shape': (2, 3), } ")
            .getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(turned, 0, bytes, 0, 128);
    DoubleArray read = Npy.readDoubles(new ByteArrayInputStream(bytes), file);
    assertEquals(Shape.of(2, 3), read.shape());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, read.values());
  }

  @Test
  void readsStreams() throws IOException {
    Tensor x = Tensor.arange(6).reshape(2, 3);
    Path file = directory.resolve("x.npy");
    Npy.write(file, x);
    byte[] bytes = Files.readAllBytes(file);
    Path name = Path.of("stdin");
    assertArrayEquals(x.toArray(), Npy.read(new ByteArrayInputStream(bytes), name).toArray());
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 4, 5},
        Npy.readInts(new ByteArrayInputStream(bytes), name).toIntArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(Channels.newChannel(out), x);
    assertArrayEquals(bytes, out.toByteArray());
  }
}
