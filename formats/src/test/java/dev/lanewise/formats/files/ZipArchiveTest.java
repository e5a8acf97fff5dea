package dev.lanewise.formats.files;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that would grow far beyond their size. */
class ZipArchiveTest {
  private static final String CENTRAL = "PK\u0001\u0002";

  @TempDir Path directory;

  /** An archive with one entry of blanks. */
  private Path blanks(String archive, String name, int mebibytes) throws IOException {
    Path bomb = directory.resolve(archive);
    try (OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      zip.putNextEntry(new ZipEntry(name));
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < mebibytes; i++) {
        zip.write(blanks);
      }
    }
    return bomb;
  }

  @Test
  void inflatesNoMoreJsonThanAModelHas() throws IOException {
    Path bomb = blanks("bomb.keras", "metadata.json", 100);
    refused(
        bomb,
        ", entry \"metadata.json\": expected at most 16777216 bytes, all that the rest of the file"
            + " has a use for, got 104857600",
        () -> KerasFile.load(bomb));
  }

  @Test
  void inflatesNoMoreWeightsThanTheModelNeeds() throws IOException {
    Path bomb = directory.resolve("bomb.keras");
    try (ZipArchive whole = ZipArchive.open(file("archive2.keras"));
        OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : new String[] {"metadata.json", "config.json"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(whole.bytes(name, 1 << 20));
      }
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      for (int i = 0; i < 100; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    FormatException e = assertThrows(FormatException.class, () -> KerasFile.load(bomb));
    assertTrue(
        e.expected().endsWith("bytes, all that the rest of the file has a use for"), e.expected());
    assertEquals("104857600", e.got());
  }

  @Test
  void inflatesNoArrayThatGrowsAsNoNumbersDo() throws IOException {
    Path bomb = blanks("bomb.npz", "a.npy", 100);
    FormatException e = assertThrows(FormatException.class, () -> Npz.read(bomb));
    refused(
        bomb,
        ", entry \"a.npy\": expected "
            + e.expected()
            + ", got 104857600 bytes; if it is no trap, store it uncompressed",
        () -> Npz.read(bomb));
  }

  /** The first entry of the archive's directory, said again under so many other names. */
  private static byte[] again(byte[] archive, int times) {
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int central = text.indexOf(CENTRAL);
    int end = text.indexOf("PK\u0005\u0006");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(archive, 0, central);
    for (int i = 0; i < times; i++) {
      byte[] entry = Arrays.copyOfRange(archive, central, end);
      entry[46] = (byte) ('a' + i);
      out.writeBytes(entry);
    }
    int size = out.size() - central;
    ByteBuffer last =
        ByteBuffer.wrap(Arrays.copyOfRange(archive, end, archive.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    last.putShort(8, (short) times).putShort(10, (short) times).putInt(12, size);
    out.writeBytes(last.array());
    return out.toByteArray();
  }

  @Test
  void readsTheSameBytesForOneEntryOnly() throws IOException {
    Path one = directory.resolve("one.npz");
    Npz.write(one, Map.of("x", Tensor.zeros(1000)));
    Path many = directory.resolve("many.npz");
    Files.write(many, again(Files.readAllBytes(one), 20));
    refused(
        many,
        ", entry \"b.npy\": expected bytes of its own in the archive, got the bytes of others again;"
            + " the file is damaged: copy it again, or write it again where it came from",
        () -> Npz.read(many));
  }

  @Test
  void namesTheLengthWhereThatIsTheLie() throws IOException {
    Path lie = directory.resolve("lie.npz");
    Npz.write(lie, Map.of("x", Tensor.zeros(10)));
    byte[] bytes = Files.readAllBytes(lie);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(CENTRAL);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 24, 5000);
    Files.write(lie, bytes);
    refused(
        lie,
        ", entry \"x.npy\": expected 5000 bytes, got 168; the file is damaged: copy it again, or"
            + " write it again where it came from",
        () -> Npz.read(lie));
  }

  /** An archive of 8 stored floats, whose directory says a checksum. */
  private Path stored(long sum) throws IOException {
    ByteBuffer floats = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 8; i++) {
      floats.putFloat(i);
    }
    CRC32 own = new CRC32();
    own.update(floats.array());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("w");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(32);
      entry.setCrc(own.getValue());
      zip.putNextEntry(entry);
      zip.write(floats.array());
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("deflated"));
    }
    byte[] archive = bytes.toByteArray();
    int central = new String(archive, StandardCharsets.ISO_8859_1).indexOf(CENTRAL);
    ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(central + 16, (int) sum);
    return Files.write(directory.resolve("stored.zip"), archive);
  }

  @Test
  void readsAStoredEntryInPieces() throws IOException {
    float[] part = new float[3];
    // PyTorch writes no checksum where it is told so.
    try (ZipArchive zip = ZipArchive.openPartlySummed(stored(0))) {
      ZipStored stored = zip.stored("w");
      assertEquals(32, stored.size());
      MemorySegment target = Tensor.zeros(4).segment();
      stored.floats(ElementType.F32, ByteOrder.LITTLE_ENDIAN, 20, 3, target, 1, "");
      MemorySegment.copy(target, ValueLayout.JAVA_FLOAT, 4, part, 0, 3);
      assertNull(zip.stored("deflated"));
      assertNull(zip.stored("none"));
    }
    assertArrayEquals(new float[] {5, 6, 7}, part);
  }

  @Test
  void aChecksumOf0IsOneWhereNothingElseIsSaid() throws IOException {
    Path file = stored(0);
    try (ZipArchive zip = ZipArchive.open(file)) {
      refused(
          file,
          ", entry \"w\": expected the checksum 0, got 7a0a407c; the file is damaged: copy it"
              + " again, or write it again where it came from",
          () -> zip.bytes("w", 100));
    }
  }

  @Test
  void holdsAStoredEntryToItsChecksum() throws IOException {
    Path file = stored(0x1234);
    try (ZipArchive zip = ZipArchive.openPartlySummed(file)) {
      ZipStored stored = zip.stored("w");
      MemorySegment target = Tensor.zeros(1).segment();
      refused(
          file,
          ", entry \"w\": expected the checksum 1234, got 7a0a407c; the file is damaged: copy it"
              + " again, or write it again where it came from",
          () -> stored.floats(ElementType.F32, ByteOrder.LITTLE_ENDIAN, 0, 1, target, 0, ""));
    }
  }

  @Test
  void storedEntriesHaveBytesOfTheirOwn() throws IOException {
    Path file = stored(0);
    try (ZipArchive zip = ZipArchive.open(file)) {
      refused(
          file,
          ", entry \"w\": expected bytes of its own in the archive, got the bytes of others again;"
              + " the file is damaged: copy it again, or write it again where it came from",
          () -> {
            for (int i = 0; i < 100; i++) {
              zip.stored("w");
            }
          });
    }
  }
}
